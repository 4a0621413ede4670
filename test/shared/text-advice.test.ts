import { describe, expect, test } from 'vitest'
import { SPAM_PHRASES } from '#shared/domain/spam-phrases'
import { adviseOn } from '#shared/domain/text-advice'

const HONEST =
  'Hi {{firstName | default: "there"}},\n\nI saw that {{company}} is hiring. Would a call on Friday suit you?'

const codes = (subject: string, body = HONEST) =>
  adviseOn({ subject, body }).map(({ code, part, text }) => [code, part, text])

describe('advice about a mail', () => {
  test('is none for an honest one, nor for one that nobody has begun', () => {
    expect(codes('A question about {{company}}')).toEqual([])
    expect(adviseOn({ subject: '', body: '' })).toEqual([])
  })

  test.each<[string, string, string]>([
    ['Act   now', 'spam_phrase', 'Act   now'],
    ['Free lunch', 'spam_phrase', 'Free'],
    ['YOUR LAST CHANCE today', 'capitals', 'YOUR LAST CHANCE'],
    ['Are you there?!!', 'many_marks', '?!!'],
    ['Re: our call', 'false_reply', 'Re:'],
  ])('names the piece of the subject: %s', (subject, code, text) => {
    expect(codes(subject)).toEqual([[code, 'subject', text]])
  })

  test('looks at the text as well, but not for words that only matter in a subject', () => {
    expect(codes('Hello', `${HONEST} Feel free to join thousands of others.`)).toEqual([
      ['spam_phrase', 'body', 'join thousands'],
    ])
    expect(codes('Hello', `${HONEST} NASA and IBM do, and so does the EU.`)).toEqual([])
    expect(codes('Hello', `${HONEST} Wow! Great.`)).toEqual([])
  })

  test('says where the piece is, with merge fields before it', () => {
    const body = '{{firstName | default: "act now"}}, act now.'
    expect(adviseOn({ subject: 'Hello', body })).toMatchObject([
      { code: 'spam_phrase', at: body.lastIndexOf('act now') },
    ])
  })

  test('counts letters, words and links, and not what fields will bring', () => {
    expect(codes('x'.repeat(60))).toEqual([])
    expect(adviseOn({ subject: `${'x'.repeat(61)}{{company}}`, body: HONEST })).toMatchObject([
      { code: 'long_subject', count: 61 },
    ])
    const words = (count: number) => `{{firstName}} ${'word '.repeat(count)}`
    expect(codes('Hello', words(150))).toEqual([])
    expect(adviseOn({ subject: 'Hello', body: words(151) })).toMatchObject([{ code: 'long_body', count: 151 }])
    const links = `${HONEST} https://a.example/x www.b.example`
    expect(adviseOn({ subject: 'Hello', body: links })).toMatchObject([
      { code: 'many_links', count: 2, text: 'www.b.example' },
    ])
    expect(codes('Hello', `${HONEST} https://a.example/x`)).toEqual([])
  })

  test('finds links that hide where they lead, and pictures', () => {
    expect(codes('Hello', `${HONEST} https://bit.ly/3x`)).toEqual([['short_link', 'body', 'https://bit.ly/3x']])
    expect(codes('Hello', `${HONEST} ![Logo](logo.png)`)).toEqual([['image', 'body', '![Logo](logo.png)']])
  })

  test('misses the lead in a mail that is the same for everybody', () => {
    expect(codes('Hello', 'Hi, I am {{senderName}}.')).toEqual([['not_personal', 'body', '']])
    expect(codes('Hello {{firstName}}', 'Hi, I am {{senderName}}.')).toEqual([])
  })

  test('says the longest of several phrases once', () => {
    expect(codes('Free no-obligation quote')).toEqual([['spam_phrase', 'subject', 'Free no-obligation quote']])
  })
})

test('every phrase is written as it is looked for, once, with the rule that it stands for', () => {
  for (const { words, rule } of SPAM_PHRASES) {
    expect(words).toBe(words.trim().toLowerCase())
    expect(rule).toMatch(/^[A-Z0-9_]+$/)
    expect(adviseOn({ subject: `x ${words} x`, body: '' }).map(({ code }) => code)).toContain('spam_phrase')
  }
  expect(new Set(SPAM_PHRASES.map(({ words }) => words)).size).toBe(SPAM_PHRASES.length)
})

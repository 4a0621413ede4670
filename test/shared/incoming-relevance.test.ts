import { expect, test } from 'vitest'
import { type IncomingHead, isRelevant, type RelevanceContext } from '#shared/domain/incoming/relevance'

const context: RelevanceContext = {
  isSelf: (identity) => identity === 'rep@sender.example',
  isOurThread: (threadId) => threadId === 'ours',
  isOurMail: (messageId) => messageId === '<ours@sender.example>',
  hasWrittenTo: (identity) => identity === 'ann@corp.example',
  hasUsedSubject: (domain, subject) => ['corp.example', 'gmail.com'].includes(domain) && subject === 'a question',
}

function head(changes: Partial<IncomingHead>): IncomingHead {
  return { threadId: null, from: 'stranger@else.example', subject: 'News', refersTo: [], ...changes }
}

test.each<[string, Partial<IncomingHead>]>([
  ['is in a thread of ours', { threadId: 'ours' }],
  ['refers to a mail of ours', { refersTo: ['<x@y.example>', '<ours@sender.example>'] }],
  ['is from somebody we wrote to', { from: 'Ann+tag@corp.example' }],
  ['is from a colleague of theirs and answers our subject', { from: 'bob@corp.example', subject: 'Re: A question' }],
  ['asks to be left alone', { subject: ' Unsubscribe ' }],
  ['is from nobody', { from: '' }],
  ['is from a mail server', { from: 'mailer-daemon@googlemail.com' }],
  ['is from a postmaster', { from: 'postmaster@else.example' }],
  ['is from Exchange', { from: 'microsoftexchange329e71ec88ae4615bbc36ab6ce41109e@corp.example' }],
])('a mail that %s is opened', (_, changes) => {
  expect(isRelevant(head(changes), context)).toBe(true)
})

test.each<[string, Partial<IncomingHead>]>([
  ['is from a stranger', {}],
  ['is from a colleague of theirs about something else', { from: 'bob@corp.example', subject: 'Re: Lunch' }],
  ['is from a colleague of theirs and no answer', { from: 'bob@corp.example', subject: 'A question' }],
  ['is from the same provider of free mail', { from: 'bob@gmail.com', subject: 'Re: A question' }],
  ['is in another thread and refers to another mail', { threadId: 'other', refersTo: ['<x@y.example>'] }],
  ['is the rep’s own', { from: 'rep@sender.example', threadId: 'ours', subject: 'unsubscribe' }],
  ['is from no real address', { from: 'bob at corp' }],
])('a mail that %s stays closed', (_, changes) => {
  expect(isRelevant(head(changes), context)).toBe(false)
})

test('of a million mails that one names, those at both ends are looked up, and no more than a hundred', () => {
  const refersTo = Array.from({ length: 1_000_000 }, (_, number) => `<${number}@x.example>`)
  const asked: string[] = []
  const isOurMail = (id: string): boolean => asked.push(id) < 0
  expect(isRelevant(head({ refersTo }), { ...context, isOurMail })).toBe(false)
  expect(asked).toHaveLength(100)

  const ours = '<ours@sender.example>'
  expect(isRelevant(head({ refersTo: [ours, ...refersTo] }), context)).toBe(true)
  expect(isRelevant(head({ refersTo: [...refersTo, ours] }), context)).toBe(true)
})

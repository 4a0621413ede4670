import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newTextOf } from '#shared/domain/incoming/new-text'

const OURS = 'Hi Ann,\n\nunsubscribe with one word.'
const QUOTED = OURS.replace(/^/gm, '> ')

describe('a quote below the answer goes', () => {
  test.each([
    ['Gmail', `By hand.\n\nOn Tue, Dec 1, 2026 at 10:00 AM Rob <rob@sender.example> wrote:\n\n${QUOTED}`],
    ['wrapped', `By hand.\nOn Tue, Dec 1, 2026 at 10:00 AM Rob Ep\n<rob@sender.example>\nwrote:\n${QUOTED}`],
    ['without marks', `By hand.\n\nOn 1 Dec 2026, at 10:00, Rob wrote:\n\n${OURS}`],
    ['German', `By hand.\n\nAm Di., 1. Dez. 2026 um 10:00 Uhr schrieb Rob Ep <rob@sender.example>:\n\n${OURS}`],
    ['French', `By hand.\n\nLe mar. 1 déc. 2026 à 10:00, Rob <rob@sender.example> a écrit :\n\n${OURS}`],
    ['Spanish', `By hand.\n\nEl mar, 1 dic 2026 a las 10:00, Rob (<rob@sender.example>) escribió:\n\n${OURS}`],
    ['Dutch', `By hand.\n\nOp di 1 dec 2026 om 10:00 schreef Rob <rob@sender.example>:\n\n${OURS}`],
    ['Italian', `By hand.\n\nIl giorno mar 1 dic 2026 alle 10:00 Rob <rob@sender.example> ha scritto:\n\n${OURS}`],
    ['name first', `By hand.\n\nRob Ep <rob@sender.example> wrote:\n\n${QUOTED}`],
    ['Outlook', `By hand.\n\n-----Original Message-----\nFrom: Rob\n${OURS}`],
    ['Outlook in German', `By hand.\n\n-----Ursprüngliche Nachricht-----\n${OURS}`],
    ['Outlook in French', `By hand.\n\n-----Message d'origine-----\n${OURS}`],
    ['Thunderbird forwarding', `By hand.\n\n-------- Forwarded Message --------\n${OURS}`],
    ['a block of headers', `By hand.\n\nFrom: Rob\nSent: Tuesday\nTo: Ann\nSubject: Hi\n\n${OURS}`],
    ['a bold block of headers', `By hand.\n\n*Von:* Rob\n*Gesendet:* Dienstag\n*An:* Ann\n*Betreff:* Hi\n\n${OURS}`],
    ['a French block of headers', `By hand.\n\nDe : Rob\nEnvoyé : mardi\nÀ : Ann\nObjet : Hi\n\n${OURS}`],
    ['a line of underscores', `By hand.\n\n________________________________\n${OURS}`],
    ['marks only', `By hand.\n${QUOTED}`],
    ['CRLF', `By hand.\r\n\r\nOn 1 Dec 2026 Rob wrote:\r\n${QUOTED.replaceAll('\n', '\r\n')}`],
  ])('%s', (_, text) => {
    expect(newTextOf(text)).toBe('By hand.')
  })
})

describe('signature and footers go', () => {
  test.each([
    ['signature', 'By hand.\n-- \nAnn Lee\nunsubscribe'],
    ['signature without its space', 'By hand.\n--\nAnn Lee'],
    ['iPhone', 'By hand.\n\nSent from my iPhone'],
    ['Outlook for iOS', 'By hand.\n\nGet Outlook for iOS'],
    ['German phone', 'By hand.\n\nVon meinem iPhone gesendet'],
    ['French phone', 'By hand.\n\nEnvoyé de mon iPhone'],
    ['signature above the quote', `By hand.\n\n-- \nAnn\n\nOn 1 Dec 2026 Rob wrote:\n${QUOTED}`],
    ['a drawn line', `By hand.\n\n----------\n${QUOTED}`],
  ])('%s', (_, text) => {
    expect(newTextOf(text)).toBe('By hand.')
  })
})

describe('what the sender wrote stays', () => {
  test('below and between the quoted lines', () => {
    const text = `On 1 Dec 2026 Rob wrote:\n> Count?\nBy hand.\n> Why?\nNo time.`
    expect(newTextOf(text)).toBe('By hand.\nNo time.')
  })

  test.each([
    'On Monday you wrote:\nwe count by hand.',
    'From: now on we count.\nThat is all.',
    'Am Montag zählen wir.\nSchöne Grüße',
    'The sign said 3 > 2.',
    '- first\n- second\n-- third',
    'I was sent from my company to yours.',
  ])('%j', (text) => {
    expect(newTextOf(text)).toBe(text)
  })

  test('nothing is left of a mail that only quotes', () => {
    expect(newTextOf(`On 1 Dec 2026 Rob wrote:\n${QUOTED}`)).toBe('')
    expect(newTextOf('')).toBe('')
  })
})

describe('hostile text', () => {
  // Sizes at which work that grows with the square of the input would not end within the limit of a test.
  test.each([
    '>',
    '> ',
    '>\n',
    '\n',
    '_',
    '-',
    'on ',
    'On 1\n',
    'On 1 x wrote',
    'am 1 schrieb ',
    'From:',
    'From: x\n',
    ' ',
    '*',
    '.',
    'a wrote ',
  ])('ten megabytes of %j end', (unit) => {
    expect(newTextOf(unit.repeat(10_000_000 / unit.length)).length).toBeLessThanOrEqual(10_000)
  })

  test('the answer is bounded', () => {
    expect(newTextOf('word\n'.repeat(100_000)).length).toBe(10_000)
  })

  test('any text gives one that is no longer', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => newTextOf(text).length <= text.length))
  })
})

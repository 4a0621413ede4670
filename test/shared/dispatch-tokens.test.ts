import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { createCalendar } from '#shared/domain/calendar'
import { hasMarks, resolveAtDispatch, typedMarks, withoutMarks } from '#shared/domain/dispatch-tokens'
import { parseTemplate } from '#shared/domain/merge'
import { mergeTemplate } from '#test/support/merge-template'
import { OFFICE_HOURS } from '#shared/domain/paces'
import { languageOfText } from '#shared/domain/text-language'

const zone = 'Europe/Berlin'
const place = (off: readonly string[] = []) => ({
  zone,
  calendar: createCalendar({ hours: OFFICE_HOURS, zone, isDayOff: (date) => off.includes(date) }),
})

function sent(template: string, local: string, at = place()): string {
  const { text } = mergeTemplate(parseTemplate(template).parts, new Map())
  const moment = Temporal.PlainDateTime.from(local).toZonedDateTime(at.zone).epochMilliseconds
  return resolveAtDispatch({ subject: '', text, html: null }, moment, at).text
}

/** 2026-11-19 is a Thursday. */
test.for([
  ['{{weekday}}', '2026-11-19T10:00', 'Thursday'],
  ['{{nextWorkday}}', '2026-11-19T10:00', 'Friday'],
  ['{{next_workday}}', '2026-11-20T10:00', 'Monday'],
  ['{{workdayAfterNext}}', '2026-11-19T10:00', 'Monday'],
  ['{{month}} {{year}}', '2026-11-30T23:30', 'November 2026'],
  ['{{nextMonth}}', '2027-01-31T10:00', 'February'],
  ['{{month}} {{year}}', '2027-01-01T00:10', 'January 2027'],
  ['{{nextWorkday | locale: "de"}}', '2026-11-19T10:00', 'Freitag'],
  ['{{nextWorkday | locale: "fr"}}', '2026-11-19T10:00', 'vendredi'],
  ['{{nextWorkday | locale: "fr" | capitalize}}', '2026-11-19T10:00', 'Vendredi'],
  ['{{month | locale: "es" | upcase}}', '2026-11-19T10:00', 'NOVIEMBRE'],
  ['{{weekday | locale: "nl"}}', '2026-11-19T10:00', 'donderdag'],
  ['{{weekday}}', '2028-02-29T10:00', 'Tuesday'],
] as const)('%s, sent on %s, reads %s', ([template, local, expected]) => {
  expect(sent(template, local)).toBe(expected)
})

describe('working days are those of the calendar', () => {
  test('a holiday is passed over', () => {
    expect(sent('{{nextWorkday}}', '2026-12-24T10:00', place(['2026-12-25']))).toBe('Monday')
  })

  test('the night in which the clock changes is one night', () => {
    expect(sent('{{nextWorkday}}', '2026-10-25T23:30')).toBe('Monday')
    expect(sent('{{nextWorkday}}', '2027-03-28T01:30')).toBe('Monday')
  })

  test('a schedule that never opens has the days from Monday to Friday', () => {
    const closed = {
      zone,
      calendar: createCalendar({ hours: [[], [], [], [], [], [], []], zone, isDayOff: () => false }),
    }
    expect(sent('{{nextWorkday}}', '2026-11-20T10:00', closed)).toBe('Monday')
    expect(sent('{{nextWorkday}}', '2026-11-19T10:00', closed)).toBe('Friday')
  })
})

test('everything else stays as it was, byte for byte', () => {
  const text = ' Ünï\u00A0code {{x}} \r\n\t– '
  const mail = { subject: 'S', text, html: null, other: 1 }
  expect(resolveAtDispatch(mail, 0, place())).toBe(mail)
  expect(sent(`a  {{weekday}}\n\n b `, '2026-11-19T10:00')).toBe('a  Thursday\n\n b ')
})

test('a mark cannot be typed', () => {
  expect(hasMarks({ subject: '', text: withoutMarks('\uE002weekday|en|plain\uE003'), html: null })).toBe(false)
})

test('a mark is shown as the field that makes it', () => {
  for (const field of ['{{nextWorkday | locale: "de"}}', '{{month | locale: "fr" | capitalize}}']) {
    const { text } = mergeTemplate(parseTemplate(field).parts, new Map())
    expect(typedMarks(text)).toBe(field)
  }
})

test('a language without a name among ours is a problem', () => {
  expect(parseTemplate('{{weekday | locale: "xx"}}').problems).toMatchObject([{ code: 'unknown_language' }])
  expect(parseTemplate('{{weekday | locale}}').problems).toMatchObject([{ code: 'unknown_language' }])
})

test.for([
  ['Hello Ann, I hope this finds you well.', 'en'],
  ['Guten Tag, ich habe eine kurze Frage zu Ihrer Planung.', 'de'],
  ['Bonjour, je vous écris au sujet de votre annonce.', 'fr'],
  ['Hola, le escribo por una pregunta para su equipo.', 'es'],
  ['Hallo, ik heb een korte vraag over uw planning.', 'nl'],
  ['{{firstName}}?', 'en'],
] as const)('%s is %s', ([text, language]) => {
  expect(languageOfText(text)).toBe(language)
})

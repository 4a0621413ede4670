/**
 * Fields that are dated at dispatch: `{{nextWorkday}}` means the working day after the one on which the mail really goes.
 * Rendering leaves a mark in the mail's place for it; `resolveAtDispatch` fills the marks in. All else of the approved mail
 * stays as it is, byte for byte.
 */
import { Temporal } from 'temporal-polyfill'
import type { Calendar } from './calendar.ts'

/** In the order in which they are offered. */
export const DISPATCH_TOKENS = ['weekday', 'nextWorkday', 'workdayAfterNext', 'month', 'nextMonth', 'year'] as const
export type DispatchToken = (typeof DISPATCH_TOKENS)[number]

/** ISO 639-1. */
export const TOKEN_LANGUAGES = ['en', 'de', 'fr', 'es', 'nl', 'it', 'pt'] as const
export type TokenLanguage = (typeof TOKEN_LANGUAGES)[number]

export type TokenLetters = 'plain' | 'capitalize' | 'upcase' | 'downcase'

export interface MarkedToken {
  readonly token: DispatchToken
  readonly language: TokenLanguage
  readonly letters: TokenLetters
}

/** Private-use characters, of which templates and values are cleaned: nobody can type a mark. */
const MARK = /\uE002[A-Za-z]+\|[a-z]{2}\|[a-z]+\uE003/g
const MARK_CHARACTERS = /[\uE002\uE003]/g

export function withoutMarks(text: string): string {
  return text.replace(MARK_CHARACTERS, '')
}

export function markToken({ token, language, letters }: MarkedToken): string {
  return `\uE002${token}|${language}|${letters}\uE003`
}

export interface MailText {
  readonly subject: string
  readonly text: string
  /** Null for plain text. */
  readonly html: string | null
}

export function hasMarks(mail: MailText): boolean {
  return [mail.subject, mail.text, mail.html ?? ''].some((part) => part.includes('\uE002'))
}

/** Where and by which working days a mail goes: the mailbox's, or the lead's zone where the campaign asks for it. */
export interface DispatchPlace {
  /** IANA. */
  readonly zone: string
  readonly calendar: Calendar
}

/** The mail as it reads when it goes at `moment` (epoch ms). A mail without marks comes back as it is. */
export function resolveAtDispatch<T extends MailText>(mail: T, moment: number, place: DispatchPlace): T {
  if (!hasMarks(mail)) return mail
  const known = new Map<string, string>()
  const fill = (part: string): string =>
    part.replace(MARK, (mark) => {
      const value = known.get(mark) ?? valueOf(readMark(mark), moment, place)
      known.set(mark, value)
      return value
    })
  return {
    ...mail,
    subject: fill(mail.subject),
    text: fill(mail.text),
    html: mail.html === null ? null : fill(mail.html),
  }
}

/** The marks as the rep would type them, for editing: `{{nextWorkday | locale: "de"}}`. */
export function typedMarks(text: string): string {
  return text.replace(MARK, (mark) => {
    const { token, language, letters } = readMark(mark)
    return `{{${token} | locale: "${language}"${letters === 'plain' ? '' : ` | ${letters}`}}}`
  })
}

interface ReadMark {
  readonly token: string
  readonly language: string
  readonly letters: string
}

function readMark(mark: string): ReadMark {
  const [token = '', language = '', letters = ''] = mark.slice(1, -1).split('|')
  return { token, language, letters }
}

function valueOf({ token, language, letters }: ReadMark, moment: number, place: DispatchPlace): string {
  return lettered(wordOf(token, language, { moment, place }), letters, language)
}

function wordOf(token: string, language: string, at: { moment: number; place: DispatchPlace }): string {
  const today = Temporal.Instant.fromEpochMilliseconds(at.moment).toZonedDateTimeISO(at.place.zone).toPlainDate()
  switch (token) {
    case 'weekday':
      return named(today, language, { weekday: 'long' })
    case 'nextWorkday':
      return named(workdayAfter(today, at.place), language, { weekday: 'long' })
    case 'workdayAfterNext':
      return named(workdayAfter(workdayAfter(today, at.place), at.place), language, { weekday: 'long' })
    case 'month':
      return named(today, language, { month: 'long' })
    case 'nextMonth':
      return named(today.with({ day: 1 }).add({ months: 1 }), language, { month: 'long' })
    case 'year':
      return String(today.year)
    default:
      throw new Error(`no field called ${token} is dated at dispatch`)
  }
}

/** The first day after `day` on which the schedule opens; one that never opens has the days from Monday to Friday. */
function workdayAfter(day: Temporal.PlainDate, { zone, calendar }: DispatchPlace): Temporal.PlainDate {
  const tomorrow = day.add({ days: 1 })
  const midnight = tomorrow.toZonedDateTime(zone).epochMilliseconds
  const opening = calendar.at(midnight)
  if (opening.isOpen) return tomorrow
  if (opening.opensAt !== null) return Temporal.PlainDate.from(calendar.dateOf(opening.opensAt))
  return tomorrow.dayOfWeek <= 5 ? tomorrow : tomorrow.add({ days: 8 - tomorrow.dayOfWeek })
}

function named(day: Temporal.PlainDate, language: string, form: Intl.DateTimeFormatOptions): string {
  const noon = day.toZonedDateTime({ timeZone: 'UTC', plainTime: '12:00' }).epochMilliseconds
  return new Intl.DateTimeFormat(language, { ...form, timeZone: 'UTC' }).format(noon)
}

function lettered(value: string, letters: string, language: string): string {
  switch (letters) {
    case 'upcase':
      return value.toLocaleUpperCase(language)
    case 'downcase':
      return value.toLocaleLowerCase(language)
    case 'capitalize':
      return value.charAt(0).toLocaleUpperCase(language) + value.slice(1)
    default:
      return value
  }
}

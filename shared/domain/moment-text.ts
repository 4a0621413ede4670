import { Temporal } from 'temporal-polyfill'

/** Moments as mail programs and spreadsheets write them. Strict: what could mean two things, or nothing, is not read. */

export interface MomentFormat {
  /** What 03/04/2026 means. With dots the day always comes first. */
  readonly order: DateOrder
  /** IANA zone of texts that name none. */
  readonly zone: string
}

export type DateOrder = 'dmy' | 'mdy'

interface Wall {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly clock: Clock
}

interface Clock {
  readonly hour: number
  readonly minute: number
  readonly second: number
}

const MIDNIGHT: Clock = { hour: 0, minute: 0, second: 0 }

/** Epoch ms; null when it cannot be read for sure. A date alone is the beginning of that day. */
export function momentOfText(text: string, format: MomentFormat): number | null {
  const line = text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/ ?\([^()]*\)$/, '')
  if (/^\d{13}$/.test(line)) return Number(line)
  if (/^\d{10}$/.test(line)) return Number(line) * 1_000
  const { rest, offsetMinutes } = splitOffset(line)
  const wall = isoWall(rest) ?? numericWall(rest, format.order) ?? namedWall(rest)
  if (wall === null) return null
  return offsetMinutes === null ? inZone(wall, format.zone) : atOffset(wall, offsetMinutes)
}

/** Which order the dates of a column have; null where none of them tells. */
export function guessDateOrder(texts: readonly string[]): DateOrder | null {
  for (const text of texts) {
    const [, first, second] = /^\s*(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}\b/.exec(text) ?? []
    if (Number(first) > 12) return 'dmy'
    if (Number(second) > 12) return 'mdy'
  }
  return null
}

/** RFC 2822 §4.3, and what Central Europe writes. Others have several meanings. */
const ZONE_WORDS: Readonly<Record<string, number>> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  cet: 60,
  cest: 120,
  mez: 60,
  mesz: 120,
}

/** "… 09:00 +0200", "…Z", "… GMT+0200", "… CET"; minutes east of UTC. Only behind a time: "2026-03" has none. */
function splitOffset(line: string): { rest: string; offsetMinutes: number | null } {
  const offset = /^(.*:\d\d(?:[.,]\d+)?(?: ?[ap]\.?m\.?)?) ?(?:UTC|GMT)?([+-])(\d{2}):?(\d{2})$/i.exec(line)
  if (offset) {
    const [, rest = '', sign, hours, minutes] = offset
    const total = Number(hours) * 60 + Number(minutes)
    return { rest, offsetMinutes: sign === '-' ? -total : total }
  }
  const word = /^(.*:\d\d(?:[.,]\d+)?(?: ?[ap]\.?m\.?)?) ?(z|[a-z]{2,4})$/i.exec(line)
  const known = word && ZONE_WORDS[(word[2] ?? '').toLowerCase()]
  return word && known !== undefined && known !== null
    ? { rest: word[1] ?? '', offsetMinutes: known }
    : { rest: line, offsetMinutes: null }
}

function isoWall(text: string): Wall | null {
  const [, year, month, day, time] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:(?:[T ]| at |, ?)(.+))?$/i.exec(text) ?? []
  return year === undefined ? null : wallOf([year, month, day], time)
}

function numericWall(text: string, order: DateOrder): Wall | null {
  const parts = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:(?:[T ]| at |, ?)(.+))?$/i.exec(text)
  if (parts === null) return null
  const [, first, sign, second, year = '', time] = parts
  const fullYear = year.length === 2 ? `20${year}` : year
  return sign === '.' || order === 'dmy'
    ? wallOf([fullYear, second, first], time)
    : wallOf([fullYear, first, second], time)
}

/** By the beginning of their names in English, German, French, Spanish and Italian, without accents. */
const MONTHS = [
  /^(jan|ene|gen)/,
  /^(feb|fev)/,
  /^(mar)/,
  /^(apr|avr|abr)/,
  /^(may|mai|mag)/,
  /^(juin|jun|giu)/,
  /^(juil|jul|lug)/,
  /^(aug|aou|ago)/,
  /^(sep|set)/,
  /^(oct|okt|ott)/,
  /^(nov)/,
  /^(dec|dez|dic)/,
]

function namedWall(text: string): Wall | null {
  const plain = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/^[a-z]{2,10}\.?,? (?=[a-z\d])(?![a-z]+\.? \d{4}\b)/, (day) => (monthOf(day) === 0 ? '' : day))
  const dayFirst =
    /^(\d{1,2})(?:st|nd|rd|th|\.)?[ -](?:de )?([a-z]{3,10})\.?,?[ -](?:de )?(\d{4})(?:,? (?:at |um |a )?(.+))?$/.exec(
      plain,
    )
  if (dayFirst) return wallOf([dayFirst[3], String(monthOf(dayFirst[2])), dayFirst[1]], dayFirst[4])
  const monthFirst = /^([a-z]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:,? (?:at )?(.+))?$/.exec(plain)
  return monthFirst && wallOf([monthFirst[3], String(monthOf(monthFirst[1])), monthFirst[2]], monthFirst[4])
}

/** 1–12; 0 when it is none. */
function monthOf(word: string | undefined): number {
  return MONTHS.findIndex((month) => month.test(word ?? '')) + 1
}

function wallOf(date: readonly (string | undefined)[], time: string | undefined): Wall | null {
  const [year = 0, month = 0, day = 0] = date.map(Number)
  const clock = time === undefined ? MIDNIGHT : clockOf(time)
  return clock === null || year < 1990 || year > 2100 ? null : { year, month, day, clock }
}

function clockOf(text: string): Clock | null {
  const parts = /^(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?(?: ?([ap])\.?m\.?)?(?: uhr)?$/i.exec(text.trim())
  if (parts === null) return null
  const [, hour, minute, second = '0', half] = parts
  if (half === undefined) return { hour: Number(hour), minute: Number(minute), second: Number(second) }
  const isHour = Number(hour) >= 1 && Number(hour) <= 12
  const from = half.toLowerCase() === 'p' ? 12 : 0
  return isHour ? { hour: (Number(hour) % 12) + from, minute: Number(minute), second: Number(second) } : null
}

/** A time that the clock skipped in spring is the one after; of two in autumn it is the first. */
function inZone(wall: Wall, zone: string): number | null {
  return valid(() => plainOf(wall).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds)
}

function atOffset(wall: Wall, offsetMinutes: number): number | null {
  return valid(() => plainOf(wall).toZonedDateTime('UTC').epochMilliseconds - offsetMinutes * 60_000)
}

function plainOf({ year, month, day, clock }: Wall): Temporal.PlainDateTime {
  return Temporal.PlainDateTime.from({ year, month, day, ...clock }, { overflow: 'reject' })
}

function valid(read: () => number): number | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

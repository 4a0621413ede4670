import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { createCalendar, type Calendar, type Opening } from '#shared/domain/calendar'
import { OFFICE_HOURS } from '#shared/domain/paces'
import type { HourRange, WeekHours } from '#shared/domain/policy'
import { slowStretches, type SlowRules } from './slow-calendar.ts'

const utc = (iso: string): number => Date.parse(iso)
const at = (hours: number, minutes = 0): number => hours * 60 + minutes
const everyDay = (...ranges: HourRange[]): WeekHours => Array.from({ length: 7 }, () => ranges)
const calendarOf = ({ hours, zone, daysOff }: SlowRules): Calendar =>
  createCalendar({ hours, zone, isDayOff: (date) => daysOff.includes(date) })
const inZone = (zone: string, hours: WeekHours, daysOff: readonly string[] = []): Calendar =>
  calendarOf({ hours, zone, daysOff })

const open: Opening = { isOpen: true }
const closed = (opensAt: string, because: 'hours' | 'day_off' = 'hours'): Opening => ({
  isOpen: false,
  opensAt: utc(opensAt),
  because,
})

describe('office hours in Berlin', () => {
  const berlin = inZone('Europe/Berlin', OFFICE_HOURS)

  // Monday 2 March 2026.
  test.each<[string, string, Opening]>([
    ['before the day', '2026-03-02T07:59:59.999Z', closed('2026-03-02T08:00Z')],
    ['at the first moment', '2026-03-02T08:00Z', open],
    ['at the last moment before lunch', '2026-03-02T10:59:59.999Z', open],
    ['when lunch begins', '2026-03-02T11:00Z', closed('2026-03-02T12:00Z')],
    ['when lunch ends', '2026-03-02T12:00Z', open],
    ['at the last moment of the day', '2026-03-02T15:59:59.999Z', open],
    ['when the day ends', '2026-03-02T16:00Z', closed('2026-03-03T08:00Z')],
    ['on Friday evening', '2026-03-06T20:00Z', closed('2026-03-09T08:00Z')],
    ['on Sunday', '2026-03-08T12:00Z', closed('2026-03-09T08:00Z')],
    ['on the Friday before the clocks change', '2026-03-27T20:00Z', closed('2026-03-30T07:00Z')],
  ])('%s (%s)', (_name, moment, opening) => {
    expect(berlin.at(utc(moment))).toEqual(opening)
  })
})

describe('days off', () => {
  const off = inZone('UTC', OFFICE_HOURS, ['2026-03-03', '2026-03-04', '2026-03-07'])

  test.each<[string, string, Opening]>([
    ['a day off is closed all day', '2026-03-03T10:00Z', closed('2026-03-05T09:00Z', 'day_off')],
    ['its night too', '2026-03-03T00:00Z', closed('2026-03-05T09:00Z', 'day_off')],
    ['the evening before still waits for the hours', '2026-03-02T18:00Z', closed('2026-03-05T09:00Z')],
    ['a day off without hours anyway is just closed', '2026-03-07T10:00Z', closed('2026-03-09T09:00Z')],
  ])('%s (%s)', (_name, moment, opening) => {
    expect(off.at(utc(moment))).toEqual(opening)
  })

  test('it is the local date that counts', () => {
    const kiritimati = inZone('Pacific/Kiritimati', everyDay({ from: 0, to: 1440 }), ['2026-01-02'])
    expect(kiritimati.at(utc('2026-01-01T09:59Z'))).toEqual(open)
    expect(kiritimati.at(utc('2026-01-01T10:00Z'))).toEqual(closed('2026-01-02T10:00Z', 'day_off'))
  })
})

describe('schedules at their edges', () => {
  const never: Opening = { isOpen: false, opensAt: null, because: 'never_opens' }

  test('a schedule without hours never opens', () => {
    expect(inZone('Europe/Berlin', everyDay()).at(utc('2026-03-02T09:00Z'))).toEqual(never)
  })

  test('neither does one whose every day is off, and asking later gives the same answer', () => {
    const shut = createCalendar({ hours: OFFICE_HOURS, zone: 'UTC', isDayOff: () => true })
    expect(shut.at(utc('2026-03-02T09:00Z'))).toEqual(never)
    expect(shut.at(utc('2026-03-02T09:30Z'))).toEqual(never)
    expect(shut.at(utc('2027-03-02T09:30Z'))).toEqual(never)
  })

  test('what opens within a year is found, and found again a little later', () => {
    const until = utc('2027-01-04T09:00Z')
    const late = createCalendar({ hours: OFFICE_HOURS, zone: 'UTC', isDayOff: (date) => date < '2027-01-02' })
    expect(late.at(utc('2026-01-05T10:00Z'))).toEqual({ isOpen: false, opensAt: until, because: 'day_off' })
    expect(late.at(utc('2025-01-05T10:00Z'))).toEqual(never)
    expect(late.at(utc('2026-06-01T10:00Z'))).toEqual({ isOpen: false, opensAt: until, because: 'day_off' })
    expect(late.at(until)).toEqual(open)
  })

  test('hours to midnight last until midnight, and go on where the next day starts there', () => {
    const late = inZone('UTC', [[{ from: 1200, to: 1440 }], [{ from: 0, to: 60 }], [], [], [], [], []])
    expect(late.at(utc('2026-03-02T23:59:59.999Z'))).toEqual(open)
    expect(late.at(utc('2026-03-03T00:00Z'))).toEqual(open)
    expect(late.at(utc('2026-03-03T01:00Z'))).toEqual(closed('2026-03-09T20:00Z'))
    const monday = inZone('UTC', [[{ from: 1200, to: 1440 }], [], [], [], [], [], []])
    expect(monday.at(utc('2026-03-03T00:00Z'))).toEqual(closed('2026-03-09T20:00Z'))
  })

  test('ranges may be given in any order and overlap', () => {
    const mixed = inZone(
      'UTC',
      everyDay({ from: at(14), to: at(16) }, { from: at(9), to: at(12) }, { from: at(11), to: at(13) }),
    )
    expect(mixed.at(utc('2026-03-02T08:00Z'))).toEqual(closed('2026-03-02T09:00Z'))
    expect(mixed.at(utc('2026-03-02T12:30Z'))).toEqual(open)
    expect(mixed.at(utc('2026-03-02T13:00Z'))).toEqual(closed('2026-03-02T14:00Z'))
  })

  test('a date that a zone skipped has no hours, and the next one keeps its own', () => {
    // Samoa went from Thursday 29 to Saturday 31 December 2011.
    const friday = inZone('Pacific/Apia', [[], [], [], [], [{ from: at(0), to: at(17) }], [], []])
    expect(friday.at(utc('2011-12-30T09:00Z'))).toEqual(closed('2012-01-05T10:00Z'))
    const saturday = inZone('Pacific/Apia', [[], [], [], [], [], [{ from: at(0), to: at(17) }], []])
    expect(saturday.at(utc('2011-12-30T09:59Z'))).toEqual(closed('2011-12-30T10:00Z'))
    expect(saturday.at(utc('2011-12-30T10:00Z'))).toEqual(open)
    expect(saturday.dateOf(utc('2011-12-30T10:00Z'))).toBe('2011-12-31')
  })

  test('time may go back as well as on', () => {
    const office = inZone('UTC', OFFICE_HOURS)
    expect(office.at(utc('2026-03-04T18:00Z'))).toEqual(closed('2026-03-05T09:00Z'))
    expect(office.at(utc('2026-03-02T18:00Z'))).toEqual(closed('2026-03-03T09:00Z'))
    expect(office.at(utc('2026-03-02T10:00Z'))).toEqual(open)
    expect(office.at(utc('2026-03-05T08:00Z'))).toEqual(closed('2026-03-05T09:00Z'))
  })
})

describe('in spring a range starts at the first minute that exists', () => {
  test.each([
    ['Europe/Berlin', { from: at(2, 30), to: at(5) }, '2026-03-29T01:00Z', '2026-03-29T03:00Z'],
    ['Europe/Berlin', { from: at(1), to: at(2, 30) }, '2026-03-29T00:00Z', '2026-03-29T01:00Z'],
    ['Europe/Berlin', { from: at(1), to: at(4) }, '2026-03-29T00:00Z', '2026-03-29T02:00Z'],
    ['America/New_York', { from: at(2, 15), to: at(4) }, '2026-03-08T07:00Z', '2026-03-08T08:00Z'],
    ['Europe/London', { from: at(1, 30), to: at(2, 30) }, '2026-03-29T01:00Z', '2026-03-29T01:30Z'],
    ['Australia/Lord_Howe', { from: at(2, 15), to: at(3) }, '2026-10-03T15:30Z', '2026-10-03T16:00Z'],
    // Cairo's day starts at one o'clock.
    ['Africa/Cairo', { from: at(0, 30), to: at(2) }, '2026-04-23T22:00Z', '2026-04-23T23:00Z'],
  ])('%s, %j', (zone, range, from, to) => {
    const calendar = inZone(zone, everyDay(range))
    expect(calendar.at(utc(from) - 1)).toEqual(closed(from))
    expect(calendar.at(utc(from))).toEqual(open)
    expect(calendar.at(utc(to) - 1)).toEqual(open)
    expect(calendar.at(utc(to))).toMatchObject({ isOpen: false })
  })

  test('a range that is skipped whole does not open that day', () => {
    const calendar = inZone('Europe/Berlin', everyDay({ from: at(2, 10), to: at(2, 50) }))
    expect(calendar.at(utc('2026-03-28T12:00Z'))).toEqual(closed('2026-03-30T00:10Z'))
  })
})

describe('in autumn the borders are the first occurrence, once', () => {
  test.each([
    ['Europe/Berlin', { from: at(2, 30), to: at(4) }, '2026-10-25T00:30Z', '2026-10-25T03:00Z'],
    ['Europe/Berlin', { from: at(1), to: at(2, 30) }, '2026-10-24T23:00Z', '2026-10-25T00:30Z'],
    ['Europe/Berlin', { from: at(2), to: at(3) }, '2026-10-25T00:00Z', '2026-10-25T02:00Z'],
    ['America/New_York', { from: at(1, 30), to: at(3) }, '2026-11-01T05:30Z', '2026-11-01T08:00Z'],
    ['Europe/London', { from: at(1), to: at(1, 30) }, '2026-10-25T00:00Z', '2026-10-25T00:30Z'],
    ['Australia/Lord_Howe', { from: at(1, 45), to: at(3) }, '2026-04-04T14:45Z', '2026-04-04T16:30Z'],
  ])('%s, %j', (zone, range, from, to) => {
    const calendar = inZone(zone, everyDay(range))
    expect(calendar.at(utc(from) - 1)).toEqual(closed(from))
    expect(calendar.at(utc(from))).toEqual(open)
    expect(calendar.at(utc(to) - 1)).toEqual(open)
    expect(calendar.at(utc(to))).toMatchObject({ isOpen: false, because: 'hours' })
  })

  test('a range that was over does not open again when the hour comes back', () => {
    const calendar = inZone('Europe/Berlin', everyDay({ from: at(1), to: at(2, 30) }))
    expect(calendar.at(utc('2026-10-25T01:15Z'))).toEqual(closed('2026-10-26T00:00Z'))
  })
})

/** Days around every kind of change of the clock, and some without any. */
const WINDOWS = [
  ['Europe/Berlin', '2026-03-28'],
  ['Europe/Berlin', '2026-10-24'],
  ['America/New_York', '2026-03-07'],
  ['America/New_York', '2026-10-31'],
  ['Australia/Lord_Howe', '2026-04-04'],
  ['Australia/Lord_Howe', '2026-10-03'],
  ['Africa/Cairo', '2026-04-23'],
  ['Africa/Cairo', '2026-10-29'],
  ['Pacific/Kiritimati', '2025-12-31'],
  ['Asia/Kolkata', '2026-02-27'],
] as const

const range = fc
  .tuple(fc.nat(1439), fc.nat(1440))
  .filter(([from, to]) => from < to)
  .map(([from, to]) => ({ from, to }))
/** Borders where clocks change come up often. */
const nightRange = fc
  .tuple(fc.integer({ min: 0, max: 180 }), fc.integer({ min: 1, max: 60 }))
  .map(([from, more]) => ({ from, to: from + more }))
const week = fc.array(fc.array(fc.oneof(range, nightRange), { maxLength: 4 }), { minLength: 7, maxLength: 7 })

const situations = fc
  .record({
    window: fc.constantFrom(...WINDOWS),
    hours: week,
    offDays: fc.subarray([0, 1, 2]),
    minutes: fc.array(fc.integer({ min: 0, max: 2 * 1440 }), { minLength: 1, maxLength: 20 }),
    offsetMs: fc.constantFrom(0, 0, 1, 59_999),
  })
  .map(({ window: [zone, start], hours, offDays, minutes, offsetMs }) => {
    const first = Temporal.PlainDate.from(start)
    const dates = [0, 1, 2].map((days) => first.add({ days }).toString())
    const rules: SlowRules = { hours, zone, daysOff: offDays.map((index) => dates[index] ?? '') }
    const from = first.toZonedDateTime(zone).epochMilliseconds
    const end = first.add({ days: 3 }).toZonedDateTime(zone).epochMilliseconds
    return { rules, dates, end, moments: minutes.map((minute) => from + minute * 60_000 + offsetMs) }
  })

test('whatever the schedule, zone and moment, the calendar agrees with a walk through every minute', () => {
  fc.assert(
    fc.property(situations, ({ rules, dates, end, moments }) => {
      const calendar = calendarOf(rules)
      const stretches = dates.flatMap((date) => slowStretches(rules, date))
      for (const moment of moments) {
        const opening = calendar.at(moment)
        const isOpen = stretches.some((stretch) => moment >= stretch.from && moment < stretch.to)
        expect(opening.isOpen).toBe(isOpen)
        if (opening.isOpen) continue
        const starts = stretches.map((stretch) => stretch.from).filter((start) => start > moment)
        if (starts.length > 0) expect(opening.opensAt).toBe(Math.min(...starts))
        else expect(opening.opensAt === null || opening.opensAt >= end).toBe(true)
        if (opening.opensAt !== null) expect(calendar.at(opening.opensAt)).toEqual(open)
      }
    }),
    { numRuns: 300 },
  )
}, 30_000)

test('whatever the schedule and zone, what is open in a span is each stretch of it, cut at its ends', () => {
  fc.assert(
    fc.property(situations, fc.nat(), ({ rules, dates, end, moments }, pick) => {
      const stretches = dates.flatMap((date) => slowStretches(rules, date))
      const from = moments[pick % moments.length] ?? end
      const to = Math.min(end, Math.max(...moments, from + 1))
      const cut = stretches
        .map((stretch) => ({ from: Math.max(from, stretch.from), to: Math.min(to, stretch.to) }))
        .filter((part) => part.from < part.to)
      const covers = (parts: readonly { from: number; to: number }[], moment: number): boolean =>
        parts.some((part) => moment >= part.from && moment < part.to)
      const found = calendarOf(rules).openIn(from, to)
      expect(found.every((part) => part.from >= from && part.to <= to && part.from < part.to)).toBe(true)
      const borders = [...cut, ...found].flatMap((part) => [part.from - 1, part.from, part.to - 1, part.to])
      for (const moment of [...moments, ...borders].filter((one) => one >= from && one < to))
        expect(covers(found, moment)).toBe(covers(cut, moment))
    }),
    { numRuns: 300 },
  )
}, 30_000)

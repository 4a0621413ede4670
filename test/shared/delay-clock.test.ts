import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Calendar, createCalendar } from '#shared/domain/calendar'
import { type Count, type DelayClock, dueAfterPause, dueBy } from '#shared/domain/delay-clock'
import { OFFICE_HOURS } from '#shared/domain/paces'

const utc = (iso: string): number => Date.parse(`${iso}Z`)
const text = (moment: number): string => new Date(moment).toISOString().slice(0, 16)

const berlin = (away: readonly string[] = []): Calendar =>
  createCalendar({
    hours: OFFICE_HOURS,
    zone: 'Europe/Berlin',
    isDayOff: () => false,
    isAway: (date) => away.includes(date),
  })

/** Wednesday noon and three working days. */
const clock: DelayClock = { from: utc('2026-03-04T12:00'), due: utc('2026-03-09T12:00'), unit: 'working_days' }

const by = (calendar: Calendar): Count => ({ calendar, delay: { days: 3, unit: 'working_days' } })

describe('a pause', () => {
  test.each([
    ['of two hours costs two hours', '2026-03-05T09:00', '2026-03-05T11:00', '2026-03-09T14:00'],
    ['over the moment it was due costs what was left', '2026-03-09T11:00', '2026-03-09T17:00', '2026-03-09T18:00'],
    ['over a weekend costs no day of it', '2026-03-06T23:00', '2026-03-08T23:00', '2026-03-09T12:00'],
    ['from Friday noon to Monday noon costs a day', '2026-03-06T12:00', '2026-03-09T12:00', '2026-03-10T12:00'],
    ['of three working days goes on behind the weekend', '2026-03-05T12:00', '2026-03-10T12:00', '2026-03-12T12:00'],
    ['that began before the clock counts from its start', '2026-03-01T12:00', '2026-03-05T12:00', '2026-03-10T12:00'],
    ['that ended before the clock began costs nothing', '2026-03-01T12:00', '2026-03-03T12:00', '2026-03-09T12:00'],
    ['that begins when it is due costs nothing', '2026-03-09T12:00', '2026-03-20T12:00', '2026-03-09T12:00'],
  ])('%s', (_, from, to, due) => {
    expect(text(dueAfterPause(berlin(), clock, { from: utc(from), to: utc(to) }))).toBe(due)
  })

  test('of calendar days costs weekends too, and the night of the clock change its 23 hours', () => {
    const days = { from: utc('2026-03-27T12:00'), due: utc('2026-03-30T11:00'), unit: 'days' } as const
    const night = { from: utc('2026-03-28T23:00'), to: utc('2026-03-29T22:00') }
    expect(text(dueAfterPause(berlin(), days, night))).toBe('2026-03-31T10:00')
  })

  test('in two pieces costs what it costs in one', () => {
    const calendar = berlin(['2026-03-12', '2026-03-13'])
    const moment = fc.integer({ min: clock.from, max: clock.due }).map((at) => at - (at % 60_000))
    fc.assert(
      fc.property(moment, moment, moment, (...moments) => {
        const [a = 0, b = 0, c = 0] = moments.toSorted((x, y) => x - y)
        const whole = dueAfterPause(calendar, clock, { from: a, to: c })
        const due = dueAfterPause(calendar, clock, { from: a, to: b })
        expect(dueAfterPause(calendar, { ...clock, due }, { from: b, to: c })).toBe(whole)
      }),
    )
  })
})

describe('another calendar', () => {
  test('moves it by the days that count no longer, and back again', () => {
    const away = berlin(['2026-03-06', '2026-03-09', '2026-03-12'])
    const due = dueBy(by(away), by(berlin()), clock)
    expect(text(due)).toBe('2026-03-11T12:00')
    expect(dueBy(by(berlin()), by(away), { ...clock, due })).toBe(clock.due)
  })

  test('keeps the time of day, also where the day on which the clock began counts no longer', () => {
    expect(text(dueBy(by(berlin(['2026-03-04', '2026-03-05'])), by(berlin()), clock))).toBe('2026-03-10T12:00')
  })

  test('and another delay keep what a pause has cost', () => {
    const due = dueAfterPause(berlin(), clock, { from: utc('2026-03-05T09:00'), to: utc('2026-03-05T11:00') })
    expect(text(dueBy(by(berlin(['2026-03-06'])), by(berlin()), { ...clock, due }))).toBe('2026-03-10T14:00')
    expect(
      text(dueBy({ ...by(berlin()), delay: { days: 1, unit: 'working_days' } }, by(berlin()), { ...clock, due })),
    ).toBe('2026-03-05T14:00')
  })

  test('that is the same changes nothing, wherever the clock began', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: utc('2026-01-01T00:00'), max: utc('2026-12-31T00:00') }),
        fc.integer({ min: 0, max: 30 }),
        fc.constantFrom('days' as const, 'working_days' as const),
        (from, days, unit) => {
          const due = berlin().after(from, days, unit)
          const count = { calendar: berlin(), delay: { days, unit } }
          expect(dueBy(count, count, { from, due })).toBe(due)
        },
      ),
    )
  })
})

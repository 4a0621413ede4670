import { expect, test } from 'vitest'
import { OFFICE_HOURS, PACES } from '#shared/domain/paces'
import { DEFAULT_POLICY, HourRange, Policy } from '#shared/domain/policy'

const withPolicy = (change: Record<string, unknown>): boolean =>
  Policy.safeParse({ ...DEFAULT_POLICY, ...change }).success

test('the default policy is valid: careful, office hours, sixty days of cool-down, no days off', () => {
  expect(Policy.parse(DEFAULT_POLICY)).toEqual({
    hours: OFFICE_HOURS,
    zone: null,
    holidays: null,
    daysOff: [],
    gapMs: { min: 360_000, max: 960_000 },
    hourlyCap: 10,
    dailyCap: 40,
    ramp: null,
    handReserve: 0,
    domainCap: null,
    coolDownDays: 60,
  })
})

test.each(Object.entries(PACES))('the pace %s is a valid one', (_name, pace) => {
  expect(withPolicy(pace)).toBe(true)
  expect(pace.gapMs.min).toBeLessThanOrEqual(pace.gapMs.max)
})

test('office hours are Monday to Friday, with a gap for lunch', () => {
  const day = [
    { from: 540, to: 720 },
    { from: 780, to: 1020 },
  ]
  expect(OFFICE_HOURS).toEqual([day, day, day, day, day, [], []])
})

test.each([
  [{ from: 0, to: 1440 }, true],
  [{ from: 1439, to: 1440 }, true],
  [{ from: 0, to: 1441 }, false],
  [{ from: 600, to: 600 }, false],
  [{ from: 601, to: 600 }, false],
  [{ from: -1, to: 600 }, false],
  [{ from: 9.5, to: 600 }, false],
])('hours %j are valid: %s', (range, isValid) => {
  expect(HourRange.safeParse(range).success).toBe(isValid)
})

test.each([
  ['six weekdays', { hours: OFFICE_HOURS.slice(1) }],
  [
    'seven ranges in one day',
    { hours: [Array.from({ length: 7 }, () => ({ from: 1, to: 2 })), [], [], [], [], [], []] },
  ],
  ['a pause below a second', { gapMs: { min: 999, max: 5_000 } }],
  ['a pause above a day', { gapMs: { min: 1_000, max: 86_400_001 } }],
  ['an hourly cap of nothing', { hourlyCap: 0 }],
  ['an hourly cap above 50', { hourlyCap: 51 }],
  ['a daily cap of nothing', { dailyCap: 0 }],
  ['a daily cap above 500', { dailyCap: 501 }],
  ['a ramp that starts with nothing', { ramp: { startAt: 0, first: 0, perDay: 5 } }],
  ['a negative cool-down', { coolDownDays: -1 }],
  ['a day off that is no date', { daysOff: ['24.12.2026'] }],
  ['a country by name', { holidays: { country: 'Germany', region: null } }],
])('%s is refused', (_name, change) => {
  expect(withPolicy(change)).toBe(false)
})

test.each([
  ['50 an hour and 500 a day', { hourlyCap: 50, dailyCap: 500 }],
  ['no cool-down', { coolDownDays: 0 }],
  ['a ramp', { ramp: { startAt: 0, first: 5, perDay: 0 } }],
  ['holidays of a region', { holidays: { country: 'DE', region: 'BY' } }],
])('%s is fine', (_name, change) => {
  expect(withPolicy(change)).toBe(true)
})

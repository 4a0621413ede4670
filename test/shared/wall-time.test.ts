import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countPerDay, localDateOf, momentOfWallTime, startOfDay } from '#shared/domain/wall-time'

const utc = (iso: string): number => Date.parse(iso)

test.each([
  ['2026-03-02T09:00', 'Europe/Berlin', '2026-03-02T08:00Z'],
  ['2026-07-01T09:00', 'Europe/Berlin', '2026-07-01T07:00Z'],
  ['2026-07-01T09:00', 'America/New_York', '2026-07-01T13:00Z'],
  ['2026-01-01T00:00', 'Pacific/Kiritimati', '2025-12-31T10:00Z'],
  ['2026-01-01T00:00', 'Asia/Kolkata', '2025-12-31T18:30Z'],
  ['2028-02-29T12:00', 'UTC', '2028-02-29T12:00Z'],
])('%s in %s is one moment', (local, zone, moment) => {
  expect(momentOfWallTime({ local, zone })).toBe(utc(moment))
})

test.each([
  ['2026-03-29T02:00', 'Europe/Berlin'],
  ['2026-03-29T02:59', 'Europe/Berlin'],
  ['2026-03-08T02:30', 'America/New_York'],
  ['2026-10-04T02:15', 'Australia/Lord_Howe'],
])('%s in %s does not exist: the clock skips it', (local, zone) => {
  expect(momentOfWallTime({ local, zone })).toBeNull()
})

test.each([
  ['2026-03-29T01:59', 'Europe/Berlin', '2026-03-29T00:59Z'],
  ['2026-03-29T03:00', 'Europe/Berlin', '2026-03-29T01:00Z'],
  ['2026-10-04T02:30', 'Australia/Lord_Howe', '2026-10-03T15:30Z'],
])('%s in %s is beside the gap and exists', (local, zone, moment) => {
  expect(momentOfWallTime({ local, zone })).toBe(utc(moment))
})

test.each([
  ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30Z'],
  ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30Z'],
  ['2026-04-05T01:45', 'Australia/Lord_Howe', '2026-04-04T14:45Z'],
])('%s in %s comes twice, and the first one counts', (local, zone, moment) => {
  expect(momentOfWallTime({ local, zone })).toBe(utc(moment))
})

test.each([
  ['2026-02-30T09:00', 'Europe/Berlin'],
  ['2026-13-01T09:00', 'Europe/Berlin'],
  ['2026-02-28T24:01', 'Europe/Berlin'],
  ['tomorrow', 'Europe/Berlin'],
  ['', 'Europe/Berlin'],
  ['2026-03-02T09:00', 'Mars/Olympus'],
  ['2026-03-02T09:00', ''],
])('"%s" in "%s" is no moment', (local, zone) => {
  expect(momentOfWallTime({ local, zone })).toBeNull()
})

test.each([
  ['2026-03-29T12:00Z', 'Europe/Berlin', '2026-03-28T23:00Z'],
  ['2026-03-28T23:00Z', 'Europe/Berlin', '2026-03-28T23:00Z'],
  ['2026-03-28T22:59Z', 'Europe/Berlin', '2026-03-27T23:00Z'],
  // Cairo skips the first hour of this day.
  ['2026-04-24T09:00Z', 'Africa/Cairo', '2026-04-23T22:00Z'],
])('the day of %s in %s starts at %s', (moment, zone, start) => {
  expect(startOfDay(utc(moment), zone)).toBe(utc(start))
})

test.each([
  ['2026-01-01T09:59Z', 'Pacific/Kiritimati', '2026-01-01'],
  ['2026-01-01T10:00Z', 'Pacific/Kiritimati', '2026-01-02'],
  ['2026-01-01T04:59Z', 'America/New_York', '2025-12-31'],
  ['2026-01-01T05:00Z', 'America/New_York', '2026-01-01'],
])('the date of %s in %s is %s', (moment, zone, date) => {
  expect(localDateOf(utc(moment), zone)).toBe(date)
})

test.each([
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Pacific/Apia',
  'Asia/Kathmandu',
])('moments in %s are counted on the dates that each of them has for itself', (zone) => {
  const inTwoYears = fc.integer({ min: utc('2011-11-01T00:00Z'), max: utc('2013-11-01T00:00Z') })
  // Around the day that Apia left out, and around midnights whose clock changes.
  const near = fc
    .constantFrom('2011-12-30T10:00Z', '2012-03-25T00:00Z', '2012-10-28T00:00Z', '2012-03-11T05:00Z')
    .chain((iso) => fc.integer({ min: utc(iso) - 40 * 3_600_000, max: utc(iso) + 40 * 3_600_000 }))
  fc.assert(
    fc.property(fc.array(fc.oneof(inTwoYears, near), { maxLength: 40 }), (moments) => {
      const rising = moments.toSorted((a, b) => a - b)
      const slowly = [...Map.groupBy(rising, (moment) => localDateOf(moment, zone))]
      expect(countPerDay(rising, zone)).toEqual(slowly.map(([date, of]) => ({ date, count: of.length })))
    }),
  )
})

import { expect, test } from 'vitest'
import { nextDigestAt } from '#shared/domain/digest-time'

const at = (iso: string): number => Date.parse(iso)
const EIGHT_THIRTY = 8 * 60 + 30

test.each([
  ['before its time, today', '2026-03-02T07:00Z', '2026-03-01', '2026-03-02T08:30Z'],
  ['after its time, at once, because the app was not running', '2026-03-02T15:00Z', '2026-03-01', '2026-03-02T08:30Z'],
  ['when today had one, tomorrow', '2026-03-02T15:00Z', '2026-03-02', '2026-03-03T08:30Z'],
  ['the first one ever, today', '2026-03-02T07:00Z', '', '2026-03-02T08:30Z'],
  ['not again where the clock or the zone was set back', '2026-03-01T12:00Z', '2026-03-02', '2026-03-03T08:30Z'],
])('a digest is due %s', (_title, now, lastDate, due) => {
  expect(nextDigestAt({ now: at(now), zone: 'UTC', minuteOfDay: EIGHT_THIRTY, lastDate })).toBe(at(due))
})

test('the day is the local one', () => {
  const plan = {
    now: at('2026-03-02T23:30Z'),
    zone: 'Europe/Berlin',
    minuteOfDay: EIGHT_THIRTY,
    lastDate: '2026-03-02',
  }
  expect(nextDigestAt(plan)).toBe(at('2026-03-03T07:30Z'))
})

test('a time that the clock skips comes right after', () => {
  const now = at('2026-03-28T22:00Z')
  // In Berlin 02:30 does not exist on 29 March 2026.
  const due = nextDigestAt({ now, zone: 'Europe/Berlin', minuteOfDay: 150, lastDate: '2026-03-28' })
  expect(due).toBe(at('2026-03-29T01:30Z'))
})

import { expect, test } from 'vitest'
import { nextDigestAt } from '#shared/domain/digest-time'

const at = (iso: string): number => Date.parse(iso)
const EIGHT_THIRTY = 8 * 60 + 30

test.each([
  ['before its time, today', '2026-03-02T07:00Z', 'UTC', '2026-03-01', '2026-03-02T08:30Z'],
  [
    'after its time, at once, because the app was not running',
    '2026-03-02T15:00Z',
    'UTC',
    '2026-03-01',
    '2026-03-02T08:30Z',
  ],
  ['when today had one, tomorrow', '2026-03-02T15:00Z', 'UTC', '2026-03-02', '2026-03-03T08:30Z'],
  ['the first one ever, today', '2026-03-02T07:00Z', 'UTC', '', '2026-03-02T08:30Z'],
  ['by the local day', '2026-03-02T23:30Z', 'Europe/Berlin', '2026-03-02', '2026-03-03T07:30Z'],
  ['not again where the clock or the zone was set back', '2026-03-01T12:00Z', 'UTC', '2026-03-02', '2026-03-03T08:30Z'],
])('a digest is due %s', (_title, now, zone, lastDate, due) => {
  expect(nextDigestAt({ now: at(now), zone, minuteOfDay: EIGHT_THIRTY, lastDate })).toBe(at(due))
})

test('a time that the clock skips comes right after', () => {
  const now = at('2026-03-28T22:00Z')
  // In Berlin 02:30 does not exist on 29 March 2026.
  const due = nextDigestAt({ now, zone: 'Europe/Berlin', minuteOfDay: 150, lastDate: '2026-03-28' })
  expect(due).toBe(at('2026-03-29T01:30Z'))
})

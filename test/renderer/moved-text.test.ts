import { expect, test } from 'vitest'
import { formatDay } from '../../renderer/ui/format.ts'
import { type MovedMail, movedText } from '../../renderer/ui/moved-text.ts'

/** Noon, so that a day more stays a day more, in whatever zone this runs. */
const NOW = new Date(2026, 2, 4, 12, 0).getTime()
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const [FROM, TO] = [NOW + 4 * DAY, NOW + 5 * DAY]
const days = `${formatDay(TO, NOW)} instead of ${formatDay(FROM, NOW)}`
const ending = (name: string): MovedMail['ends'][number] => ({ name, from: FROM, to: TO })

test.each<[MovedMail, string | null]>([
  [{ count: 0, latestMs: 0, ends: [] }, null],
  [{ count: 1, latestMs: 40 * MINUTE, ends: [] }, '1 waiting mail moves by 40 min.'],
  [{ count: 12, latestMs: 2 * DAY, ends: [] }, '12 waiting mails move, the latest by 2 days.'],
  [{ count: 2, latestMs: 0, ends: [] }, '2 waiting mails move.'],
  [
    { count: 12, latestMs: DAY, ends: [ending('Spring')] },
    `12 waiting mails move, the latest by 1 day; “Spring” ends ${days}.`,
  ],
  [
    { count: 12, latestMs: DAY, ends: ['A', 'B', 'C', 'D'].map(ending) },
    `12 waiting mails move, the latest by 1 day; “A” ends ${days}; “B” ends ${days}; “C” ends ${days}; 1 more campaign on another day.`,
  ],
])('%j is told as: %s', (moved, text) => {
  expect(movedText(moved, NOW)).toBe(text)
})

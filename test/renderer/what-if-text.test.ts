import { describe, expect, test } from 'vitest'
import { formatClock, formatDay } from '../../renderer/ui/format.ts'
import { type PlanFigures, whatIfRows, whatIfText } from '../../renderer/ui/what-if-text.ts'

/** Noon, so that an hour more or less stays in the day, in whatever zone this runs. */
const NOW = new Date(2026, 2, 4, 12, 0).getTime()
const HOUR = 3_600_000
const DAY = 24 * HOUR

const PLAN: PlanFigures = {
  planned: 30,
  firstAt: NOW + HOUR,
  lastAt: NOW + 4 * DAY,
  perDay: [
    { date: '2026-03-04', count: 10 },
    { date: '2026-03-08', count: 20 },
  ],
  heldBy: null,
}
const EMPTY: PlanFigures = { planned: 0, firstAt: null, lastAt: null, perDay: [], heldBy: null }

function said(change: Partial<PlanFigures>, before = PLAN): string {
  return whatIfText({ before, after: { ...PLAN, ...change } }, NOW)
}

describe('what a change of the policy would do', () => {
  test('another day of the last mail is said beside the one it has', () => {
    const lastAt = NOW + 8 * DAY
    expect(said({ lastAt })).toBe(
      `With this: last mail on ${formatDay(lastAt, NOW)} instead of ${formatDay(NOW + 4 * DAY, NOW)}.`,
    )
    expect(said({ lastAt: NOW + DAY })).toMatch(/^With this: last mail tomorrow instead of /)
  })

  test('on the same day its time is said', () => {
    const lastAt = NOW + 4 * DAY + HOUR
    expect(said({ lastAt })).toMatch(new RegExp(`at ${formatClock(lastAt)} instead of ${formatClock(NOW)}\\.$`))
  })

  test('mail that a rule would let go or forbid is counted', () => {
    expect(said({ planned: 27, lastAt: NOW + DAY })).toContain(' 3 mails fewer would go.')
    expect(said({ planned: 31 })).toContain(' 1 mail more would go.')
  })

  test('a plan that does not move, and one that moves only before its end, are told apart', () => {
    expect(said({})).toBe('With this the plan of the waiting mail stays as it is.')
    expect(said({ firstAt: NOW + 2 * HOUR })).toBe('With this the last mail stays where it is; others move.')
  })

  test('mail that is held says by what; without any mail nothing moves', () => {
    expect(said({ ...EMPTY, heldBy: 'mailbox_paused' })).toContain('its mailbox is paused')
    expect(said(EMPTY, EMPTY)).toBe('No mail waits, so nothing moves.')
    expect(said({}, EMPTY)).toBe(`With this: last mail on ${formatDay(NOW + 4 * DAY, NOW)}.`)
  })

  test('the table compares what moves, and is left out where nothing is planned', () => {
    const rows = whatIfRows(
      { before: PLAN, after: { ...PLAN, planned: 27, perDay: [{ date: '2026-03-05', count: 27 }] } },
      NOW,
    )
    expect(rows.find(([name]) => name === 'Mails with a date')).toEqual(['Mails with a date', '30', '27'])
    expect(rows.find(([name]) => name === 'Days with mail')).toEqual(['Days with mail', '2', '1'])
    expect(rows.find(([name]) => name === 'Fullest day')?.slice(1)).toEqual([
      expect.stringMatching(/^20 on /),
      expect.stringMatching(/^27 on /),
    ])
    expect(whatIfRows({ before: EMPTY, after: EMPTY }, NOW)).toEqual([])
  })
})

import { describe, expect, test } from 'vitest'
import { GateName, NeverCode, WaitCode } from '#shared/domain/taxonomy'
import { formatClock } from '../../renderer/ui/format.ts'
import { aheadText, gateName, gateText, rangeText, reasonOf, type GateFacts } from '../../renderer/ui/gate-text.ts'

/** Noon, so that an hour more or less stays in the day, in whatever zone this runs. */
const NOW = new Date(2026, 2, 4, 12, 0).getTime()
const HOUR = 3_600_000
const DAY = 24 * HOUR

function says(gate: GateName, change: Partial<GateFacts> = {}): GateFacts {
  return { gate, say: 'pass', because: null, until: null, ...change }
}

const GAP = says('gap', { say: 'wait', because: 'gap', until: NOW + HOUR })

describe('what a gate says', () => {
  test.each(GateName.options)('%s has a name of its own, and a sentence for letting a mail through', (gate) => {
    expect(gateName(gate)).toMatch(/^[A-Z].+[^.]$/)
    expect(GateName.options.filter((other) => gateName(other) === gateName(gate))).toEqual([gate])
    expect(gateText(says(gate), NOW)).toMatch(/^[A-Z].+\.$/)
  })

  test.each(WaitCode.options)('%s: a sentence with the time, and one without', (because) => {
    const until = NOW + HOUR
    expect(gateText(says('gap', { say: 'wait', because, until }), NOW)).toMatch(
      new RegExp(`^Not before ${formatClock(until)}: [a-z].+[^.]\\.$`),
    )
    expect(gateText(says('gap', { say: 'hold', because }), NOW)).toMatch(/^[A-Z].+[^.]\.$/)
  })

  test.each(NeverCode.options)('%s: a sentence why never', (because) => {
    expect(gateText(says('lead', { say: 'never', because }), NOW)).toMatch(/^[A-Z].+\.$/)
  })

  test('a text that will not be true says that it will hold the mail; one that holds it already, that it does', () => {
    const ages = says('text', { say: 'hold', because: 'text_aged' })
    expect(gateText(ages, NOW)).toContain('it will wait for you')
    expect(gateText(ages, NOW, true)).toMatch(/^Waiting because/)
  })

  test('the same word means two things: a mail before it that did not go, and one that has yet to go', () => {
    const because = 'step_before'
    expect(gateText(says('lead', { say: 'never', because }), NOW)).toContain('did not go')
    expect(gateText(says('lead', { say: 'hold', because }), NOW)).toContain('has gone')
  })

  test('a time that has come is not said as if it were ahead', () => {
    expect(gateText({ ...GAP, until: NOW - 1 }, NOW)).toBe('The time has come; it is asked again.')
  })
})

describe('the reason', () => {
  const gates = [says('app'), GAP, says('hourly_cap', { say: 'wait', because: 'hourly_cap', until: NOW + DAY })]

  test('is the first gate in the way', () => {
    expect(reasonOf(gates, { code: 'gap', willSkip: null })).toBe('gap')
    expect(reasonOf(gates, null)).toBe('gap')
  })

  test('is no gate where the forecast waits for something else first', () => {
    expect(reasonOf(gates, { code: 'scheduled', willSkip: null })).toBeNull()
    expect(reasonOf([says('app')], { code: 'turn', willSkip: null })).toBeNull()
  })

  test('is the gate that forbids the mail, where the forecast says it will be skipped', () => {
    const forbidding = [says('suppression', { say: 'never', because: 'suppressed' }), GAP]
    expect(reasonOf(forbidding, { code: 'turn', willSkip: 'suppressed' })).toBe('suppression')
    expect(reasonOf([GAP], { code: 'turn', willSkip: 'cool_down' })).toBeNull()
  })
})

describe('the forecast as a range', () => {
  test('today: between two times', () => {
    expect(rangeText({ from: NOW + HOUR, to: NOW + 2 * HOUR }, NOW)).toBe(
      `It goes between ${formatClock(NOW + HOUR)} and ${formatClock(NOW + 2 * HOUR)}.`,
    )
  })

  test('on another day the day is said once', () => {
    const range = { from: NOW + DAY, to: NOW + DAY + HOUR }
    expect(rangeText(range, NOW)).toMatch(/^It goes tomorrow between .+ and .+\.$/)
    expect(rangeText(range, NOW, 'Its turn comes')).toMatch(/^Its turn comes tomorrow between .+ and .+\.$/)
    expect(rangeText({ from: range.from + DAY, to: range.to + DAY }, NOW)).toMatch(/^It goes on .+ between /)
  })

  test('over midnight both days are said', () => {
    expect(rangeText({ from: NOW + HOUR, to: NOW + DAY }, NOW)).toMatch(/^It goes between .+ and tomorrow /)
  })

  test('one minute is one time', () => {
    expect(rangeText({ from: NOW + HOUR, to: NOW + HOUR + 1_000 }, NOW)).toBe(
      `It goes about ${formatClock(NOW + HOUR)}.`,
    )
  })

  test('mail that goes first is counted', () => {
    expect(aheadText(0)).toBe('')
    expect(aheadText(1)).toBe(' 1 mail of this mailbox goes before it.')
    expect(aheadText(3)).toBe(' 3 mails of this mailbox go before it.')
  })

  test('what has passed is now', () => {
    expect(rangeText({ from: NOW - HOUR, to: NOW + HOUR }, NOW)).toContain(`between ${formatClock(NOW)} and`)
  })
})

/** What every plan must obey, said a second time. */
import { expect } from 'vitest'
import { DAY_MS, HOUR_MS } from '#shared/domain/pacing'
import type { Forecast, PlanInput, PlannedSend } from '#shared/domain/plan'

export interface Planned {
  readonly send: PlannedSend
  readonly at: number
  readonly forecast: Forecast
}

/** Those with a moment, soonest first. */
export function plannedOf(input: PlanInput, forecasts: ReadonlyMap<number, Forecast>): Planned[] {
  return input.sends
    .flatMap((send) => {
      const forecast = forecasts.get(send.sendId)
      return forecast && forecast.at !== null ? [{ send, at: forecast.at, forecast }] : []
    })
    .toSorted((a, b) => a.at - b.at)
}

const countIn = (times: readonly number[], at: number, windowMs: number): number =>
  times.filter((time) => time > at - windowMs && time <= at).length

/** Caps, ramp and gap, counted one by one. */
export function expectPace({ mailbox: { history, policy } }: PlanInput, planned: readonly Planned[]): void {
  const times = [...history.times, ...planned.map(({ at }) => at)]
  for (const { at } of planned) {
    expect(countIn(times, at, HOUR_MS)).toBeLessThanOrEqual(policy.hourlyCap)
    expect(countIn(times, at, DAY_MS)).toBeLessThanOrEqual(policy.dailyCap)
    if (policy.ramp) {
      const days = Math.floor((at - policy.ramp.startAt) / DAY_MS)
      const limit = Math.max(policy.ramp.first + policy.ramp.perDay * days, 0)
      expect(countIn(times, at, DAY_MS)).toBeLessThanOrEqual(Math.min(limit, policy.dailyCap))
    }
    const before = times.filter((time) => time < at).at(-1)
    if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(policy.gapMs.min)
  }
  expect(new Set(planned.map(({ at }) => at)).size).toBe(planned.length)
}

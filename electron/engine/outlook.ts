/** What queueing would bring, worked out by the same planner as the forecast. */
import { countPerDay } from '#shared/domain/wall-time'
import type { Forecast, PlannedSend } from '#shared/domain/plan'
import type { SendPriority, WaitCode } from '#shared/domain/taxonomy'
import { toPlanned } from './enrolling.ts'
import type { Forecasts } from './forecast.ts'
import type { Obstacle, OrderedStep, Worked } from './orders.ts'

/** What pressing the button would do. */
export interface Outlook {
  readonly ready: number
  readonly obstacles: readonly Obstacle[]
  readonly plan: {
    /** Epoch ms; null when nothing can be planned. */
    readonly firstAt: number | null
    readonly lastAt: number | null
    /** By local date of the first mailbox's schedule. */
    readonly perDay: readonly { readonly date: string; readonly count: number }[]
    readonly heldBy: WaitCode | null
  }
}

export interface OutlookOn {
  readonly worked: Worked
  readonly steps: readonly OrderedStep[]
  readonly priority: SendPriority
  /** The id that the next queued send will get. */
  readonly firstId: number
  /** Epoch ms. */
  readonly now: number
  /** The machine's. */
  readonly zone: string
}

export function outlookOn(forecasts: Forecasts, on: OutlookOn): Outlook {
  const { worked } = on
  const own = forecastsIn(forecasts, on)
  const moments = own.flatMap(({ at }) => (at === null ? [] : [at])).toSorted((a, b) => a - b)
  const held = own.find((forecast) => forecast.at === null && forecast.skip === null)
  const zone = worked.mailboxes[0]?.policy.zone ?? on.zone
  return {
    ready: worked.ready.length,
    obstacles: worked.obstacles,
    plan: {
      firstAt: moments[0] ?? null,
      lastAt: moments.at(-1) ?? null,
      perDay: countPerDay(moments, zone),
      heldBy: held?.because ?? null,
    },
  }
}

/** Of the new mail of all mailboxes, planned together. */
function forecastsIn(forecasts: Forecasts, { worked, steps, priority, firstId, now }: OutlookOn): Forecast[] {
  const notBefore = worked.scheduledAt ?? now
  const more = new Map<number, PlannedSend[]>()
  for (const [index, ready] of worked.ready.entries()) {
    const sends = toPlanned(ready, { steps, firstId: firstId + index * steps.length, priority, notBefore })
    const known = more.get(ready.mailbox.id)
    if (known) known.push(...sends)
    else more.set(ready.mailbox.id, sends)
  }
  if (more.size === 0) return []
  const planned = forecasts.withMore(more)
  return [...more.values()].flat().flatMap(({ sendId }) => planned.get(sendId) ?? [])
}

/** What queueing would bring, worked out by the same planner as the forecast. */
import { nextSendId } from '#db/queries/sends'
import type { Forecast } from '#shared/domain/plan'
import type { EngineContext } from '../context.ts'
import { type Standing, toPlanned } from '../campaigns/enrolling.ts'
import type { Forecasts } from './forecast.ts'
import type { Obstacle, Worked } from '../campaigns/orders.ts'
import { figuresOf, type PlanFigures } from './what-if.ts'

/** What pressing the button would do. */
export interface Outlook {
  readonly ready: number
  readonly obstacles: readonly Obstacle[]
  /** Of their mail; dates by the first mailbox's schedule. */
  readonly plan: PlanFigures
}

export interface OutlookOn extends Pick<Standing, 'steps' | 'campaignId' | 'priority'> {
  readonly worked: Worked
}

export interface OutlookDeps extends Pick<EngineContext, 'db' | 'clock'> {
  readonly forecasts: Forecasts
}

export function outlookOn(deps: OutlookDeps, on: OutlookOn): Outlook {
  const { worked } = on
  const zone = worked.mailboxes[0]?.policy.zone ?? deps.clock.zone()
  return {
    ready: worked.ready.length,
    obstacles: worked.obstacles,
    plan: figuresOf(forecastsIn(deps, on), zone),
  }
}

/** Of the new mail of all mailboxes, planned together. */
function forecastsIn({ db, clock, forecasts }: OutlookDeps, { worked, ...as }: OutlookOn): Forecast[] {
  const { scheduledAt, ready } = worked
  if (ready.length === 0) return []
  const sends = toPlanned(db, ready, { ...as, scheduledAt, now: clock.now(), firstId: nextSendId(db) })
  const mailboxOf = new Map(ready.map(({ lead, mailbox }) => [lead.id as number, mailbox.id]))
  const planned = forecasts.with({ more: Map.groupBy(sends, ({ leadId }) => mailboxOf.get(leadId) ?? 0) })
  return sends.flatMap(({ sendId }) => planned.get(sendId) ?? [])
}

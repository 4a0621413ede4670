/** What another policy would bring a mailbox, worked out by the same planner as the forecast. */
import type { Forecast } from '#shared/domain/plan'
import type { Policy } from '#shared/domain/policy'
import type { WaitCode } from '#shared/domain/taxonomy'
import { countPerDay } from '#shared/domain/wall-time'
import type { Calendars } from './calendars.ts'
import type { EngineContext } from './context.ts'
import type { Forecasts } from './forecast.ts'
import { type Mailboxes, refuseImpossible } from './mailboxes.ts'

/** The plan of one mailbox in figures. */
export interface PlanFigures {
  /** Waiting mails with a date. */
  readonly planned: number
  /** Epoch ms; null: nothing planned. */
  readonly firstAt: number | null
  readonly lastAt: number | null
  /** By local date of the policy's schedule, the soonest first; days without mail are left out. */
  readonly perDay: readonly { readonly date: string; readonly count: number }[]
  /** What holds the mail that waits; null while anything is planned, or nothing waits. */
  readonly heldBy: WaitCode | null
}

export interface WhatIf {
  readonly before: PlanFigures
  readonly after: PlanFigures
}

export interface WhatIfDeps extends Pick<EngineContext, 'clock'> {
  readonly calendars: Calendars
  readonly forecasts: Forecasts
  readonly mailboxes: Mailboxes
}

/** Nothing is kept. Throws what saving the policy would throw. */
export function whatIf(deps: WhatIfDeps, mailboxId: number, policy: Policy): WhatIf {
  const current = deps.mailboxes.get(mailboxId).policy
  refuseImpossible(deps, policy)
  return {
    before: figures(deps.forecasts.of(mailboxId).bySend, current.zone ?? deps.clock.zone()),
    after: figures(deps.forecasts.under(mailboxId, policy), policy.zone ?? deps.clock.zone()),
  }
}

function figures(bySend: ReadonlyMap<number, Forecast>, zone: string): PlanFigures {
  const forecasts = [...bySend.values()]
  const moments = forecasts.flatMap(({ at }) => (at === null ? [] : [at])).toSorted((a, b) => a - b)
  const held = moments.length > 0 ? undefined : forecasts.find(({ skip }) => skip === null)
  return {
    planned: moments.length,
    firstAt: moments[0] ?? null,
    lastAt: moments.at(-1) ?? null,
    perDay: countPerDay(moments, zone),
    heldBy: held?.because ?? null,
  }
}

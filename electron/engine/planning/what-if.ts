/** What a change would bring the mail that waits, before it is saved; worked out by the same planner as the forecast. */
import type { Absence } from '#shared/domain/absences'
import type { Forecast } from '#shared/domain/plan'
import type { Policy } from '#shared/domain/policy'
import type { WaitCode } from '#shared/domain/taxonomy'
import { countPerDay } from '#shared/domain/wall-time'
import type { Calendars } from './calendars.ts'
import type { EngineContext } from '../context.ts'
import type { Forecasts } from './forecast.ts'
import { type Mailboxes, refuseImpossible } from '../mailboxes/mailboxes.ts'

/** A plan in figures. */
export interface PlanFigures {
  /** Waiting mails with a date. */
  readonly planned: number
  /** Epoch ms; null: nothing planned. */
  readonly firstAt: number | null
  readonly lastAt: number | null
  /** By local date, the soonest first; days without mail are left out. */
  readonly perDay: readonly { readonly date: string; readonly count: number }[]
  /** What holds the mail that waits; null while anything is planned, or nothing waits. */
  readonly heldBy: WaitCode | null
}

export interface WhatIf {
  readonly before: PlanFigures
  readonly after: PlanFigures
}

/** Nothing of it is kept. */
export interface WhatIfs {
  /** One mailbox under another policy, dates by the zone of each. Throws what saving the policy would throw. */
  policy(mailboxId: number, policy: Policy): WhatIf
  /** All mailboxes, were the rep away on these days; dates by the machine's zone. */
  absences(absences: readonly Absence[]): WhatIf
}

export interface WhatIfsDeps extends Pick<EngineContext, 'clock'> {
  readonly calendars: Calendars
  readonly forecasts: Forecasts
  readonly mailboxes: Mailboxes
}

export function createWhatIfs(deps: WhatIfsDeps): WhatIfs {
  const { clock, forecasts, mailboxes } = deps
  return {
    policy(mailboxId, policy) {
      const current = mailboxes.get(mailboxId).policy
      refuseImpossible(deps, policy)
      const after = forecasts.under([mailboxId], { policyOf: { mailboxId, policy } })
      return {
        before: figuresOf(forecasts.of(mailboxId).bySend.values(), current.zone ?? clock.zone()),
        after: figuresOf(after.values(), policy.zone ?? clock.zone()),
      }
    },
    absences(absences) {
      const ids = mailboxes.list().map(({ id }) => id)
      return {
        before: figuresOf(
          ids.flatMap((id) => [...forecasts.of(id).bySend.values()]),
          clock.zone(),
        ),
        after: figuresOf(forecasts.under(ids, { absences }).values(), clock.zone()),
      }
    },
  }
}

export function figuresOf(forecasts: Iterable<Forecast>, zone: string): PlanFigures {
  const all = [...forecasts]
  const moments = all.flatMap(({ at }) => (at === null ? [] : [at])).toSorted((a, b) => a - b)
  const held = moments.length > 0 ? undefined : all.find(({ skip }) => skip === null)
  return {
    planned: moments.length,
    firstAt: moments[0] ?? null,
    lastAt: moments.at(-1) ?? null,
    perDay: countPerDay(moments, zone),
    heldBy: held?.because ?? null,
  }
}

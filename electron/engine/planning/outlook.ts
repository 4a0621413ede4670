/** What queueing would bring, worked out by the same planner as the forecast. */
import { findCampaign } from '#db/queries/campaigns'
import { listMailboxes } from '#db/queries/mailboxes'
import { nextSendId } from '#db/queries/sends'
import type { Forecast } from '#shared/domain/plan'
import type { EngineContext } from '../context.ts'
import { type Standing, toPlanned } from '../campaigns/enrolling.ts'
import type { Forecasts } from './forecast.ts'
import type { Obstacle, Worked } from '../campaigns/orders.ts'
import { type MovedMail, movedMail } from './moved-mail.ts'
import { figuresOf, type PlanFigures } from './what-if.ts'

/** What pressing the button would do. */
export interface Outlook {
  readonly ready: number
  readonly obstacles: readonly Obstacle[]
  /** Of their mail; dates by the first mailbox's schedule. */
  readonly plan: PlanFigures
  /** What becomes of the mail that waits already; campaigns with their names. */
  readonly moved: Omit<MovedMail, 'ends'> & { readonly ends: readonly NamedEnd[] }
}

export type NamedEnd = MovedMail['ends'][number] & { readonly name: string }

export interface OutlookOn extends Pick<Standing, 'steps' | 'campaignId' | 'priority'> {
  readonly worked: Worked
}

export interface OutlookDeps extends Pick<EngineContext, 'db' | 'clock'> {
  readonly forecasts: Forecasts
}

export function outlookOn(deps: OutlookDeps, on: OutlookOn): Outlook {
  const { worked } = on
  const zone = worked.mailboxes[0]?.policy.zone ?? deps.clock.zone()
  const { added, moved } = planned(deps, on)
  const ends = moved.ends.map((end) => ({ ...end, name: findCampaign(deps.db, end.campaignId)?.name ?? '' }))
  return {
    ready: worked.ready.length,
    obstacles: worked.obstacles,
    plan: figuresOf(added, zone),
    moved: { ...moved, ends },
  }
}

/** The new mail of all mailboxes, planned together with what waits there. */
function planned(
  { db, clock, forecasts }: OutlookDeps,
  { worked, ...as }: OutlookOn,
): { readonly added: Forecast[]; readonly moved: MovedMail } {
  const { scheduledAt, ready } = worked
  if (ready.length === 0) return { added: [], moved: { count: 0, latestMs: 0, ends: [] } }
  const sends = toPlanned(db, ready, { ...as, scheduledAt, now: clock.now(), firstId: nextSendId(db) })
  const mailboxOf = new Map(ready.map(({ lead, mailbox }) => [lead.id as number, mailbox.id]))
  const mailboxIds = listMailboxes(db).map(({ id }) => id)
  const before = new Map(mailboxIds.flatMap((id) => [...forecasts.of(id).bySend]))
  const plan = forecasts.with({ more: Map.groupBy(sends, ({ leadId }) => mailboxOf.get(leadId) ?? 0) })
  return {
    added: sends.flatMap(({ sendId }) => plan.get(sendId) ?? []),
    moved: movedMail({
      waiting: mailboxIds.flatMap((id) => forecasts.waitingIn(id)),
      before: (sendId) => before.get(sendId) ?? null,
      after: (sendId) => plan.get(sendId) ?? null,
      zone: clock.zone(),
    }),
  }
}

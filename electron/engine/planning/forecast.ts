import type { Reader } from '#db/open'
import { listMailboxes } from '#db/queries/mailboxes'
import { listPending } from '#db/queries/pending'
import { listHeldMoments } from '#db/queries/sends'
import type { Forecast, PlannedSend } from '#shared/domain/plan'
import type { EngineContext } from '../context.ts'
import type { Calendars } from './calendars.ts'
import { createPlanAll, type Plans } from './plan-all.ts'
import type { OtherDays, RunningDelays } from './running-delays.ts'

/** The plan of one mailbox: when each pending send goes, and in which order. */
export interface MailboxForecast {
  readonly bySend: ReadonlyMap<number, Forecast>
  /** Ids of the pending sends, soonest first; those without a date last. */
  readonly order: () => readonly number[]
  /** Epoch ms, what the provider holds counted as well; null: nothing planned. */
  readonly nextAt: number | null
}

/** Forecasts, made when somebody looks and kept until something moves. */
export interface Forecasts {
  of(mailboxId: number): MailboxForecast
  /** All mailboxes in one: pending ids, soonest first. */
  order(): readonly number[]
  find(mailboxId: number, sendId: number): Forecast | null
  /** Those of these sends that wait, whichever mailbox they go from. */
  ofSends(sendIds: readonly number[]): Forecast[]
  nextAt(): number | null
  /** All planned moments, and those of what providers hold, epoch ms, in no order. */
  moments(): number[]
  /** What waits in a mailbox, as it was read for its plan. */
  waitingIn(mailboxId: number): readonly PlannedSend[]
  /** The plan of all mailboxes as it would be; nothing is kept. */
  with(change: QueueChange): ReadonlyMap<number, Forecast>
  /** The moments between which a send goes, with the shortest and the longest gaps, epoch ms; null: nobody can say. */
  rangeOf(mailboxId: number, sendId: number): { from: number; to: number } | null
  /** The plan of these mailboxes with another policy or other absences; nothing is kept. */
  under(mailboxIds: readonly number[], other: OtherDays): ReadonlyMap<number, Forecast>
  /** The plan of all mailboxes as the database is right now, also inside a transaction; nothing is kept. */
  anew(): ReadonlyMap<number, Forecast>
  /** What would go when from all mailboxes, had nothing been sent since `since` (epoch ms); nothing is kept. Soonest first. */
  plannedAt(since: number): { sendId: number; campaignId: number; at: number }[]
  /** Something that matters has changed. */
  forget(): void
}

/** Another queue than the one there is. */
export interface QueueChange {
  /** What becomes of what waits; null: it is gone. Left out: it stays. */
  readonly changed?: (send: PlannedSend) => PlannedSend | null
  /** What would wait as well, by mailbox. */
  readonly more?: ReadonlyMap<number, readonly PlannedSend[]>
}

export interface ForecastDeps extends Pick<EngineContext, 'db' | 'clock'> {
  readonly calendars: Calendars
  readonly delays: RunningDelays
  readonly isAppPaused: () => boolean
}

export function createForecasts(deps: ForecastDeps): Forecasts {
  const kept = new Map<number, MailboxForecast>()
  /** What waits in each mailbox. Reading it takes longer than planning it, and whoever asks for the plan asks for another next. */
  const waiting = new Map<number, readonly PlannedSend[]>()
  let keptZone = deps.clock.zone()
  let keptOrder: readonly number[] | null = null

  function forget(): void {
    kept.clear()
    waiting.clear()
    keptOrder = null
  }

  /** Nothing shown is older than the machine's zone. */
  function refreshZone(): void {
    const zone = deps.clock.zone()
    if (zone !== keptZone) forget()
    keptZone = zone
  }

  function waitingIn(mailboxId: number): readonly PlannedSend[] {
    const known = waiting.get(mailboxId)
    if (known) return known
    const read = listPending(deps.db, mailboxId)
    waiting.set(mailboxId, read)
    return read
  }

  const planAll = createPlanAll(deps, waitingIn)

  function of(mailboxId: number): MailboxForecast {
    refreshZone()
    if (kept.size === 0) for (const [id, bySend] of planAll()) kept.set(id, withHeld(deps.db, id, toForecast(bySend)))
    return kept.get(mailboxId) ?? NOTHING
  }

  /** Of each mailbox. */
  const ofAll = () => listMailboxes(deps.db).map(({ id }) => of(id).bySend)

  function plannedAt(since: number): { sendId: number; campaignId: number; at: number }[] {
    const planned = inOne(planAll({ now: since }))
    return listMailboxes(deps.db)
      .flatMap(({ id }) => waitingIn(id))
      .flatMap(({ sendId, campaignId, parked }) => {
        const at = planned.get(sendId)?.at ?? null
        // What waits for a mail before it has missed nothing: that one has not left either.
        return at === null || parked !== null ? [] : [{ sendId, campaignId, at }]
      })
      .toSorted((a, b) => a.at - b.at)
  }

  function rangeOf(mailboxId: number, sendId: number): { from: number; to: number } | null {
    const mailbox = listMailboxes(deps.db).find((candidate) => candidate.id === mailboxId)
    if (!mailbox) return null
    const { min, max } = mailbox.policy.gapMs
    const withGap = (gap: number): number | null => {
      const policy = { ...mailbox.policy, gapMs: { min: gap, max: gap } }
      return planAll({ policyOf: { mailboxId, policy } }).get(mailboxId)?.get(sendId)?.at ?? null
    }
    const [from, to] = [withGap(min), withGap(max)]
    return from === null || to === null ? null : { from: Math.min(from, to), to: Math.max(from, to) }
  }

  function under(mailboxIds: readonly number[], other: OtherDays): ReadonlyMap<number, Forecast> {
    const { policyOf, absences } = other
    const dueAt = deps.delays.dueUnder(other)
    const plans = planAll({
      schedule: absences ? deps.calendars.under(absences) : deps.calendars,
      policyOf,
      sendsIn: (mailboxId) => waitingIn(mailboxId).map(movedBy(dueAt)),
    })
    return inOne(new Map([...plans].filter(([mailboxId]) => mailboxIds.includes(mailboxId))))
  }

  function anew(): ReadonlyMap<number, Forecast> {
    return inOne(planAll({ sendsIn: (mailboxId) => listPending(deps.db, mailboxId) }))
  }

  function order(): readonly number[] {
    refreshZone()
    if (keptOrder) return keptOrder
    keptOrder = inOrder(new Map(ofAll().flatMap((bySend) => [...bySend])))
    return keptOrder
  }

  return {
    of,
    order,
    find: (mailboxId, sendId) => of(mailboxId).bySend.get(sendId) ?? null,
    ofSends: (sendIds) => foundIn(ofAll(), sendIds),
    nextAt() {
      const moments = listMailboxes(deps.db).map((mailbox) => of(mailbox.id).nextAt)
      const planned = moments.filter((moment) => moment !== null)
      return planned.length > 0 ? Math.min(...planned) : null
    },
    moments: () => [
      ...listHeldMoments(deps.db, null),
      ...ofAll().flatMap((bySend) => [...bySend.values()].flatMap(({ at }) => at ?? [])),
    ],
    waitingIn,
    with: (change) => inOne(planAll({ sendsIn: (mailboxId) => withChange(waitingIn(mailboxId), change, mailboxId) })),
    plannedAt,
    rangeOf,
    under,
    anew,
    forget,
  }
}

const NOTHING: MailboxForecast = { bySend: new Map(), order: () => [], nextAt: null }

function inOne(plans: Plans): ReadonlyMap<number, Forecast> {
  return new Map([...plans.values()].flatMap((bySend) => [...bySend]))
}

function foundIn(plans: readonly ReadonlyMap<number, Forecast>[], sendIds: readonly number[]): Forecast[] {
  const found: Forecast[] = []
  for (const id of sendIds) {
    for (const bySend of plans) {
      const forecast = bySend.get(id)
      if (forecast) found.push(forecast)
    }
  }
  return found
}

function withChange(
  waiting: readonly PlannedSend[],
  { changed, more }: QueueChange,
  mailboxId: number,
): readonly PlannedSend[] {
  const kept = changed ? waiting.flatMap((send) => changed(send) ?? []) : waiting
  return [...kept, ...(more?.get(mailboxId) ?? [])]
}

function movedBy(dueAt: ReadonlyMap<number, number>): (send: PlannedSend) => PlannedSend {
  return (send) => {
    const due = dueAt.get(send.sendId)
    return due === undefined ? send : { ...send, notBefore: due, dueCode: 'step_delay' }
  }
}

function toForecast(bySend: ReadonlyMap<number, Forecast>): MailboxForecast {
  let order: readonly number[] | null = null
  let nextAt: number | null = null
  for (const { at } of bySend.values()) if (at !== null && (nextAt === null || at < nextAt)) nextAt = at
  return { bySend, order: () => (order ??= inOrder(bySend)), nextAt }
}

/** What the provider holds leaves by itself, as the plan's mails do. */
function withHeld(db: Reader, mailboxId: number, planned: MailboxForecast): MailboxForecast {
  const moments = [planned.nextAt, listHeldMoments(db, mailboxId)[0] ?? null].filter((moment) => moment !== null)
  return { ...planned, nextAt: moments.length > 0 ? Math.min(...moments) : null }
}

function inOrder(bySend: ReadonlyMap<number, Forecast>): number[] {
  return [...bySend]
    .sort(([idA, a], [idB, b]) => compareMoments(a.at, b.at) || a.ahead - b.ahead || idA - idB)
    .map(([id]) => id)
}

function compareMoments(a: number | null, b: number | null): number {
  if (a === b) return 0
  if (a === null) return 1
  return b === null ? -1 : a - b
}

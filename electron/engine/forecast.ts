import { listMailboxes, type MailboxRecord } from '#db/queries/mailboxes'
import { getCampaignStatus, getPacingHistory, listPending, type PendingSend } from '#db/queries/queue'
import { DAY_MS } from '#shared/domain/pacing'
import { type Forecast, plan } from '#shared/domain/plan'
import type { CampaignStatus } from '#shared/domain/taxonomy'
import type { Calendars } from './calendars.ts'
import type { EngineContext } from './context.ts'

/** The plan of one mailbox: when each pending send goes, and in which order. */
export interface MailboxForecast {
  readonly bySend: ReadonlyMap<number, Forecast>
  /** Ids of the pending sends, soonest first; those without a date last. */
  readonly order: readonly number[]
  /** Epoch ms; null: nothing planned. */
  readonly nextAt: number | null
}

/** Forecasts, made when somebody looks and kept until something moves. */
export interface Forecasts {
  of(mailboxId: number): MailboxForecast
  /** All mailboxes in one: pending ids, soonest first. */
  order(): readonly number[]
  find(mailboxId: number, sendId: number): Forecast | null
  nextAt(): number | null
  /** All planned moments, epoch ms, in no order. */
  moments(): number[]
  /** The plan as it would be with these sends as well; nothing is kept. */
  withMore(mailbox: MailboxRecord, more: readonly PendingSend[]): ReadonlyMap<number, Forecast>
  /** Something that matters has changed. */
  forget(): void
}

export interface ForecastDeps extends Pick<EngineContext, 'db' | 'clock'> {
  readonly calendars: Calendars
  readonly isAppPaused: () => boolean
}

export function createForecasts(deps: ForecastDeps): Forecasts {
  const kept = new Map<number, MailboxForecast>()
  let keptZone = deps.clock.zone()
  let keptOrder: readonly number[] | null = null

  function forget(): void {
    kept.clear()
    keptOrder = null
  }

  /** Nothing shown is older than the machine's zone. */
  function refreshZone(): void {
    const zone = deps.clock.zone()
    if (zone !== keptZone) forget()
    keptZone = zone
  }

  function planFor(mailbox: MailboxRecord, more: readonly PendingSend[]): Map<number, Forecast> {
    const now = deps.clock.now()
    const statuses = new Map<number, CampaignStatus>()
    return plan({
      now,
      isAppPaused: deps.isAppPaused(),
      mailbox: { ...mailbox, history: getPacingHistory(deps.db, mailbox.id, now - DAY_MS) },
      campaignStatus(campaignId) {
        const known = statuses.get(campaignId)
        if (known) return known
        const status = campaignId === 0 ? 'active' : getCampaignStatus(deps.db, campaignId)
        statuses.set(campaignId, status)
        return status
      },
      calendarOf: (zone) => deps.calendars.of(mailbox.policy, zone),
      sends: [...listPending(deps.db, mailbox.id), ...more],
    })
  }

  function of(mailboxId: number): MailboxForecast {
    refreshZone()
    const known = kept.get(mailboxId)
    if (known) return known
    const mailbox = listMailboxes(deps.db).find((candidate) => candidate.id === mailboxId)
    const made = toForecast(mailbox ? planFor(mailbox, []) : new Map())
    kept.set(mailboxId, made)
    return made
  }

  function order(): readonly number[] {
    refreshZone()
    if (keptOrder) return keptOrder
    const all = new Map(listMailboxes(deps.db).flatMap((mailbox) => [...of(mailbox.id).bySend]))
    keptOrder = inOrder(all)
    return keptOrder
  }

  return {
    of,
    order,
    find: (mailboxId, sendId) => of(mailboxId).bySend.get(sendId) ?? null,
    nextAt() {
      const moments = listMailboxes(deps.db).map((mailbox) => of(mailbox.id).nextAt)
      const planned = moments.filter((moment) => moment !== null)
      return planned.length > 0 ? Math.min(...planned) : null
    },
    moments: () =>
      listMailboxes(deps.db).flatMap((mailbox) =>
        [...of(mailbox.id).bySend.values()].flatMap((forecast) => (forecast.at === null ? [] : [forecast.at])),
      ),
    withMore: planFor,
    forget,
  }
}

function toForecast(bySend: ReadonlyMap<number, Forecast>): MailboxForecast {
  const order = inOrder(bySend)
  const first = order[0] === undefined ? null : bySend.get(order[0])
  return { bySend, order, nextAt: first?.at ?? null }
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

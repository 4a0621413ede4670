import { type Writer, write } from '#db/open'
import { findCampaignByRequest, insertCampaign } from '#db/queries/campaigns'
import { insertEvent } from '#db/queries/events'
import type { PendingSend } from '#db/queries/queue'
import { insertSend, nextSendId } from '#db/queries/sends'
import { countSendsIn } from '#db/queries/send-views'
import type { RenderedMail } from '#shared/contract/templates'
import type { WaitCode } from '#shared/domain/taxonomy'
import { SendStatus } from '#shared/domain/taxonomy'
import { localDateOf } from '#shared/domain/wall-time'
import { AppError } from '#shared/errors'
import type { EngineContext } from './context.ts'
import type { Forecasts } from './forecast.ts'
import type { Obstacle, Order, Orders, Ready, Worked } from './orders.ts'
import { sendKey } from './send-key.ts'

export interface DispatchDeps extends Pick<EngineContext, 'db' | 'clock' | 'publish'> {
  readonly orders: Orders
  readonly forecasts: Forecasts
  readonly installSecret: () => string
  /** The plan changed: look again. */
  readonly replan: () => void
}

/** What pressing the button would do. */
export interface Outlook {
  readonly ready: number
  readonly obstacles: readonly Obstacle[]
  readonly plan: {
    /** Epoch ms; null when nothing can be planned. */
    readonly firstAt: number | null
    readonly lastAt: number | null
    /** By local date of the mailbox's schedule. */
    readonly perDay: readonly { readonly date: string; readonly count: number }[]
    readonly heldBy: WaitCode | null
  }
}

export interface Queued {
  readonly campaignId: number
  readonly queued: number
  /** Leads of the selection that were left out. */
  readonly left: number
}

export interface Dispatch {
  /** Changes nothing. */
  check(order: Order): Outlook
  preview(leadId: number, templateId: number, mailboxId: number): RenderedMail
  /** All in one transaction. The same `requestKey` queues once and answers with the same campaign. */
  queue(order: Order, request: { readonly requestKey: string; readonly name: string }): Queued
}

export function createDispatch(deps: DispatchDeps): Dispatch {
  const { db, clock } = deps

  function check(order: Order): Outlook {
    const worked = deps.orders.work(order)
    const now = clock.now()
    const firstId = nextSendId(db)
    const more = worked.ready.map((ready, index) => toPending(ready, { order, worked, sendId: firstId + index, now }))
    const forecasts = deps.forecasts.withMore(worked.mailbox, more)
    const own = more.map((send) => forecasts.get(send.sendId))
    const moments = own.flatMap((forecast) => (forecast?.at == null ? [] : [forecast.at])).toSorted((a, b) => a - b)
    const held = own.find((forecast) => forecast?.at === null && forecast.skip === null)
    const zone = worked.mailbox.policy.zone ?? clock.zone()
    return {
      ready: worked.ready.length,
      obstacles: worked.obstacles,
      plan: {
        firstAt: moments[0] ?? null,
        lastAt: moments.at(-1) ?? null,
        perDay: [...Map.groupBy(moments, (moment) => localDateOf(moment, zone))].map(([date, of]) => ({
          date,
          count: of.length,
        })),
        heldBy: held?.because ?? null,
      },
    }
  }

  function queue(order: Order, request: { requestKey: string; name: string }): Queued {
    const before = findCampaignByRequest(db, request.requestKey)
    if (before) return { campaignId: before.id, queued: countAll(before.id), left: 0 }
    const worked = deps.orders.work(order)
    if (worked.ready.length === 0) throw new AppError('dispatch.nothing_to_queue', 'no lead is ready')
    const campaignId = write(db, (tx) => queueIn(tx, { worked, order, request }))
    deps.publish({ type: 'campaigns.changed', campaignId })
    deps.publish({ type: 'sends.changed' })
    deps.publish({ type: 'leads.changed' })
    deps.replan()
    return { campaignId, queued: worked.ready.length, left: worked.obstacles.length }
  }

  function queueIn(
    tx: Writer,
    { worked, order, request }: { worked: Worked; order: Order; request: { requestKey: string; name: string } },
  ): number {
    const now = clock.now()
    const campaignId = insertCampaign(tx, {
      name: request.name || worked.template.name,
      mailboxId: worked.mailbox.id,
      templateVersionId: worked.template.versionId,
      requestKey: request.requestKey,
      scheduledAt: worked.scheduledAt,
      createdAt: now,
    })
    insertEvent(tx, { at: now, kind: 'campaign_created', campaignId, mailboxId: worked.mailbox.id })
    for (const ready of worked.ready) insertReady(tx, ready, { campaignId, worked, order, request, now })
    return campaignId
  }

  function insertReady(
    tx: Writer,
    ready: Ready,
    by: { campaignId: number; worked: Worked; order: Order; request: { requestKey: string }; now: number },
  ): void {
    const subject = { campaignKey: by.request.requestKey, step: 0, identity: ready.identity, generation: 0 }
    const { mailbox, scheduledAt } = by.worked
    const sendId = insertSend(tx, {
      campaignId: by.campaignId,
      leadId: ready.lead.id,
      mailboxId: mailbox.id,
      key: sendKey(deps.installSecret(), subject),
      toAddress: ready.toAddress,
      toIdentity: ready.identity,
      toName: `${ready.lead.firstName} ${ready.lead.lastName}`.trim(),
      priority: by.order.priority,
      zone: ready.zone,
      notBefore: scheduledAt ?? by.now,
      scheduledAt,
      createdAt: by.now,
      body: ready.mail,
    })
    if (sendId === null) return
    insertEvent(tx, {
      at: by.now,
      kind: 'send_queued',
      sendId,
      leadId: ready.lead.id,
      campaignId: by.campaignId,
      mailboxId: mailbox.id,
    })
  }

  function countAll(campaignId: number): number {
    return countSendsIn(db, { statuses: SendStatus.options, campaignId, mailboxId: null, leadIds: null })
  }

  return { check, preview: deps.orders.preview, queue }
}

/** As it would stand in the queue, under the number that it would get: the gaps are drawn by it. */
function toPending(
  ready: Ready,
  { order, worked, sendId, now }: { order: Order; worked: Worked; sendId: number; now: number },
): PendingSend {
  return {
    sendId,
    campaignId: 0,
    zone: ready.zone,
    priority: order.priority,
    notBefore: worked.scheduledAt ?? now,
    isRetry: false,
    identity: ready.identity,
    lead: {
      isRemoved: false,
      review: 'approved',
      contact: 'none',
      isSuppressed: false,
      isCompanyStopped: false,
      lastTouchAt: ready.lead.lastTouchAt,
      allowedAgain: ready.lead.allowedAgain,
    },
  }
}

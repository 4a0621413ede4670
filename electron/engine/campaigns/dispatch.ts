import { type Writer, write } from '#db/open'
import { findCampaignByRequest, insertCampaign, setCampaignMailboxes, setSteps } from '#db/queries/campaigns'
import { insertEvent } from '#db/queries/events'
import { countSendsIn } from '#db/queries/send-views'
import type { TemplateContent } from '#shared/contract/templates'
import { SendStatus } from '#shared/domain/taxonomy'
import type { WallTime } from '#shared/domain/wall-time'
import { AppError } from '#shared/errors'
import type { EngineContext } from '../context.ts'
import type { GivenWords } from './given-words.ts'
import { enrol } from './enrolling.ts'
import type { Forecasts } from '../planning/forecast.ts'
import {
  type MailOf,
  momentOf,
  type Order,
  type Orders,
  type PreviewAs,
  type PreviewedMail,
  type Worked,
} from './orders.ts'
import { type Outlook, outlookOn } from '../planning/outlook.ts'
import type { Wording } from './order-edits.ts'
import type { Readiness } from '../mailboxes/readiness.ts'

export interface DispatchDeps extends Pick<EngineContext, 'db' | 'clock' | 'publish'> {
  readonly orders: Orders
  readonly readiness: Readiness
  readonly forecasts: Forecasts
  readonly installSecret: () => string
  /** The plan changed: look again. */
  readonly replan: () => void
}

export interface Queued {
  readonly campaignId: number
  readonly queued: number
  /** Leads of the selection that were left out. */
  readonly left: number
}

/** One mail to many: what the Dispatch page asks for. */
export interface DispatchOrder extends Pick<Order, 'selection' | 'priority' | 'useLeadZone'> {
  /** Mails that the rep wrote over, for single leads of the selection. */
  readonly edits?: readonly (Wording & { readonly leadId: number })[]
  readonly templateId: number
  readonly mailboxId: number
  /** Null: as soon as the rules allow. */
  readonly at: WallTime | null
}

export interface QueueRequest {
  readonly requestKey: string
  readonly name: string
  /** The rep knows of the failed checks of a mailbox that never sent anything. */
  readonly acceptsFailedChecks?: boolean
}

/** Throws for a moment in the past or one that the clock skips. */
export interface Dispatch {
  /** Changes nothing. */
  check(order: DispatchOrder): Outlook
  preview(of: MailOf, as: PreviewAs): PreviewedMail
  source(of: MailOf, words: GivenWords | null): TemplateContent
  /** All in one transaction. The same `requestKey` queues once and answers with the same campaign. */
  queue(order: DispatchOrder, request: QueueRequest): Queued
}

/** "Dispatch all": a campaign that is made, filled and started at once. */
export function createDispatch(deps: DispatchDeps): Dispatch {
  const { db, clock } = deps

  function check(asked: DispatchOrder): Outlook {
    const order = orderOf(asked, clock.now())
    const worked = deps.orders.work(order)
    const { steps, priority } = order
    return outlookOn(deps, { worked, steps, priority, campaignId: 0 })
  }

  function queue(asked: DispatchOrder, request: QueueRequest): Queued {
    const before = findCampaignByRequest(db, request.requestKey)
    if (before) return { campaignId: before.id, queued: countAll(before.id), left: 0 }
    const order = orderOf(asked, clock.now())
    const worked = deps.orders.work(order)
    const { acceptsFailedChecks = false } = request
    for (const mailbox of worked.mailboxes) deps.readiness.assertMayQueue(mailbox, { acceptsFailedChecks })
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
    const { scheduledAt } = worked
    const { priority, useLeadZone } = order
    const campaignId = insertCampaign(tx, {
      name: request.name || (worked.templates[0]?.[0]?.name ?? ''),
      status: 'active',
      requestKey: request.requestKey,
      scheduledAt,
      priority,
      useLeadZone,
      missed: 'spread',
      expiresAfterMs: null,
      createdAt: now,
    })
    setCampaignMailboxes(tx, campaignId, order.mailboxIds)
    setSteps(tx, campaignId, stepsOf(order, worked))
    insertEvent(tx, { at: now, kind: 'campaign_created', campaignId, mailboxId: order.mailboxIds[0] ?? null })
    enrol(tx, worked.ready, {
      campaignId,
      campaignKey: request.requestKey,
      priority,
      scheduledAt,
      installSecret: deps.installSecret(),
      now,
    })
    return campaignId
  }

  function countAll(campaignId: number): number {
    return countSendsIn(db, { statuses: SendStatus.options, campaignId, mailboxId: null, leadIds: null })
  }

  return { check, preview: deps.orders.preview, source: deps.orders.source, queue }
}

function orderOf({ templateId, mailboxId, at, edits = [], ...rest }: DispatchOrder, now: number): Order {
  return {
    ...rest,
    edits: edits.map((edit) => ({ ...edit, step: 0, madeFrom: null })),
    steps: [{ delay: { days: 0, unit: 'days' }, threading: 'new', templateIds: [templateId] }],
    mailboxIds: [mailboxId],
    scheduledAt: momentOf(at, now),
    enrolled: 0,
  }
}

/** The steps with the versions that were worked with. */
export function stepsOf(order: Pick<Order, 'steps'>, { templates }: Pick<Worked, 'templates'>) {
  return order.steps.map(({ delay, threading }, step) => ({
    delay,
    threading,
    templateVersionIds: (templates[step] ?? []).map(({ versionId }) => versionId),
  }))
}

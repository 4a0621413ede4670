/** Who a campaign writes to: added to a draft or to a running campaign, and queued when it starts. */
import { type Reader, write, type Writer } from '#db/open'
import { type CampaignRecord, findCampaign, moveCampaign, reopenCampaign, setSteps } from '#db/queries/campaigns'
import { deleteEnrolments, insertEnrolment, listEnrolledLeadIds } from '#db/queries/enrolments'
import { insertEvent } from '#db/queries/events'
import { selectedLeadIds } from '#db/queries/leads'
import type { LeadSelection } from '#shared/contract/leads'
import { AppError } from '#shared/errors'
import { everybody, orderOf } from './campaign-order.ts'
import type { EngineContext } from '../context.ts'
import { stepsOf } from './dispatch.ts'
import { enrol } from './enrolling.ts'
import type { Forecasts } from '../planning/forecast.ts'
import type { Orders, Worked } from './orders.ts'
import { type Outlook, outlookOn } from '../planning/outlook.ts'
import type { Readiness } from '../mailboxes/readiness.ts'

/** Does the rep know of the failed checks of a mailbox that never sent anything? */
export interface Accepts {
  readonly acceptsFailedChecks: boolean
}

/** Every call throws `campaign.not_found`, and what a plan that cannot be sent throws. */
export interface CampaignLeads {
  checkLeads(campaignId: number, selection: LeadSelection): Outlook
  /** Throws `campaign.over`; where it runs also `dispatch.not_ready`, as `start` does. */
  addLeads(campaignId: number, selection: LeadSelection, accepts: Accepts): { added: number; left: number }
  check(campaignId: number): Outlook
  /** Throws `campaign.not_draft`, `dispatch.nothing_to_queue`, `dispatch.not_ready`. */
  start(campaignId: number, accepts: Accepts): { queued: number; left: number }
}

export interface CampaignLeadsDeps extends Pick<EngineContext, 'db' | 'clock' | 'publish'> {
  readonly orders: Orders
  readonly readiness: Readiness
  readonly forecasts: Forecasts
  readonly installSecret: () => string
  /** The plan changed: look again. */
  readonly replan: () => void
}

export function createCampaignLeads(deps: CampaignLeadsDeps): CampaignLeads {
  const { db, clock } = deps

  function outlook(record: CampaignRecord, selection: LeadSelection): Outlook {
    const order = orderOf(deps, record, selection)
    const { steps, priority } = order
    // A draft is started with them.
    const campaignId = record.status === 'draft' ? 0 : record.id
    return outlookOn(deps, { worked: deps.orders.work(order), steps, priority, campaignId })
  }

  function addLeads(campaignId: number, selection: LeadSelection, accepts: Accepts): { added: number; left: number } {
    const record = mustFindCampaign(db, campaignId)
    if (isOver(record)) throw new AppError('campaign.over', `campaign ${campaignId} is ${record.status}`)
    const result = record.status === 'draft' ? noteLeads(record, selection) : queueLeads(record, selection, accepts)
    changed(campaignId)
    return result
  }

  /** Before the start nobody is judged: what stands in their way may be gone by then. */
  function noteLeads(record: CampaignRecord, selection: LeadSelection): { added: number; left: number } {
    const ids = selectedLeadIds(db, selection)
    const now = clock.now()
    const mailboxId = record.mailboxIds[0] ?? 0
    const added = write(
      db,
      (tx) => ids.filter((leadId) => insertEnrolment(tx, { campaignId: record.id, leadId, mailboxId, now })).length,
    )
    return { added, left: ids.length - added }
  }

  /** It may have got a mailbox since the start of which nobody has heard yet: that one is asked about as at the start. */
  function queueLeads(
    record: CampaignRecord,
    selection: LeadSelection,
    accepts: Accepts,
  ): { added: number; left: number } {
    const worked = deps.orders.work(orderOf(deps, record, selection))
    if (worked.ready.length > 0) for (const mailbox of worked.mailboxes) deps.readiness.assertMayQueue(mailbox, accepts)
    const added = write(db, (tx) => {
      const queued = queueIn(tx, { record, worked })
      if (queued > 0) reopenCampaign(tx, record.id, ['completed'])
      insertEvent(tx, { at: clock.now(), kind: 'leads_enrolled', campaignId: record.id, data: { leads: queued } })
      return queued
    })
    return { added, left: worked.ready.length - added + worked.obstacles.length }
  }

  function queueIn(tx: Writer, { record, worked }: { record: CampaignRecord; worked: Worked }): number {
    return enrol(tx, worked.ready, {
      campaignId: record.id,
      campaignKey: record.requestKey,
      priority: record.priority,
      scheduledAt: worked.scheduledAt,
      installSecret: deps.installSecret(),
      now: clock.now(),
    })
  }

  function start(campaignId: number, accepts: Accepts): { queued: number; left: number } {
    const record = mustFindCampaign(db, campaignId)
    if (record.status !== 'draft')
      throw new AppError('campaign.not_draft', `campaign ${campaignId} is ${record.status}`)
    const order = orderOf(deps, record, everybody(db, campaignId))
    const worked = order.selection.by === 'ids' && order.selection.ids.length === 0 ? null : deps.orders.work(order)
    if (worked) for (const mailbox of worked.mailboxes) deps.readiness.assertMayQueue(mailbox, accepts)
    if (!worked || worked.ready.length === 0) throw new AppError('dispatch.nothing_to_queue', 'no lead is ready')
    const now = clock.now()
    const queued = write(db, (tx) => {
      if (!moveCampaign(tx, campaignId, { from: ['draft'], to: 'active', now })) return 0
      setSteps(tx, campaignId, stepsOf(order, worked))
      const listed = new Set(listEnrolledLeadIds(tx, campaignId))
      deleteEnrolments(tx, campaignId, [...listed])
      insertEvent(tx, { at: now, kind: 'campaign_started', campaignId, data: { left: worked.obstacles.length } })
      return queueIn(tx, { record, worked })
    })
    changed(campaignId)
    return { queued, left: worked.obstacles.length }
  }

  function changed(campaignId: number): void {
    deps.publish({ type: 'campaigns.changed', campaignId })
    deps.publish({ type: 'sends.changed' })
    deps.publish({ type: 'leads.changed' })
    deps.replan()
  }

  return {
    checkLeads: (campaignId, selection) => outlook(mustFindCampaign(db, campaignId), selection),
    addLeads,
    check: (campaignId) => outlook(mustFindCampaign(db, campaignId), everybody(db, campaignId)),
    start,
  }
}

/** Throws `campaign.not_found`. */
export function mustFindCampaign(db: Reader, campaignId: number): CampaignRecord {
  const found = findCampaign(db, campaignId)
  if (!found) throw new AppError('campaign.not_found', `campaign ${campaignId}`)
  return found
}

/** A completed campaign goes on when somebody is added. */
export function isOver({ status, archivedAt }: CampaignRecord): boolean {
  return status === 'cancelled' || archivedAt !== null
}

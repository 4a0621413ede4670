/** The order that a campaign is: what its start queues, and what is queued for whoever is added later. */
import type { Reader } from '#db/open'
import { type CampaignRecord, listSteps } from '#db/queries/campaigns'
import { countEnrolled, listEnrolledLeadIds } from '#db/queries/enrolments'
import { listHandEdits } from '#db/queries/hand-edits'
import type { Lead, LeadSelection } from '#shared/contract/leads'
import type { EngineContext } from '../context.ts'
import type { OrderEdit } from './order-edits.ts'
import type { Order } from './orders.ts'

/** For these leads. Its date counts only before it starts, and so does what was written by hand. */
export function orderOf(
  { db, clock }: Pick<EngineContext, 'db' | 'clock'>,
  record: CampaignRecord,
  selection: LeadSelection,
): Order {
  const { scheduledAt, priority, useLeadZone, mailboxIds } = record
  return {
    selection,
    steps: listSteps(db, record.id).map(({ delay, threading, variants }) => ({
      delay,
      threading,
      templateIds: variants.map(({ templateId }) => templateId),
    })),
    mailboxIds,
    scheduledAt: scheduledAt !== null && scheduledAt > clock.now() ? scheduledAt : null,
    priority,
    useLeadZone,
    ...(record.status === 'draft'
      ? { enrolled: 0, edits: editsOf(db, record.id) }
      : { campaignId: record.id, enrolled: countEnrolled(db, record.id) }),
  }
}

function editsOf(db: Reader, campaignId: number): OrderEdit[] {
  return listHandEdits(db, campaignId).map(({ leadId, step, subject, body, ...madeFrom }) => ({
    leadId,
    step,
    subject,
    body,
    madeFrom,
  }))
}

/** Who is in it. */
export function everybody(db: Reader, campaignId: number): LeadSelection {
  return { by: 'ids', ids: listEnrolledLeadIds(db, campaignId) as Lead['id'][] }
}

/** Somebody who was taken out of a campaign goes on where they were, if the rep wants. */
import { type Writer, write } from '#db/open'
import { type CampaignRecord, listSteps, moveCampaign } from '#db/queries/campaigns'
import { findMember } from '#db/queries/campaign-sends'
import { listStandings, listUnderWay, setEnrolment } from '#db/queries/enrolments'
import { insertEvent } from '#db/queries/events'
import { leadsByIds } from '#db/queries/lead-rows'
import { hasGot } from '#db/queries/threads'
import type { Lead } from '#shared/contract/leads'
import { AppError } from '#shared/errors'
import { isOver, mustFindCampaign } from './campaign-leads.ts'
import type { EngineContext } from '../context.ts'
import { type MissingDeps, queueMissing } from './missing-mails.ts'
import type { ObstacleReason } from '#shared/domain/obstacle'
import { coolDownObstacle, lastingObstacle, type Obstacle } from './orders.ts'
import { createStepTexts } from './step-texts.ts'

export interface PutBackDeps extends Pick<EngineContext, 'db' | 'clock'>, MissingDeps {}

export interface PutBack {
  readonly changed: number
  /** Who stays out, and why. */
  readonly left: readonly Obstacle[]
}

/** Throws `campaign.not_found` and `campaign.over`; those who were not taken out are left alone. */
export function putPeopleBack(deps: PutBackDeps, campaignId: number, leadIds: readonly number[]): PutBack {
  const record = mustFindCampaign(deps.db, campaignId)
  if (isOver(record)) throw new AppError('campaign.over', `campaign ${campaignId} is ${record.status}`)
  return write(deps.db, (tx) => {
    const standings = listStandings(tx, campaignId, leadIds)
    const leads = leadsByIds(
      tx,
      leadIds.filter((leadId) => standings.get(leadId) === 'removed'),
    )
    const left: Obstacle[] = []
    for (const lead of leads) {
      const reason = putOneBack(tx, { ...deps, now: deps.clock.now() }, { record, lead })
      if (reason !== null) left.push({ lead, reason, fields: [] })
    }
    const changed = leads.length - left.length
    if (changed > 0) moveCampaign(tx, campaignId, { from: ['completed'], to: 'active', now: deps.clock.now() })
    return { changed, left }
  })
}

/** Null when they are in it again. */
function putOneBack(
  tx: Writer,
  deps: PutBackDeps & { readonly now: number },
  { record, lead }: { record: CampaignRecord; lead: Lead },
): ObstacleReason | null {
  const { now, mailboxes } = deps
  const { id: campaignId } = record
  const member = findMember(tx, campaignId, lead.id)
  const mailbox = member && mailboxes.find(member.mailboxId)
  if (!member || !mailbox) return 'nothing_left'
  const isUnderWay = listUnderWay(tx, [lead.id]).size > 0
  const isFirst = !hasGot(tx, { campaignId, leadId: lead.id })
  const reason =
    lastingObstacle(lead, { now, isUnderWay }) ??
    (isFirst ? coolDownObstacle(lead, { mailboxes: [mailbox], now }) : null)
  if (reason !== null) return reason
  const texts = createStepTexts(tx, (id) => mailboxes.find(id))
  const steps = listSteps(tx, campaignId)
  if (queueMissing(tx, deps, { record, steps, member, lead, place: 0, texts }) === 0) return 'nothing_left'
  setEnrolment(tx, member.enrolmentId, { status: 'active' })
  insertEvent(tx, { at: now, kind: 'enrolment_put_back', leadId: lead.id, campaignId })
  return null
}

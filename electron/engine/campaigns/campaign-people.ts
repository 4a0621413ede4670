/** The people of a campaign: where each stands, and what the rep may do about one of them. */
import { write, type Writer } from '#db/open'
import { findCampaign } from '#db/queries/campaigns'
import {
  deleteEnrolments,
  type Enrolment,
  type EnrolmentRow,
  findEnrolment,
  listEnrolments,
  setEnrolment,
} from '#db/queries/enrolments'
import { insertEvent } from '#db/queries/events'
import { listHandEdits, type StoredHandEdit } from '#db/queries/hand-edits'
import { listSendIds } from '#db/queries/send-views'
import { unparkSends } from '#db/queries/waiting-sends'
import type { EnrolmentStatus, EventKind } from '#shared/domain/taxonomy'
import { SendStatus } from '#shared/domain/taxonomy'
import { AppError } from '#shared/errors'
import type { EngineContext } from '../context.ts'
import { type PutBack, type PutBackDeps, putPeopleBack } from './put-back.ts'
import type { Queue } from '../sending/queue.ts'
import type { RunningDelays } from '../planning/running-delays.ts'
import type { ListedSend, SendList } from '../sending/send-list.ts'

export interface Person {
  readonly enrolment: EnrolmentRow
  /** By step. */
  readonly sends: readonly ListedSend[]
  /** Before the start: what was written for them by hand. */
  readonly edits: readonly StoredHandEdit[]
}

/** Every call throws `campaign.not_found`; leads that are not in it, or are past it, are left alone. */
export interface CampaignPeople {
  page(
    scope: { readonly campaignId: number; readonly statuses: readonly EnrolmentStatus[] },
    page: { readonly offset: number; readonly limit: number },
  ): { rows: Person[]; total: number }
  /** Answers how many there were. */
  pause(campaignId: number, leadIds: readonly number[]): number
  resume(campaignId: number, leadIds: readonly number[]): number
  remove(campaignId: number, leadIds: readonly number[]): number
  /** Also throws `campaign.over`. */
  putBack(campaignId: number, leadIds: readonly number[]): PutBack
}

export interface CampaignPeopleDeps extends PutBackDeps, Pick<EngineContext, 'publish'> {
  readonly queue: Queue
  readonly sendList: SendList
  readonly delays: RunningDelays
  /** The plan changed: look again. */
  readonly replan: () => void
}

export function createCampaignPeople(deps: CampaignPeopleDeps): CampaignPeople {
  const { db, clock } = deps

  function mustExist(campaignId: number): void {
    if (!findCampaign(db, campaignId)) throw new AppError('campaign.not_found', `campaign ${campaignId}`)
  }

  function each(
    campaignId: number,
    leadIds: readonly number[],
    { kind, change }: { kind: EventKind; change: (tx: Writer, enrolment: Enrolment, now: number) => boolean },
  ): number {
    mustExist(campaignId)
    const now = clock.now()
    const changed = write(db, (tx) => {
      const concerned = leadIds.filter((leadId) => {
        const enrolment = findEnrolment(tx, campaignId, leadId)
        return enrolment !== null && change(tx, enrolment, now)
      })
      for (const leadId of concerned) insertEvent(tx, { at: now, kind, leadId, campaignId })
      return concerned.length
    })
    if (changed > 0) announce(campaignId)
    return changed
  }

  function announce(campaignId: number): void {
    deps.replan()
    deps.publish({ type: 'campaigns.changed', campaignId })
    deps.publish({ type: 'sends.changed' })
  }

  function putBack(campaignId: number, leadIds: readonly number[]): PutBack {
    const done = putPeopleBack(deps, campaignId, leadIds)
    if (done.changed > 0) announce(campaignId)
    return done
  }

  function page(
    scope: Parameters<CampaignPeople['page']>[0],
    { offset, limit }: Parameters<CampaignPeople['page']>[1],
  ): { rows: Person[]; total: number } {
    mustExist(scope.campaignId)
    const { rows, total } = listEnrolments(db, scope, { offset, limit })
    const leadIds = rows.map(({ leadId }) => leadId)
    const ids = listSendIds(db, {
      statuses: SendStatus.options,
      campaignId: scope.campaignId,
      mailboxId: null,
      leadIds,
    })
    const byLead = Map.groupBy(deps.sendList.some(ids), ({ leadId }) => leadId)
    const sendsOf = (leadId: number): ListedSend[] => (byLead.get(leadId) ?? []).toSorted((a, b) => a.step - b.step)
    const edits = Map.groupBy(listHandEdits(db, scope.campaignId, leadIds), ({ leadId }) => leadId)
    const personOf = (enrolment: EnrolmentRow): Person => ({
      enrolment,
      sends: sendsOf(enrolment.leadId),
      edits: edits.get(enrolment.leadId) ?? [],
    })
    return { rows: rows.map(personOf), total }
  }

  /** Somebody who was away when they were paused may still be: their mail has its date all the same. */
  function resumeOne(tx: Writer, { id, campaignId, leadId, status, pausedAt }: Enrolment, now: number): boolean {
    if (status !== 'paused') return false
    setEnrolment(tx, id, { status: 'active' })
    deps.delays.resume(tx, { campaignId, leadId, pausedAt }, now)
    unparkSends(tx, 'person_paused', { campaignId, leadId })
    return true
  }

  return {
    page,
    pause: (campaignId, leadIds) => each(campaignId, leadIds, { kind: 'enrolment_paused', change: pauseOne }),
    resume: (campaignId, leadIds) => each(campaignId, leadIds, { kind: 'enrolment_resumed', change: resumeOne }),
    remove(campaignId, leadIds) {
      // Before the start there is nothing to remember of somebody who was taken out: they may be added again.
      const isDraft = findCampaign(db, campaignId)?.status === 'draft'
      return each(campaignId, leadIds, {
        kind: 'enrolment_removed',
        change: (tx, enrolment, now) =>
          isDraft
            ? deleteEnrolments(tx, campaignId, [enrolment.leadId]) > 0
            : removeOne(tx, enrolment, { now, moveAllIn: deps.queue.moveAllIn }),
      })
    },
    putBack,
  }
}

function pauseOne(tx: Writer, { id, status }: Enrolment, now: number): boolean {
  if (status !== 'active' && status !== 'on_hold') return false
  setEnrolment(tx, id, { status: 'paused', pausedAt: now })
  return true
}

function removeOne(
  tx: Writer,
  { id, campaignId, leadId, status }: Enrolment,
  { now, moveAllIn }: { now: number; moveAllIn: Queue['moveAllIn'] },
): boolean {
  if (status !== 'active' && status !== 'paused' && status !== 'on_hold') return false
  setEnrolment(tx, id, { status: 'removed' })
  const scope = { campaignId, mailboxId: null, leadIds: [leadId] }
  const ids = listSendIds(tx, { ...scope, statuses: ['pending', 'processing'] })
  moveAllIn(tx, ids, () => ({ type: 'cancel_requested', now, because: 'taken_out' }))
  return true
}

/** The life of a campaign, and how it stands. */
import { write } from '#db/open'
import {
  type CampaignRecord,
  type CampaignStep,
  countByText,
  countCampaign,
  countNextSteps,
  countOutcomes,
  findCampaign,
  listCampaigns,
  listSentSince,
  listSteps,
  moveCampaign,
  setArchived,
  type TextResult,
} from '#db/queries/campaigns'
import { countEnrolments } from '#db/queries/enrolments'
import { insertEvent } from '#db/queries/events'
import { listHandEdits, type StoredHandEdit } from '#db/queries/hand-edits'
import { listSendIds } from '#db/queries/send-views'
import type { CampaignStatus, EnrolmentStatus, EventKind } from '#shared/domain/taxonomy'
import { DAY_MS } from '#shared/domain/pacing'
import { AppError } from '#shared/errors'
import type { EngineContext } from '../context.ts'
import type { Forecasts } from '../planning/forecast.ts'
import type { Sends } from '../sending/sends.ts'
import type { RunningDelays } from '../planning/running-delays.ts'

export interface CampaignView {
  readonly record: CampaignRecord
  readonly steps: readonly CampaignStep[]
  /** Before the start: what was written by hand for single people. */
  readonly edits: readonly StoredHandEdit[]
  /** By step and text; those of which nothing was sent are missing. */
  readonly results: readonly TextResult[]
  readonly byStatus: ReadonlyMap<string, number>
  /** Of the sent ones: what came back. */
  readonly byOutcome: ReadonlyMap<string, number>
  /** Of the last 24 hours, epoch ms, rising. */
  readonly sentLatelyAt: readonly number[]
  readonly people: ReadonlyMap<EnrolmentStatus, number>
  /** Of the pending ones: tried before. */
  readonly retrying: number
  /** Forecast of its last waiting send, epoch ms; null: nothing waits, or it depends on the rep. */
  readonly lastSendAt: number | null
}

/** Every call throws `campaign.not_found`. A move that has no place in the campaign's state changes nothing. */
export interface Campaigns {
  /** Newest first. */
  list(which: { readonly limit: number; readonly isArchived: boolean }): CampaignView[]
  get(campaignId: number): CampaignView
  /** How many people get each mail next, by step. Of a draft everybody gets the first. */
  standing(campaignId: number): number[]
  pause(campaignId: number): CampaignView
  resume(campaignId: number): CampaignView
  cancel(campaignId: number): { campaign: CampaignView; stopped: number }
  retryFailed(campaignId: number): { campaign: CampaignView; retried: number }
  /** Throws `campaign.not_over`. */
  archive(campaignId: number, isArchived: boolean): CampaignView
}

export interface CampaignsDeps extends Pick<EngineContext, 'db' | 'clock' | 'publish'> {
  readonly forecasts: Forecasts
  readonly sends: Sends
  readonly delays: RunningDelays
  readonly replan: () => void
}

interface CampaignMove {
  readonly from: readonly CampaignStatus[]
  readonly to: CampaignStatus
  readonly kind: EventKind
}

export function createCampaigns(deps: CampaignsDeps): Campaigns {
  const { db, clock, forecasts } = deps

  function view(record: CampaignRecord): CampaignView {
    const counts = countCampaign(db, record.id)
    return {
      record,
      steps: listSteps(db, record.id),
      edits: record.status === 'draft' ? listHandEdits(db, record.id) : [],
      results: countByText(db, record.id),
      ...counts,
      byOutcome: countOutcomes(db, record.id),
      sentLatelyAt: listSentSince(db, record.id, clock.now() - DAY_MS),
      people: countEnrolments(db, record.id),
      lastSendAt: lastSendAt(record, counts.byStatus.get('pending') ?? 0),
    }
  }

  function lastSendAt(record: CampaignRecord, pending: number): number | null {
    if (pending === 0) return null
    // Whoever was in it before its mailboxes were changed is still written to from theirs.
    const ids = listSendIds(db, { statuses: ['pending'], campaignId: record.id, mailboxId: null, leadIds: null })
    let last: number | null = null
    for (const { at } of forecasts.ofSends(ids)) last = later(last, at)
    return last
  }

  function standing(campaignId: number): number[] {
    const { status } = mustFind(campaignId)
    const people = countEnrolments(db, campaignId)
    const next = status === 'draft' ? new Map([[0, people.get('active') ?? 0]]) : countNextSteps(db, campaignId)
    return listSteps(db, campaignId).map(({ step }) => next.get(step) ?? 0)
  }

  function mustFind(campaignId: number): CampaignRecord {
    const found = findCampaign(db, campaignId)
    if (!found) throw new AppError('campaign.not_found', `campaign ${campaignId}`)
    return found
  }

  function move(campaignId: number, { from, to, kind }: CampaignMove): CampaignView {
    const before = mustFind(campaignId)
    const now = clock.now()
    write(db, (tx) => {
      if (!moveCampaign(tx, campaignId, { from, to, now })) return
      if (before.status === 'paused')
        deps.delays.resume(tx, { campaignId, leadId: null, pausedAt: before.pausedAt }, now)
      insertEvent(tx, { at: now, kind, campaignId })
    })
    changed(campaignId)
    return view(mustFind(campaignId))
  }

  function changed(campaignId: number): void {
    deps.replan()
    deps.publish({ type: 'campaigns.changed', campaignId })
    deps.publish({ type: 'sends.changed' })
  }

  function archive(campaignId: number, isArchived: boolean): CampaignView {
    const { status } = mustFind(campaignId)
    if (isArchived && (status === 'active' || status === 'paused')) {
      throw new AppError('campaign.not_over', `campaign ${campaignId} is ${status}`)
    }
    const now = clock.now()
    write(db, (tx) => {
      setArchived(tx, campaignId, isArchived ? now : null)
      insertEvent(tx, { at: now, kind: 'campaign_archived', campaignId, data: { isArchived } })
    })
    deps.publish({ type: 'campaigns.changed', campaignId })
    return view(mustFind(campaignId))
  }

  return {
    list: (which) => listCampaigns(db, which).map(view),
    get: (campaignId) => view(mustFind(campaignId)),
    standing,
    pause: (campaignId) => move(campaignId, { from: ['active'], to: 'paused', kind: 'campaign_paused' }),
    resume: (campaignId) => move(campaignId, { from: ['paused'], to: 'active', kind: 'campaign_resumed' }),
    cancel(campaignId) {
      mustFind(campaignId)
      const { changed: stopped } = deps.sends.cancel({ by: 'campaign', campaignId })
      const from = ['draft', 'active', 'paused', ...(stopped > 0 ? (['completed'] as const) : [])] as const
      return { campaign: move(campaignId, { from, to: 'cancelled', kind: 'campaign_cancelled' }), stopped }
    },
    retryFailed(campaignId) {
      mustFind(campaignId)
      const { changed: retried } = deps.sends.retry({ by: 'campaign', campaignId })
      return { campaign: view(mustFind(campaignId)), retried }
    },
    archive,
  }
}

/** Null is before everything. */
function later(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other)
}

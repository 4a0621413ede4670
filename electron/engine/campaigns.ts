import { write } from '#db/open'
import { type CampaignRecord, countCampaign, findCampaign, listCampaigns, moveCampaign } from '#db/queries/campaigns'
import { insertEvent } from '#db/queries/events'
import { listSendIds } from '#db/queries/send-views'
import type { CampaignStatus, EventKind } from '#shared/domain/taxonomy'
import { AppError } from '#shared/errors'
import type { EngineContext } from './context.ts'
import type { Forecasts } from './forecast.ts'
import type { Sends } from './sends.ts'

export interface CampaignView {
  readonly record: CampaignRecord
  readonly byStatus: ReadonlyMap<string, number>
  /** Of the pending ones: tried before. */
  readonly retrying: number
  /** Forecast of its last waiting send, epoch ms; null: nothing waits, or it depends on the rep. */
  readonly lastSendAt: number | null
}

export interface Campaigns {
  /** Newest first. */
  list(limit: number): CampaignView[]
  /** Throws `campaign.not_found`. */
  get(campaignId: number): CampaignView
  pause(campaignId: number): CampaignView
  resume(campaignId: number): CampaignView
  cancel(campaignId: number): { campaign: CampaignView; stopped: number }
}

export interface CampaignsDeps extends Pick<EngineContext, 'db' | 'clock' | 'publish'> {
  readonly forecasts: Forecasts
  readonly sends: Sends
  readonly replan: () => void
}

export function createCampaigns(deps: CampaignsDeps): Campaigns {
  const { db, clock, forecasts } = deps

  function view(record: CampaignRecord): CampaignView {
    const counts = countCampaign(db, record.id)
    return { record, ...counts, lastSendAt: lastSendAt(record, counts.byStatus.get('pending') ?? 0) }
  }

  function lastSendAt(record: CampaignRecord, pending: number): number | null {
    if (pending === 0) return null
    const ids = listSendIds(db, { statuses: ['pending'], campaignId: record.id, mailboxId: null, leadIds: null })
    const { bySend } = forecasts.of(record.mailboxId)
    let last: number | null = null
    for (const id of ids) {
      const at = bySend.get(id)?.at ?? null
      if (at !== null && (last === null || at > last)) last = at
    }
    return last
  }

  function get(campaignId: number): CampaignView {
    const record = findCampaign(db, campaignId)
    if (!record) throw new AppError('campaign.not_found', `campaign ${campaignId}`)
    return view(record)
  }

  /** A move that has no place in the campaign's state changes nothing. */
  function move(
    campaignId: number,
    { from, to, kind }: { from: readonly CampaignStatus[]; to: CampaignStatus; kind: EventKind },
  ): CampaignView {
    get(campaignId)
    write(db, (tx) => {
      if (moveCampaign(tx, campaignId, { from, to })) insertEvent(tx, { at: clock.now(), kind, campaignId })
    })
    deps.replan()
    deps.publish({ type: 'campaigns.changed', campaignId })
    deps.publish({ type: 'sends.changed' })
    return get(campaignId)
  }

  return {
    list: (limit) => listCampaigns(db, limit).map(view),
    get,
    pause: (campaignId) => move(campaignId, { from: ['active'], to: 'paused', kind: 'campaign_paused' }),
    resume: (campaignId) => move(campaignId, { from: ['paused'], to: 'active', kind: 'campaign_resumed' }),
    cancel(campaignId) {
      get(campaignId)
      const { changed } = deps.sends.cancel({ by: 'campaign', campaignId })
      const from = ['draft', 'active', 'paused', ...(changed > 0 ? (['completed'] as const) : [])] as const
      return { campaign: move(campaignId, { from, to: 'cancelled', kind: 'campaign_cancelled' }), stopped: changed }
    },
  }
}

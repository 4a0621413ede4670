import { write } from '#db/open'
import { findEndBefore, moveCampaign } from '#db/queries/campaigns'
import { insertEvent } from '#db/queries/events'
import type { Send } from '#db/queries/sends'
import { isAboutUs } from '#shared/domain/refused-for-us'
import type { EngineContext } from '../context.ts'

export interface SameRefusalsDeps extends Pick<EngineContext, 'db' | 'clock' | 'publish'> {
  /** The plan changed: look again. */
  readonly replan: () => void
}

/**
 * Two people in a row who are refused for good in the same words: our mistake, and no third one is tried (docs/providers.md
 * §4). Once the rep has resumed the campaign, the next such "no" pauses it again.
 */
export function createSameRefusals({ db, clock, publish, replan }: SameRefusalsDeps): (send: Send) => void {
  return ({ id, campaignId, leadId, state }) => {
    if (state.status !== 'failed' || !isAboutUs(state.failure)) return
    const { code, providerCode } = state.failure
    const before = findEndBefore(db, { campaignId, id })
    const isSame = before?.status === 'failed' && before.code === code && before.providerCode === providerCode
    if (!isSame || before.leadId === leadId) return
    const now = clock.now()
    const isPaused = write(db, (tx) => {
      const because = 'same_refusals'
      if (!moveCampaign(tx, campaignId, { from: ['active'], to: 'paused', now, because })) return false
      insertEvent(tx, { at: now, kind: 'campaign_paused', campaignId, data: { because, code, providerCode } })
      return true
    })
    if (!isPaused) return
    replan()
    publish({ type: 'campaigns.changed', campaignId })
    publish({ type: 'sends.changed' })
  }
}

/**
 * Mail whose time passed while the machine slept or was off. The plan is spread anew in any case, never hurried; a campaign
 * may rather have such mail let go, or have the rep asked.
 */
import { listMissing, type MissingCampaign } from '#db/queries/campaigns'
import { write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { getSetting, setSetting } from '#db/queries/settings'
import { parkMissed } from '#db/queries/waiting-sends'
import type { EngineContext } from '../context.ts'
import type { Forecasts } from '../planning/forecast.ts'
import type { Queue } from './queue.ts'

export interface Missed {
  /** Notes that the machine is awake; where it was not for long, deals with what it missed. */
  look(): void
}

/** Notes are this far apart, so that waking up is not another write each time, ms. */
const NOTE_EVERY_MS = 5 * 60_000
/** Shorter absences are no sleep: the sender itself sleeps up to 15 minutes, ms. */
const LEAST_SLEEP_MS = 30 * 60_000

export interface MissedDeps extends Pick<EngineContext, 'db' | 'clock' | 'publish'> {
  readonly forecasts: Forecasts
  readonly queue: Queue
}

type Planned = ReturnType<Forecasts['plannedAt']>

export function createMissed(deps: MissedDeps): Missed {
  const { db, clock } = deps

  /** Of what would have gone meanwhile, which is too late for a campaign. A person stays with a mailbox that it no longer uses. */
  function missedOf({ id, missed, expiresAfterMs }: MissingCampaign, planned: Planned): number[] {
    const now = clock.now()
    const latest = missed === 'expire' ? now - (expiresAfterMs ?? 0) : now
    return planned.filter(({ campaignId, at }) => campaignId === id && at < latest).map(({ sendId }) => sendId)
  }

  function settle(campaign: MissingCampaign, planned: Planned): void {
    const now = clock.now()
    const ids = missedOf(campaign, planned)
    if (ids.length === 0) return
    write(db, (tx) => {
      if (campaign.missed === 'expire') {
        deps.queue.moveAllIn(tx, ids, ({ state }) =>
          state.status === 'pending' ? { type: 'forbidden', now, because: 'expired' } : null,
        )
        return
      }
      for (const sendId of ids) {
        if (!parkMissed(tx, sendId)) continue
        insertEvent(tx, { at: now, kind: 'send_parked', sendId, campaignId: campaign.id, data: { because: 'missed' } })
      }
    })
    deps.forecasts.forget()
    deps.publish({ type: 'sends.changed' })
    deps.publish({ type: 'campaigns.changed', campaignId: campaign.id })
  }

  return {
    look() {
      const now = clock.now()
      const last = getSetting(db, 'lastSeenAt')
      if (now < last + NOTE_EVERY_MS && now >= last) return
      const campaigns = last > 0 && now - last > LEAST_SLEEP_MS ? listMissing(db) : []
      if (campaigns.length > 0) {
        // The plan as it stood then, for nothing has changed since; what one campaign lets go moves nothing of another.
        const planned = deps.forecasts.plannedAt(last)
        for (const campaign of campaigns) settle(campaign, planned)
      }
      write(db, (tx) => setSetting(tx, 'lastSeenAt', now))
    },
  }
}

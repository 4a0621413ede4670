/**
 * Mail whose time passed while the machine slept or was off. The plan is spread anew in any case, never hurried; a campaign
 * may rather have such mail let go, or have the rep asked.
 */
import { listMissing, type MissingCampaign } from '#db/queries/campaigns'
import { write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { getSetting, setSetting } from '#db/queries/settings'
import { parkMissed } from '#db/queries/waiting-sends'
import type { EngineContext } from './context.ts'
import type { Forecasts } from './forecast.ts'
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

export function createMissed(deps: MissedDeps): Missed {
  const { db, clock } = deps

  /** What would have gone from `since` until now: the plan as it stood then, for nothing has changed since. */
  function missedOf({ id, mailboxIds, missed, expiresAfterMs }: MissingCampaign, since: number): number[] {
    const now = clock.now()
    const latest = missed === 'expire' ? now - (expiresAfterMs ?? 0) : now
    return mailboxIds.flatMap((mailboxId) =>
      deps.forecasts
        .plannedAt(mailboxId, since)
        .filter(({ campaignId, at }) => campaignId === id && at < latest)
        .map(({ sendId }) => sendId),
    )
  }

  function settle(campaign: MissingCampaign, since: number): void {
    const now = clock.now()
    const ids = missedOf(campaign, since)
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
      if (last > 0 && now - last > LEAST_SLEEP_MS) for (const campaign of listMissing(db)) settle(campaign, last)
      write(db, (tx) => setSetting(tx, 'lastSeenAt', now))
    },
  }
}

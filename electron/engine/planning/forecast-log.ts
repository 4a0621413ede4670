/** Keeps what was foreseen for each waiting mail, so that a rep can be told why it goes at another time than they were told. */
import { write } from '#db/open'
import {
  forgetEnded,
  getLastEventId,
  insertForecastChange,
  listCausesAfter,
  listForeseen,
  setForeseen,
} from '#db/queries/forecast-log'
import { getSetting, setSetting } from '#db/queries/settings'
import { causeOf, hasChanged, mayChangePlans } from '#shared/domain/forecast-change'
import type { EngineContext } from '../context.ts'
import type { Forecasts } from './forecast.ts'
import { createSharedRecipients } from './shared-recipients.ts'

export interface ForecastLog {
  /** Compares the plan with the one noted before, where something may have changed it; writes what has changed. */
  look(): void
}

/** Looks are no further apart than the sender's naps; a longer time was a sleep, and what was due then goes later, ms. */
const LEAST_SLEEP_MS = 30 * 60_000

export function createForecastLog(
  deps: Pick<EngineContext, 'db' | 'clock'> & { readonly forecasts: Forecasts },
): ForecastLog {
  const { db, clock } = deps
  let lastEventId = getSetting(db, 'lastForeseenEventId')
  let lastLookAt: number | null = null

  function note(causes: ReturnType<typeof listCausesAfter>, newestId: number): void {
    const now = clock.now()
    write(db, (tx) => {
      forgetEnded(tx)
      const isShared = createSharedRecipients(tx, causes)
      for (const send of listForeseen(tx)) {
        const forecast = deps.forecasts.find(send.mailboxId, send.sendId)
        // The mail before it is leaving, or is held itself: then that one tells why.
        if (forecast?.at === null && forecast.because === 'step_before') continue
        const to = forecast?.at ?? null
        if (send.isNoted && !hasChanged(send.at, to)) continue
        if (send.isNoted) {
          const eventId = causeOf(causes, send, isShared)?.id ?? null
          insertForecastChange(tx, { sendId: send.sendId, notedAt: now, from: send.at, to, eventId })
        }
        setForeseen(tx, send.sendId, to)
      }
      setSetting(tx, 'lastForeseenEventId', newestId)
    })
  }

  return {
    look() {
      const now = clock.now()
      const newest = getLastEventId(db)
      const hasSlept = lastLookAt === null || now - lastLookAt > LEAST_SLEEP_MS
      lastLookAt = now
      if (newest === lastEventId && !hasSlept) return
      const causes = listCausesAfter(db, lastEventId).filter(mayChangePlans)
      if (causes.length > 0 || hasSlept) note(causes, newest)
      lastEventId = newest
    },
  }
}

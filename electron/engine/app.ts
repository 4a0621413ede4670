import { write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { hasAnyLead } from '#db/queries/first-start'
import { countStatus, listSentMoments } from '#db/queries/send-views'
import { getSetting, setSetting } from '#db/queries/settings'
import type { AppStatus } from '#shared/contract/app'
import { DAY_MS } from '#shared/domain/pacing'
import { startOfDay } from '#shared/domain/wall-time'
import type { EngineContext } from './context.ts'
import type { Forecasts } from './forecast.ts'
import type { Mailboxes } from './mailboxes.ts'
import type { Ownership } from './owner.ts'

export interface App {
  isPaused(): boolean
  status(): AppStatus
  pause(): void
  resume(): void
  setDiskFull(isFull: boolean): void
  /** Reads what the database says, after it was opened or taken over. */
  reload(): void
}

export interface AppDeps extends EngineContext {
  readonly version: string
  readonly ownership: Ownership
  readonly forecasts: Forecasts
  readonly mailboxes: Mailboxes
  /** Pausing stops what has not reached a provider; resuming looks again. */
  readonly interrupt: () => void
  readonly replan: () => void
}

export function createApp(deps: AppDeps): App {
  const { db, clock } = deps
  let isPaused = getSetting(db, 'isPaused')
  let isDiskFull = false

  /** The sender stops first: a disk that takes no more must not keep mail going. */
  function setPaused(next: boolean): void {
    if (isPaused === next) return
    isPaused = next
    deps.interrupt()
    write(db, (tx) => {
      setSetting(tx, 'isPaused', next)
      insertEvent(tx, { at: clock.now(), kind: next ? 'app_paused' : 'app_resumed' })
    })
    deps.replan()
    deps.publish({ type: 'app.changed' })
    deps.publish({ type: 'sends.changed' })
  }

  function today(): { sent: number; planned: number } {
    const from = startOfDay(clock.now(), clock.zone())
    // A day of 25 hours still ends before the next one's noon; good enough for a count of today.
    const to = startOfDay(from + DAY_MS + DAY_MS / 12, clock.zone())
    return {
      sent: listSentMoments(db, from).length,
      planned: deps.forecasts.moments().filter((moment) => moment < to).length,
    }
  }

  function status(): AppStatus {
    const mailboxes = deps.mailboxes.list()
    return {
      version: deps.version,
      host: deps.native.host,
      role: deps.ownership.isOwner() ? 'owner' : 'viewer',
      isPaused,
      isPractice: mailboxes.length > 0 && mailboxes.every(({ kind }) => kind === 'practice'),
      isFirstStart: mailboxes.length === 0 && !hasAnyLead(db),
      zone: clock.zone(),
      dataFolder: deps.dataFolder,
      capabilities: deps.native.capabilities,
      secrets: deps.secrets.protection,
      today: today(),
      waiting: countStatus(db, 'pending') + countStatus(db, 'processing'),
      uncertain: countStatus(db, 'uncertain'),
      failed: countStatus(db, 'failed'),
      nextSendAt: deps.forecasts.nextAt(),
      isDiskFull,
    }
  }

  return {
    isPaused: () => isPaused,
    status,
    pause: () => setPaused(true),
    resume: () => setPaused(false),
    setDiskFull(isFull) {
      isDiskFull = isFull
      deps.publish({ type: 'app.changed' })
    },
    reload() {
      isPaused = getSetting(db, 'isPaused')
      deps.mailboxes.reload()
      deps.forecasts.forget()
    },
  }
}

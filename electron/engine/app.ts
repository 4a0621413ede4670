import { write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { hasAnyLead } from '#db/queries/first-start'
import { countStatus, listSentMoments } from '#db/queries/send-views'
import { getSetting, setSetting } from '#db/queries/settings'
import type { AppStatus } from '#shared/contract/app'
import { DAY_MS, HOUR_MS } from '#shared/domain/pacing'
import { startOfDay } from '#shared/domain/wall-time'
import type { Clock, Disarm } from '../platform/clock.ts'
import type { EngineContext } from './context.ts'
import type { Forecasts } from './planning/forecast.ts'
import type { Mailboxes } from './mailboxes/mailboxes.ts'
import type { Ownership } from './owner.ts'

export interface App {
  isPaused(): boolean
  status(): AppStatus
  /** Until it is resumed, by the rep or by itself at that time. A pause that stands gets the new end. */
  pause(until?: PauseUntil): void
  resume(): void
  setDiskFull(isFull: boolean): void
  /** Reads what the database says, after it was opened or taken over. */
  reload(): void
  /** Resumes nothing any more. */
  close(): void
}

export type PauseUntil = 'resumed' | 'in_an_hour' | 'tomorrow'

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
  let pausedUntil = getSetting(db, 'pausedUntil')
  let isDiskFull = false
  let disarm: Disarm = () => {}

  /** The sender stops first: a disk that takes no more must not keep mail going. */
  function setPaused(next: boolean, { until = null, isOver = false }: PauseChange = {}): void {
    if (isPaused === next && pausedUntil === until) return
    const isMove = isPaused !== next
    isPaused = next
    pausedUntil = until
    if (isMove) deps.interrupt()
    write(db, (tx) => {
      setSetting(tx, 'isPaused', next)
      setSetting(tx, 'pausedUntil', until)
      const kind = next ? 'app_paused' : 'app_resumed'
      if (isMove) insertEvent(tx, { at: clock.now(), kind, data: { ...(isOver ? { isOver } : {}), until } })
    })
    arm()
    deps.replan()
    deps.publish({ type: 'app.changed' })
    deps.publish({ type: 'sends.changed' })
  }

  function arm(): void {
    disarm()
    if (isPaused && pausedUntil !== null && deps.ownership.isOwner()) disarm = clock.at(pausedUntil, look)
  }

  /** A wake-up may come early. */
  function look(): void {
    if (!isPaused || pausedUntil === null) return
    if (clock.now() < pausedUntil) arm()
    else setPaused(false, { isOver: true })
  }

  function endOf(until: PauseUntil): number | null {
    if (until === 'resumed') return null
    return until === 'in_an_hour' ? clock.now() + HOUR_MS : startOfTomorrow(clock)
  }

  function today(): { sent: number; planned: number } {
    const from = startOfDay(clock.now(), clock.zone())
    const to = startOfTomorrow(clock)
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
      pausedUntil,
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
    pause: (until = 'resumed') => setPaused(true, { until: endOf(until) }),
    resume: () => setPaused(false),
    setDiskFull(isFull) {
      isDiskFull = isFull
      deps.publish({ type: 'app.changed' })
    },
    reload() {
      isPaused = getSetting(db, 'isPaused')
      pausedUntil = getSetting(db, 'pausedUntil')
      arm()
      deps.mailboxes.reload()
      deps.forecasts.forget()
    },
    close: () => disarm(),
  }
}

interface PauseChange {
  readonly until?: number | null
  /** Its time has come. */
  readonly isOver?: boolean
}

/** A day of 25 hours still ends before the next one's noon. */
function startOfTomorrow(clock: Clock): number {
  const zone = clock.zone()
  return startOfDay(startOfDay(clock.now(), zone) + DAY_MS + DAY_MS / 12, zone)
}

/**
 * What the rep is told while the window is shut. The events say what happened; how far they were told is kept beside them, so
 * that a restart repeats and forgets nothing. A host that can show notifications is handed them; on others a page fetches them.
 */
import { write } from '#db/open'
import { lastEventId } from '#db/queries/events'
import { listNoticeRows, type NoticeRow } from '#db/queries/notices'
import { getSetting, setSetting } from '#db/queries/settings'
import type { PushedEvent } from '#shared/contract/events'
import type { Note } from '#shared/contract/notices'
import {
  GATHER_MS,
  NoticeKind,
  type NoticePlan,
  type NoticeRules,
  planNotices,
  type Told,
} from '#shared/domain/notices'
import { DAY_MS } from '#shared/domain/pacing'
import type { Disarm } from '../../platform/clock.ts'
import type { EngineContext } from '../context.ts'
import { noteOf } from './notice-text.ts'

export interface Notices {
  rules(): NoticeRules
  saveRules(rules: NoticeRules): NoticeRules
  /** Something was published: there may be something to tell. */
  changed(event: PushedEvent): void
  /** For a page that shows notifications: from now on it hears when there is something. */
  isDue(): boolean
  /** What is to be told now; afterwards it counts as told. */
  take(): Note[]
  /** Tells from now on. */
  start(): void
  close(): void
}

export type NoticesDeps = Pick<EngineContext, 'db' | 'clock' | 'log' | 'native' | 'publish'>

/** Nobody wants to hear of it after that. A long holiday is shorter. */
const NEWS_MS = 31 * DAY_MS
/** After a failure: a disk that is full stays full for a while. */
const LATER_MS = 10 * 60_000

const MAY_MATTER: ReadonlySet<PushedEvent['type']> = new Set<PushedEvent['type']>([
  'sends.moved',
  'sends.changed',
  'campaigns.changed',
  'incoming.changed',
  'mailboxes.changed',
])

export function createNotices(deps: NoticesDeps): Notices {
  const { db, clock, native } = deps
  const isShownHere = native.capabilities.notifications
  let isRunning = false
  /** A page asked and has not been answered with "now" yet. */
  let isAwaited = false
  let armedAt = Infinity
  let disarm: Disarm = () => {}

  /** At the earlier of what was planned and this. */
  function arm(at: number): void {
    if (!isRunning || !(isShownHere || isAwaited) || at >= armedAt) return
    disarm()
    armedAt = at
    disarm = clock.at(at, wake)
  }

  function wake(): void {
    armedAt = Infinity
    try {
      if (isShownHere) for (const note of take()) native.notify(note)
      else if (isDue()) {
        isAwaited = false
        deps.publish({ type: 'notices.due' })
      }
    } catch (error) {
      deps.log.error('nothing could be told', error)
      arm(clock.now() + LATER_MS)
    }
  }

  function plan(): NoticePlan<NoticeRow> & { readonly facts: readonly NoticeRow[] } {
    const now = clock.now()
    const told = getSetting(db, 'noticesTold') ?? allAt(lastEventId(db))
    const after = Math.min(...Object.values(told).map(({ eventId }) => eventId))
    const facts = listNoticeRows(db, { after, since: now - NEWS_MS })
    return { ...planNotices({ facts, rules: getSetting(db, 'noticeRules'), told, now, zone: clock.zone() }), facts }
  }

  function isDue(): boolean {
    if (!isRunning) return false
    isAwaited = true
    const { tell, nextAt } = plan()
    if (tell.length > 0) return true
    if (nextAt !== null) arm(nextAt)
    return false
  }

  /** That it was told is remembered first: rather none than a second one after a crash. */
  function take(): Note[] {
    const { tell, told, nextAt, facts } = plan()
    if (tell.length > 0) write(db, (tx) => setSetting(tx, 'noticesTold', caughtUp(told, facts, lastEventId(tx))))
    if (nextAt !== null) arm(nextAt)
    return tell.map(noteOf)
  }

  return {
    rules: () => getSetting(db, 'noticeRules'),
    saveRules(rules) {
      write(db, (tx) => {
        const before = getSetting(tx, 'noticeRules')
        const told = getSetting(tx, 'noticesTold') ?? allAt(lastEventId(tx))
        const isNew = (kind: NoticeKind): boolean => rules.kinds[kind] && !before.kinds[kind]
        const last = lastEventId(tx)
        const moved = NoticeKind.options.map((kind) => [
          kind,
          isNew(kind) ? { ...told[kind], eventId: last } : told[kind],
        ])
        setSetting(tx, 'noticesTold', Object.fromEntries(moved) as Told)
        setSetting(tx, 'noticeRules', rules)
      })
      arm(clock.now())
      return rules
    },
    changed({ type }) {
      if (MAY_MATTER.has(type)) arm(clock.now() + GATHER_MS)
    },
    isDue,
    take,
    start() {
      isRunning = true
      // What happened before Pacemail could tell of it is history.
      if (getSetting(db, 'noticesTold') === null) {
        write(db, (tx) => setSetting(tx, 'noticesTold', allAt(lastEventId(tx))))
      }
      arm(clock.now())
    },
    close() {
      isRunning = false
      disarm()
    },
  }
}

/** Kinds of which nothing waits are told up to the end, so that no look goes far back. */
function caughtUp(told: Told, facts: readonly NoticeRow[], eventId: number): Told {
  const isWaiting = (kind: NoticeKind): boolean =>
    facts.some((fact) => fact.kind === kind && fact.eventId > told[kind].eventId)
  const marks = NoticeKind.options.map((kind) => [kind, isWaiting(kind) ? told[kind] : { ...told[kind], eventId }])
  return Object.fromEntries(marks) as Told
}

function allAt(eventId: number): Told {
  const mark = { eventId, at: 0 }
  return { uncertain: mark, sign_in: mark, reply: mark, campaign_done: mark }
}

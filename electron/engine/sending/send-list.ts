/**
 * Sends as the screen shows them: what waits in the order it will go, then what has ended, newest first.
 */
import { listFilesOfSend } from '#db/queries/attachments'
import {
  countByStatus,
  countSendsIn,
  listFinishedIds,
  listLooks,
  listSendEvents,
  listSendIds,
  listSendViews,
  listSentMoments,
  type SendScope,
  type SendViewRow,
} from '#db/queries/send-views'
import type { MailboxRecord } from '#db/queries/mailboxes'
import { findSend, getSendBody, type SendBody } from '#db/queries/sends'
import type { AttachedFile } from '#shared/contract/templates'
import type { Aged } from '#shared/domain/ageing'
import { hasMarks, resolveAtDispatch } from '#shared/domain/dispatch-tokens'
import type { Forecast } from '#shared/domain/plan'
import { DEFAULT_POLICY } from '#shared/domain/policy'
import { SendStatus } from '#shared/domain/taxonomy'
import { countPerDay, startOfDay } from '#shared/domain/wall-time'
import { AppError } from '#shared/errors'
import type { Calendars } from '../planning/calendars.ts'
import { agedIn } from './aged-text.ts'
import type { EngineContext } from '../context.ts'
import { dispatchPlace } from './dispatch-place.ts'
import type { Forecasts } from '../planning/forecast.ts'
import { approvedMail } from './leaving-mail.ts'

export interface ListedSend extends SendViewRow {
  /** Pending sends only. */
  readonly forecast: Forecast | null
}

export interface SendPage {
  readonly scope: SendScope
  readonly offset: number
  readonly limit: number
}

export interface SendList {
  page(page: SendPage): { rows: ListedSend[]; total: number }
  /** In the order of the ids. */
  some(sendIds: readonly number[]): ListedSend[]
  /** Throws `send.not_found`. */
  one(sendId: number): ListedSend
  whole(sendId: number): {
    send: ListedSend
    body: SendBody
    /** What it carries. */
    files: readonly AttachedFile[]
    /** Words of a waiting mail that will not be true any more by its forecast, or are not now where there is none. */
    aged: readonly Aged[]
    events: { at: number; kind: string; data: string | null }[]
  }
  /** The latest looks for each of these sends, oldest first. */
  looks(sendIds: readonly number[]): { sendId: number; looks: { at: number; data: string }[] }[]
  byStatus(): Map<SendStatus, number>
  /** By local date of the machine's zone: planned and sent, the days that have any, from today on. */
  byDay(): { date: string; planned: number; sent: number }[]
}

/** So many looks are enough to decide by. */
const MOST_LOOKS = 6

const WAITING: readonly SendStatus[] = ['processing', 'pending']
/** The day list ends after this many days. */
const MOST_DAYS = 14

export interface SendListDeps extends Pick<EngineContext, 'db' | 'clock'> {
  readonly forecasts: Forecasts
  readonly calendars: Calendars
  readonly mailboxOf: (mailboxId: number) => MailboxRecord | null
}

export function createSendList(deps: SendListDeps): SendList {
  const { db, clock, forecasts } = deps

  function page({ scope, offset, limit }: SendPage): { rows: ListedSend[]; total: number } {
    const statuses = scope.statuses.length > 0 ? scope.statuses : SendStatus.options
    const waiting = waitingIds({ ...scope, statuses })
    const ended = { ...scope, statuses: statuses.filter((status) => !WAITING.includes(status)) }
    const endedCount = ended.statuses.length > 0 ? countSendsIn(db, ended) : 0
    const ids = waiting.slice(offset, offset + limit)
    if (ids.length < limit && endedCount > 0) {
      const rest = { offset: Math.max(0, offset - waiting.length), limit: limit - ids.length }
      ids.push(...listFinishedIds(db, ended, rest))
    }
    return { rows: listSendViews(db, ids).map(withForecast), total: waiting.length + endedCount }
  }

  /** In flight first, then by the forecast. */
  function waitingIds(scope: SendScope): number[] {
    const inFlight = scope.statuses.includes('processing')
      ? listSendIds(db, { ...scope, statuses: ['processing'] })
      : []
    if (!scope.statuses.includes('pending')) return inFlight
    const order = scope.mailboxId === null ? forecasts.order() : forecasts.of(scope.mailboxId).order()
    if (scope.campaignId === null && scope.leadIds === null) return [...inFlight, ...order]
    const wanted = new Set(listSendIds(db, { ...scope, statuses: ['pending'] }))
    return [...inFlight, ...order.filter((id) => wanted.has(id))]
  }

  function withForecast(row: SendViewRow): ListedSend {
    const forecast = row.status === 'pending' ? forecasts.find(row.mailboxId, row.id) : null
    return { ...row, forecast, subject: mailOf({ ...row, forecast }, row.subject).subject }
  }

  /** What waits is shown as it reads when it goes by the forecast. `subject` is known already. */
  function mailOf({ id, mailboxId, status, attempts, forecast }: ListedSend, subject?: string): SendBody {
    const stored = subject === undefined ? getSendBody(db, id) : { subject, text: '', html: null }
    if (status !== 'pending' || (attempts === 0 && !hasMarks(stored))) return stored
    const policy = deps.mailboxOf(mailboxId)?.policy ?? DEFAULT_POLICY
    const place = dispatchPlace(deps, policy, findSend(db, id)?.zone)
    return resolveAtDispatch(approvedMail(db, id), forecast?.at ?? clock.now(), place)
  }

  function agedOf({ id, mailboxId, status, forecast }: ListedSend, body: SendBody): readonly Aged[] {
    if (status !== 'pending') return []
    const policy = deps.mailboxOf(mailboxId)?.policy ?? DEFAULT_POLICY
    const place = dispatchPlace(deps, policy, findSend(db, id)?.zone)
    return agedIn(db, id, { at: forecast?.at ?? clock.now(), place, body })
  }

  function whole(sendId: number): ReturnType<SendList['whole']> {
    const send = one(sendId)
    const body = mailOf(send)
    const files = listFilesOfSend(db, sendId)
    return { send, body, files, aged: agedOf(send, body), events: listSendEvents(db, sendId) }
  }

  function one(sendId: number): ListedSend {
    const [row] = listSendViews(db, [sendId])
    if (!row) throw new AppError('send.not_found', `send ${sendId}`)
    return withForecast(row)
  }

  function byDay(): { date: string; planned: number; sent: number }[] {
    const zone = clock.zone()
    const days = new Map<string, { planned: number; sent: number }>()
    const add = (moments: readonly number[], kind: 'planned' | 'sent'): void => {
      const rising = moments.toSorted((a, b) => a - b)
      for (const { date, count } of countPerDay(rising, zone)) {
        days.set(date, { planned: 0, sent: 0, ...days.get(date), [kind]: count })
      }
    }
    add(listSentMoments(db, startOfDay(clock.now(), zone)), 'sent')
    add(forecasts.moments(), 'planned')
    return [...days]
      .map(([date, of]) => ({ date, ...of }))
      .sort((a, b) => a.date.localeCompare(b.date))
      .slice(0, MOST_DAYS)
  }

  return {
    page,
    some: (sendIds) => listSendViews(db, sendIds).map(withForecast),
    one,
    whole,
    looks(sendIds) {
      const all = Map.groupBy(listLooks(db, sendIds), ({ sendId }) => sendId)
      return sendIds.map((sendId) => ({ sendId, looks: (all.get(sendId) ?? []).slice(-MOST_LOOKS) }))
    },
    byStatus: () => countByStatus(db),
    byDay,
  }
}

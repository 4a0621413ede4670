import { listSendIds, listSendViews, listSentIdsBetween, type SendViewRow } from '#db/queries/send-views'
import type { MailboxRecord } from '#db/queries/mailboxes'
import type { Forecast } from '#shared/domain/plan'
import type { WaitCode } from '#shared/domain/taxonomy'
import { spanOfDate } from '#shared/domain/wall-time'
import { AppError } from '#shared/errors'
import type { Calendars } from './calendars.ts'
import type { EngineContext } from '../context.ts'
import type { Forecasts } from './forecast.ts'

export interface DayMark {
  readonly row: SendViewRow
  /** Epoch ms. */
  readonly at: number
  readonly kind: 'sent' | 'sending' | 'planned'
  /** Planned ones only. */
  readonly forecast: Forecast | null
}

export interface MailboxDay {
  readonly mailbox: MailboxRecord
  readonly open: readonly { readonly from: number; readonly to: number }[]
  readonly marks: readonly DayMark[]
  /** What no forecast has a time for, by its reason, the most first. */
  readonly held: readonly { readonly code: WaitCode; readonly count: number }[]
}

export interface DayPlan {
  /** One local date of the machine's zone. Throws `request.invalid` for what is no date. */
  of(date: string): { from: number; to: number; mailboxes: MailboxDay[] }
}

/** As much as a line can show. */
const MOST_MARKS = 500

export interface DayPlanDeps extends Pick<EngineContext, 'db' | 'clock'> {
  readonly forecasts: Forecasts
  readonly calendars: Calendars
  readonly mailboxes: () => readonly MailboxRecord[]
}

/** What one day looks like, in every mailbox. The plan is the sender's own, so the picture cannot say anything else. */
export function createDayPlan({ db, clock, forecasts, calendars, mailboxes }: DayPlanDeps): DayPlan {
  return {
    of(date) {
      const span = spanOfDate(date, clock.zone())
      if (span === null) throw new AppError('request.invalid', 'no date', { details: { at: 'date', problem: 'date' } })
      return { ...span, mailboxes: mailboxes().map((mailbox) => dayOf(mailbox, span)) }
    },
  }

  function dayOf(mailbox: MailboxRecord, span: { readonly from: number; readonly to: number }): MailboxDay {
    const open = calendars.of(mailbox.policy, '', true).openIn(span.from, span.to)
    const marks = [...sent(mailbox.id, span), ...inFlight(mailbox.id, span), ...planned(mailbox.id, span)]
    return { mailbox, open, marks, held: heldIn(mailbox.id) }
  }

  function sent(mailboxId: number, span: { readonly from: number; readonly to: number }): DayMark[] {
    const ids = listSentIdsBetween(db, { mailboxId, ...span, limit: MOST_MARKS })
    return listSendViews(db, ids).map((row) => ({ row, at: row.finishedAt ?? span.from, kind: 'sent', forecast: null }))
  }

  function inFlight(mailboxId: number, { from, to }: { readonly from: number; readonly to: number }): DayMark[] {
    const ids = listSendIds(db, { statuses: ['processing'], mailboxId, campaignId: null, leadIds: null })
    return listSendViews(db, ids)
      .map((row): DayMark => ({ row, at: row.startedAt ?? clock.now(), kind: 'sending', forecast: null }))
      .filter(({ at }) => at >= from && at < to)
  }

  function planned(mailboxId: number, { from, to }: { readonly from: number; readonly to: number }): DayMark[] {
    const { order, bySend } = forecasts.of(mailboxId)
    const ids = order().filter((id) => {
      const at = bySend.get(id)?.at ?? null
      return at !== null && at >= from && at < to
    })
    return listSendViews(db, ids.slice(0, MOST_MARKS)).map((row) => {
      const forecast = bySend.get(row.id) ?? null
      return { row, at: forecast?.at ?? from, kind: 'planned', forecast }
    })
  }

  function heldIn(mailboxId: number): MailboxDay['held'] {
    const counts = new Map<WaitCode, number>()
    for (const { at, because } of forecasts.of(mailboxId).bySend.values()) {
      if (at === null) counts.set(because, (counts.get(because) ?? 0) + 1)
    }
    return [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count)
  }
}

/** The days of a mail that comes back, counted as if it had waited all along. */
import type { Writer } from '#db/open'
import { findDelay } from '#db/queries/campaigns'
import { lastBefore } from '#db/queries/enrolments'
import type { MailboxRecord } from '#db/queries/mailboxes'
import { listStops } from '#db/queries/pauses'
import type { Send } from '#db/queries/sends'
import { findOwnDate } from '#db/queries/waiting-sends'
import { dueAfterStops } from '#shared/domain/delay-clock'
import type { Calendars } from '../planning/calendars.ts'

export interface RecountDeps {
  readonly calendars: Calendars
  readonly mailboxOf: (mailboxId: number) => MailboxRecord | null
}

/**
 * When it is due, epoch ms, by the delay and the calendar of now and with every pause since the mail before it; a date of the
 * rep's own is kept. Null: it counts no days.
 */
export function recountedDue(tx: Writer, { calendars, mailboxOf }: RecountDeps, send: Send): number | null {
  const { campaignId, leadId, step } = send
  const own = findOwnDate(tx, send.id)
  if (own?.isInstead === 1) return own.at
  const from = step === 0 ? null : lastBefore(tx, send)
  const delay = findDelay(tx, campaignId, step)
  const mailbox = mailboxOf(send.mailboxId)
  if (from === null || delay === null || !mailbox) return own?.at ?? null
  const calendar = calendars.of(mailbox.policy, send.zone, true)
  const clock = { from, due: calendar.after(from, delay.days, delay.unit), unit: delay.unit }
  const due = dueAfterStops(calendar, clock, listStops(tx, { campaignId, leadId }))
  return Math.max(due, own?.at ?? due)
}

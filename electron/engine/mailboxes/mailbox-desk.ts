import { countByHand, countLeft, countUnfinished, type MailboxRecord } from '#db/queries/mailboxes'
import { countSentBetween, countSentOf } from '#db/queries/send-views'
import { findSendIdByKey, listHandedOver } from '#db/queries/sends'
import type { Health } from '#shared/domain/health'
import type { SendId } from '#shared/domain/ids'
import { dailyLimit, DAY_MS, HOUR_MS } from '#shared/domain/pacing'
import { localDateOf, startOfDay } from '#shared/domain/wall-time'
import { AppError } from '#shared/errors'
import type { PracticeCopy } from '../../mailbox/mail-room.ts'
import type { Accounts } from './accounts.ts'
import type { EngineContext } from '../context.ts'
import { practiceFolder } from '../folders.ts'
import type { Forecasts } from '../planning/forecast.ts'
import { healthNow, recentAnswers } from '../inbox/health.ts'
import type { Holidays } from '../planning/holidays.ts'
import type { Mailboxes } from './mailboxes.ts'

/** A mailbox with what it has used of the day. */
export interface MailboxWithBudget {
  readonly record: MailboxRecord
  readonly healthReasons: Health['reasons']
  readonly budget: {
    readonly lastHour: number
    readonly lastDay: number
    readonly byHand: number
    /** What cap and ramp allow in 24 hours now. */
    readonly dailyLimit: number
    /** Sent since midnight of the mailbox's zone. */
    readonly today: number
    readonly waiting: number
  }
  /** Mails that its provider holds. */
  readonly held: number
  /** Epoch ms; null: nothing planned. */
  readonly nextSendAt: number | null
}

/** The last days of a mailbox, and what came back for its last mails. */
export interface Lately {
  /** By its own zone, today last. */
  readonly days: { date: string; sent: number; limit: number }[]
  readonly recent: { mails: number; replied: number; bounced: number }
}

const SHOWN_DAYS = 14

/** What the Mailboxes page shows beside the accounts themselves. */
export interface MailboxDesk {
  readonly accounts: Accounts
  readonly mailboxes: Mailboxes
  withBudget(mailboxId: number): MailboxWithBudget
  /** Throws `mailbox.not_found`. */
  lately(mailboxId: number): Lately
  holidayCountries: Holidays['countries']
  /** Throws `mailbox.kind_mismatch` for a mailbox that really sends. */
  practiceMail(mailboxId: number, page: { offset: number; limit: number }): Promise<PracticePage>
}

export interface PracticePage {
  readonly rows: PracticeRow[]
  readonly total: number
  readonly folder: string
}

type PracticeRow = Omit<PracticeCopy, 'key'> & { readonly sendId: SendId | null }

export interface MailboxDeskDeps extends Pick<EngineContext, 'db' | 'clock' | 'dataFolder' | 'mail'> {
  readonly accounts: Accounts
  readonly mailboxes: Mailboxes
  readonly forecasts: Forecasts
  readonly holidays: Holidays
}

export function createMailboxDesk(deps: MailboxDeskDeps): MailboxDesk {
  const { db, clock, mailboxes } = deps

  function withBudget(mailboxId: number): MailboxWithBudget {
    const record = mailboxes.get(mailboxId)
    const now = clock.now()
    const held = listHandedOver(db, mailboxId).length
    const midnight = startOfDay(now, record.policy.zone ?? clock.zone())
    return {
      record,
      healthReasons: healthNow(db, record).reasons,
      budget: {
        lastHour: countLeft(db, mailboxId, now - HOUR_MS + 1) - held,
        lastDay: countLeft(db, mailboxId, now - DAY_MS + 1) - held,
        byHand: countByHand(db, mailboxId, now - DAY_MS + 1),
        dailyLimit: dailyLimit(record.policy, now),
        today: countSentOf(db, mailboxId, midnight),
        waiting: countUnfinished(db, mailboxId),
      },
      held,
      nextSendAt: deps.forecasts.of(mailboxId).nextAt,
    }
  }

  function lately(mailboxId: number): Lately {
    const record = mailboxes.get(mailboxId)
    const zone = record.policy.zone ?? clock.zone()
    const days: Lately['days'] = []
    let to = clock.now() + 1
    while (days.length < SHOWN_DAYS) {
      const from = startOfDay(to - 1, zone)
      const sent = countSentBetween(db, mailboxId, { from, to })
      days.unshift({ date: localDateOf(from, zone), sent, limit: dailyLimit(record.policy, to - 1) })
      to = from
    }
    return { days, recent: recentAnswers(db, record) }
  }

  async function practiceMail(mailboxId: number, page: { offset: number; limit: number }): Promise<PracticePage> {
    if (mailboxes.get(mailboxId).kind !== 'practice')
      throw new AppError('mailbox.kind_mismatch', 'not a practice mailbox')
    const folder = practiceFolder(deps.dataFolder, mailboxId)
    const { rows, total } = await deps.mail.listPractice(folder, page)
    return { rows: rows.map(({ key, ...mail }) => ({ ...mail, sendId: sendIdOf(key) })), total, folder }
  }

  function sendIdOf(key: string): SendId | null {
    return findSendIdByKey(db, key) as SendId | null
  }

  return {
    accounts: deps.accounts,
    mailboxes,
    withBudget,
    lately,
    practiceMail,
    holidayCountries: () => deps.holidays.countries(),
  }
}

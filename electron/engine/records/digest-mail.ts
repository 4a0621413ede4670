/**
 * The digest as a mail from the rep's own mailbox to its own address: at most one for each local day, whatever crashes,
 * restarts and restored backups come between. It goes at the digest's time or, where the machine slept or the mailbox cannot
 * send, as soon as that is over, on the same day. From the moment in which its provider is asked the day is done.
 */
import { findDigestMail, lastDigestDate } from '#db/queries/readiness'
import { getSetting } from '#db/queries/settings'
import type { Digest } from '#shared/contract/digest'
import { nextDigestAt } from '#shared/domain/digest-time'
import { localDateOf } from '#shared/domain/wall-time'
import { AppError } from '#shared/errors'
import type { Disarm } from '../../platform/clock.ts'
import type { EngineContext } from '../context.ts'
import type { DigestNote, TestMails } from '../texts/test-mails.ts'
import type { Mailboxes } from '../mailboxes/mailboxes.ts'

export interface DigestMails {
  /** How today's stands; null: the rep wants none. */
  today(): Digest['mail']
  start(): void
  /** The rules changed. */
  rearm(): void
  close(): void
}

export interface DigestMailsDeps extends Pick<EngineContext, 'db' | 'clock' | 'log'> {
  readonly testMails: Pick<TestMails, 'sendDigest' | 'whyNot' | 'endDigestsBefore'>
  readonly mailboxes: Pick<Mailboxes, 'find'>
  readonly write: () => Pick<DigestNote, 'subject' | 'text'>
}

/** What could not be asked for is tried again after this long, ms. */
const AGAIN_MS = 15 * 60_000

export function createDigestMails(deps: DigestMailsDeps): DigestMails {
  const { db, clock, testMails } = deps
  let disarm: Disarm = () => {}
  let isRunning = false

  function arm(notBefore = 0): void {
    disarm()
    if (!isRunning || getSetting(db, 'digestMail').mailboxId === null) return
    disarm = clock.at(Math.max(nextAt(), notBefore, clock.now()), wake)
  }

  /** Epoch ms; a moment in the past means now. */
  function nextAt(): number {
    const { minuteOfDay } = getSetting(db, 'digest')
    const lastDate = [getSetting(db, 'digestMail').notUntil, lastDigestDate(db)].toSorted().at(-1) ?? ''
    return nextDigestAt({ now: clock.now(), zone: clock.zone(), minuteOfDay, lastDate })
  }

  function wake(): void {
    try {
      sendOnce()
    } catch (error) {
      if (!(error instanceof AppError)) deps.log.error('no digest by mail', error)
    }
    arm(clock.now() + AGAIN_MS)
  }

  function sendOnce(): void {
    const date = today()
    testMails.endDigestsBefore(date)
    const { mailboxId } = getSetting(db, 'digestMail')
    if (mailboxId === null || nextAt() > clock.now()) return
    testMails.sendDigest({ date, mailboxId, ...deps.write() })
  }

  function today(): string {
    return localDateOf(clock.now(), clock.zone())
  }

  return {
    today() {
      const { mailboxId } = getSetting(db, 'digestMail')
      const begun = findDigestMail(db, today())
      if (mailboxId === null) return null
      const id = begun?.mailboxId ?? mailboxId
      const address = deps.mailboxes.find(id)?.address ?? ''
      if (begun !== null && begun.status !== 'preparing') {
        return { address, status: begun.status, code: begun.failureCode, at: begun.askedAt }
      }
      const at = nextAt()
      const code = at > clock.now() ? null : (testMails.whyNot(id) ?? begun?.failureCode ?? null)
      return { address, status: 'preparing', code, at }
    },
    start() {
      isRunning = true
      testMails.endDigestsBefore(today())
      arm()
    },
    rearm: () => arm(),
    close() {
      isRunning = false
      disarm()
    },
  }
}

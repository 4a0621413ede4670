/** "Before going live": what can be verified of a mailbox, and that nothing is queued from one that must not write yet. */
import { type Writer, write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import type { MailboxRecord } from '#db/queries/mailboxes'
import {
  findDomainReport,
  findNewestTestMail,
  findPauseTrial,
  hasEverQueued,
  saveDomainReport,
} from '#db/queries/readiness'
import { domainProvider } from '#shared/domain/domain-providers'
import { LEAST_HEALTH } from '#shared/domain/gates'
import { companyOf } from '#shared/domain/company'
import { type Check, judgeReadiness } from '#shared/domain/readiness'
import { isSenderKnown } from '#shared/domain/sender-identity'
import { AppError } from '#shared/errors'
import type { EngineContext } from '../context.ts'
import { checkDomain } from './domain-check.ts'
import type { Mailboxes } from './mailboxes.ts'
import type { Queue } from '../sending/queue.ts'
import type { TestMailRecord, TestMails } from '../texts/test-mails.ts'

export interface ReadinessView {
  readonly mailboxId: number
  readonly checks: readonly Check[]
  readonly isReal: boolean
  /** Nothing was ever queued from it. */
  readonly isFirst: boolean
  /** Nothing can be queued from it before its sender is known. */
  readonly isBlocked: boolean
  /** Epoch ms; null: never. */
  readonly domainCheckedAt: number | null
  readonly testMail: TestMailRecord | null
}

export interface Readiness {
  /** Throws `mailbox.not_found`, as all of them do. */
  get(mailboxId: number): ReadinessView
  /** Asks the name servers about the mailbox's own domain, and keeps what they say. */
  checkDomain(mailboxId: number): Promise<ReadinessView>
  /** Pauses, lets the queue try to take a mail, resumes. Throws `readiness.not_ready` for a mailbox that is not at work. */
  tryPause(mailboxId: number): ReadinessView
  /**
   * Throws `dispatch.not_ready` where nothing may be queued from this mailbox, or where it is the first time, a check has
   * failed and the rep has not said that they know. A practice mailbox may always be used.
   */
  assertMayQueue(mailbox: MailboxRecord, order: { readonly acceptsFailedChecks: boolean }): void
}

export interface ReadinessDeps extends Pick<EngineContext, 'db' | 'clock' | 'dns' | 'publish'> {
  readonly mailboxes: Mailboxes
  readonly queue: Queue
  readonly testMails: TestMails
}

export function createReadiness(deps: ReadinessDeps): Readiness {
  const { db, clock, mailboxes } = deps

  function checksOf(mailbox: MailboxRecord): readonly Check[] {
    return judgeReadiness({
      mailbox,
      zone: clock.zone(),
      pause: findPauseTrial(db, mailbox.id),
      isFreeMail: companyOf(mailbox.address.toLowerCase()) === null,
      domain: findDomainReport(db, mailbox.id),
      testMail: deps.testMails.factsOf(findNewestTestMail(db, mailbox.id)),
    })
  }

  function get(mailboxId: number): ReadinessView {
    const mailbox = mailboxes.get(mailboxId)
    return {
      mailboxId,
      checks: checksOf(mailbox),
      isReal: mailbox.kind !== 'practice',
      isFirst: !hasEverQueued(db, mailboxId),
      isBlocked: isBlocked(mailbox),
      domainCheckedAt: findDomainReport(db, mailboxId)?.checkedAt ?? null,
      testMail: findNewestTestMail(db, mailboxId),
    }
  }

  async function lookUp(mailboxId: number): Promise<ReadinessView> {
    const { kind, address, smtp } = mailboxes.get(mailboxId)
    if (kind === 'practice' || companyOf(address.toLowerCase()) === null) return get(mailboxId)
    const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase()
    const provider = domainProvider(kind, smtp?.host ?? null)
    const report = await checkDomain(deps.dns, { domain, provider, now: clock.now() })
    write(db, (tx) => saveDomainReport(tx, mailboxId, report))
    deps.publish({ type: 'mailboxes.changed' })
    return get(mailboxId)
  }

  function tryPause(mailboxId: number): ReadinessView {
    const { status, health } = mailboxes.get(mailboxId)
    // Resuming a mailbox that stopped itself would forgive it what came back.
    if (status !== 'ready' || health < LEAST_HEALTH) throw new AppError('readiness.not_ready', 'it is not at work')
    mailboxes.pause(mailboxId)
    const claim = deps.queue.claim(mailboxId)
    if (claim.got === 'send') deps.queue.move(claim.send, { type: 'held', notBefore: claim.send.notBefore })
    const held = claim.got !== 'send'
    const data = { held, because: claim.got === 'wait' ? claim.because : null }
    write(db, (tx) => insertEvent(tx, { at: clock.now(), kind: 'pause_tried', mailboxId, data }))
    // What a pause cannot hold is left paused for the rep to see.
    if (held) mailboxes.resume(mailboxId)
    return get(mailboxId)
  }

  function assertMayQueue(mailbox: MailboxRecord, { acceptsFailedChecks }: { acceptsFailedChecks: boolean }): void {
    if (isBlocked(mailbox)) throw notReady(mailbox.id, { isBlocked: true })
    if (mailbox.kind === 'practice' || hasEverQueued(db, mailbox.id)) return
    const failed = checksOf(mailbox).filter(({ state }) => state === 'failed')
    if (failed.length === 0) return
    const codes = failed.map(({ code }) => code)
    if (!acceptsFailedChecks) throw notReady(mailbox.id, { isBlocked: false })
    write(db, (tx) => rememberAccepted(tx, { mailboxId: mailbox.id, codes, now: clock.now() }))
  }

  return { get, checkDomain: lookUp, tryPause, assertMayQueue }
}

/** A real mailbox writes to nobody new without saying who writes and how to opt out. */
function isBlocked(mailbox: MailboxRecord): boolean {
  return mailbox.kind !== 'practice' && !isSenderKnown(mailbox)
}

function notReady(mailboxId: number, { isBlocked: isHopeless }: { isBlocked: boolean }): AppError {
  const message = isHopeless ? 'the sender is not known' : 'a check has failed'
  return new AppError('dispatch.not_ready', message, { details: { mailboxId, isBlocked: isHopeless } })
}

function rememberAccepted(
  tx: Writer,
  { mailboxId, codes, now }: { mailboxId: number; codes: string[]; now: number },
): void {
  insertEvent(tx, { at: now, kind: 'failed_checks_accepted', mailboxId, data: { checks: codes } })
}

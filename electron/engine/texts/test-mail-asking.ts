/** Asks a provider to send a test mail, once: on disk before it hears of it, and never again whatever it answers. */
import { type Writer, write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { deleteOutsideMail, insertOutsideMail } from '#db/queries/incoming'
import { countedAs, getTestMail, type TestMailRecord, updateTestMail } from '#db/queries/readiness'
import { AppError } from '#shared/errors'
import type { MailProvider, OutgoingMail } from '../../mailbox/mail-provider.ts'
import type { Running } from '../sending/in-flight.ts'
import { troubleOf } from '../mailboxes/mailbox-trouble.ts'
import type { TestMailsDeps } from './test-mails.ts'

type Change = Parameters<typeof updateTestMail>[2]

/** Answers that say clearly that nothing was sent. */
const CLEAR: ReadonlySet<string> = new Set(['mail.refused', 'mail.unreachable', 'mail.signed_out', 'mail.invalid'])

/** What held it up before is over. */
const NO_FAILURE = { failureCode: null, providerCode: null } as const

/** Resolves when its outcome is on disk. */
export async function askForTestMail(
  deps: TestMailsDeps,
  { id, mail, running }: { id: number; mail: OutgoingMail; running: Running },
): Promise<void> {
  const { mailboxId } = getTestMail(deps.db, id)
  const { signal } = running.abort
  let hasBegun = false
  const mayLeave = (): boolean => {
    hasBegun = !isStopped(deps, mailboxId) && getTestMail(deps.db, id).status === 'sending'
    running.isLeaving ||= hasBegun
    return hasBegun
  }
  try {
    const provider = await deps.providers.of(deps.mailboxes.get(mailboxId))
    const draftId = await draftFor(deps, { id, mail, provider, signal })
    if (draftId === null) return
    if (start(deps, id)) {
      const { providerMessageId, messageId } = await provider.sendDraft(draftId, mail, mayLeave, signal)
      settleTestMail(deps, id, { status: 'accepted', providerMessageId, messageId })
      deps.mailboxes.worked(mailboxId)
    } else {
      await provider.deleteDraft(draftId, signal)
    }
  } catch (error) {
    const isRefused = error instanceof AppError && CLEAR.has(error.code)
    settleTestMail(deps, id, { ...failureOf(error), status: hasBegun && !isRefused ? 'uncertain' : 'failed' })
    const trouble = signal.aborted ? null : troubleOf(error)
    if (trouble !== null) deps.troubled(mailboxId, trouble)
  }
}

/**
 * A digest is known by its day: after a restored backup it may be out already. Then it is settled, and null is answered. One
 * that was drafted before is sent from that draft.
 */
async function draftFor(
  deps: TestMailsDeps,
  { id, mail, provider, signal }: { id: number; mail: OutgoingMail; provider: MailProvider; signal: AbortSignal },
): Promise<string | null> {
  const isDigest = getTestMail(deps.db, id).digestDate !== null
  const found = isDigest ? await provider.findDraft(mail.key, null, signal) : null
  if (found?.fate === 'sent') {
    const { providerMessageId, messageId } = found
    settleTestMail(deps, id, { ...NO_FAILURE, status: 'accepted', providerMessageId, messageId })
    return null
  }
  return found?.fate === 'draft' ? found.draftId : (await provider.createDraft(mail, signal)).draftId
}

/** What the rep has stopped stays stopped, also for a mail to themselves; a mailbox that rests is left alone. */
export function isStopped(
  deps: Pick<TestMailsDeps, 'isAppPaused' | 'mailboxes' | 'clock'>,
  mailboxId: number,
): boolean {
  const mailbox = deps.mailboxes.find(mailboxId)
  // A rest that is over ends with the next thing that works, and this may be it.
  const hasRested = mailbox?.status === 'resting' && (mailbox.restingUntil ?? 0) <= deps.clock.now()
  return deps.isAppPaused() || !(mailbox?.status === 'ready' || hasRested)
}

/** On disk, and counted, before the provider is asked. False: the rep stopped everything in the meantime. */
function start(deps: TestMailsDeps, id: number): boolean {
  return write(deps.db, (tx) => {
    const mail = getTestMail(tx, id)
    if (mail.status !== 'preparing') return false
    if (isStopped(deps, mail.mailboxId)) {
      settleIn(tx, { mail, change: { status: 'failed', failureCode: 'readiness.paused' }, now: deps.clock.now() })
      return false
    }
    const now = deps.clock.now()
    updateTestMail(tx, mail, { ...NO_FAILURE, status: 'sending', askedAt: now })
    insertOutsideMail(tx, { mailboxId: mail.mailboxId, providerMessageId: countedAs(mail.key), sentAt: now })
    // The story of a digest is its end alone.
    if (mail.digestDate === null) insertEvent(tx, { at: now, kind: 'test_mail_asked', mailboxId: mail.mailboxId })
    return true
  })
}

/** Writes an outcome. What has one already keeps it. */
export function settleTestMail(deps: Pick<TestMailsDeps, 'db' | 'clock' | 'replan'>, id: number, change: Change): void {
  write(deps.db, (tx) => {
    const mail = getTestMail(tx, id)
    if (mail.status !== 'preparing' && mail.status !== 'sending') return
    settleIn(tx, { mail, change, now: deps.clock.now() })
  })
  deps.replan()
}

function settleIn(tx: Writer, { mail, change, now }: { mail: TestMailRecord; change: Change; now: number }): void {
  if (isPutOff(mail, change)) {
    updateTestMail(tx, mail, { ...change, status: 'preparing' })
    return
  }
  const after = updateTestMail(tx, mail, change)
  if (after.status === 'failed') deleteOutsideMail(tx, mail.mailboxId, countedAs(mail.key))
  tellOutcome(tx, after, now)
}

/** Of a digest nothing was asked yet: until its day is over there is another try. */
function isPutOff({ digestDate, status }: TestMailRecord, change: Change): boolean {
  const isForGood = change.failureCode === 'mail.invalid'
  return digestDate !== null && status === 'preparing' && change.status === 'failed' && !isForGood
}

/** Its day is over. What had an outcome keeps it. */
export function endDigest(tx: Writer, id: number, now: number): void {
  const mail = getTestMail(tx, id)
  if (mail.status === 'preparing') tellOutcome(tx, updateTestMail(tx, mail, { status: 'failed' }), now)
}

export function tellOutcome(tx: Writer, mail: TestMailRecord, now: number): void {
  const { mailboxId, status, failureCode, providerCode, digestDate } = mail
  const kind = digestDate === null ? 'test_mail_settled' : 'digest_mailed'
  insertEvent(tx, { at: now, kind, mailboxId, data: { status, code: failureCode, providerCode } })
}

function failureOf(error: unknown): { failureCode: string; providerCode: string | null } {
  const code = error instanceof AppError ? error.details['providerCode'] : null
  return {
    failureCode: error instanceof AppError ? error.code : 'internal',
    providerCode: typeof code === 'string' ? code : null,
  }
}

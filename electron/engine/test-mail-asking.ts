/** Asks a provider to send a test mail, once: on disk before it hears of it, and never again whatever it answers. */
import { type Writer, write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { deleteOutsideMail, insertOutsideMail } from '#db/queries/incoming'
import { getTestMail, type TestMailRecord, updateTestMail } from '#db/queries/readiness'
import { AppError } from '#shared/errors'
import type { OutgoingMail } from '../mailbox/mail-provider.ts'
import type { Running } from './in-flight.ts'
import { troubleOf } from './mailbox-trouble.ts'
import type { TestMailsDeps } from './test-mails.ts'

type Change = Parameters<typeof updateTestMail>[2]

/** Answers that say clearly that nothing was sent. */
const CLEAR: ReadonlySet<string> = new Set(['mail.refused', 'mail.unreachable', 'mail.signed_out', 'mail.invalid'])

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
    const { draftId } = await provider.createDraft(mail, signal)
    if (start(deps, id)) {
      const { providerMessageId, messageId } = await provider.sendDraft(draftId, mail, mayLeave, signal)
      settleTestMail(deps, id, { status: 'accepted', providerMessageId, messageId })
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

/** What the rep has stopped stays stopped, also for a mail to themselves; a mailbox that rests is left alone. */
export function isStopped(deps: Pick<TestMailsDeps, 'isAppPaused' | 'mailboxes'>, mailboxId: number): boolean {
  return deps.isAppPaused() || deps.mailboxes.find(mailboxId)?.status !== 'ready'
}

/** On disk, and counted, before the provider is asked. False: the rep stopped everything in the meantime. */
function start(deps: TestMailsDeps, id: number): boolean {
  return write(deps.db, (tx) => {
    const mail = getTestMail(tx, id)
    if (isStopped(deps, mail.mailboxId)) {
      settleIn(tx, { mail, change: { status: 'failed', failureCode: 'readiness.paused' }, now: deps.clock.now() })
      return false
    }
    const now = deps.clock.now()
    updateTestMail(tx, mail, { status: 'sending', askedAt: now })
    insertOutsideMail(tx, { mailboxId: mail.mailboxId, providerMessageId: countedAs(mail), sentAt: now })
    insertEvent(tx, { at: now, kind: 'test_mail_asked', mailboxId: mail.mailboxId })
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
  const { mailboxId, status, failureCode, providerCode } = updateTestMail(tx, mail, change)
  if (status === 'failed') deleteOutsideMail(tx, mailboxId, countedAs(mail))
  const data = { status, code: failureCode, providerCode }
  insertEvent(tx, { at: now, kind: 'test_mail_settled', mailboxId, data })
}

/** Among the mails that the rep sent by other means. */
function countedAs({ key }: TestMailRecord): string {
  return `test ${key}`
}

function failureOf(error: unknown): { failureCode: string; providerCode: string | null } {
  const code = error instanceof AppError ? error.details['providerCode'] : null
  return {
    failureCode: error instanceof AppError ? error.code : 'internal',
    providerCode: typeof code === 'string' ? code : null,
  }
}

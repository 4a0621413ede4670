/** The way out of a draft: the last look at it, and the one request that makes it leave. */
import { AppError } from '#shared/errors'
import type { AcceptedMail, OutgoingMail } from '../mail-provider.ts'
import { contentHashOf, decodeDraftRef, type DraftRef } from './outlook-draft-ref.ts'
import { isThrownAway, readById } from './outlook-drafts.ts'
import { outlookFailure } from './outlook-failure.ts'
import { settleFiles } from './outlook-files.ts'
import {
  DEFERRED_PROPERTY,
  messagePath,
  odataTime,
  readMessage,
  sentMailOf,
  toGraphMessage,
  wholeSeconds,
  type OutlookMessage,
} from './outlook-message.ts'
import { refusalOf, type OutlookSession } from './outlook-session.ts'

/** The draft of this mail; throws `mail.invalid` for that of another one. */
export function refOfMail(draftId: string, mail: OutgoingMail): DraftRef {
  const ref = decodeDraftRef(draftId)
  if (ref?.key !== mail.key) throw new AppError('mail.invalid', 'this draft belongs to another mail')
  return ref
}

/** Null when it is gone. */
export async function patchMessage(
  session: OutlookSession,
  { id, content }: { id: string; content: object },
  signal: AbortSignal,
): Promise<OutlookMessage | null> {
  const changed = await session.read({ method: 'PATCH', path: messagePath(id), body: content }, signal)
  return changed === null ? null : messageIn(changed)
}

export function messageIn(value: unknown): OutlookMessage {
  const message = readMessage(value)
  if (message !== null) return message
  const refusal = { status: 200, codes: ['NotAMessage'], retryAfterMs: null, wantsClaims: false, requestId: null }
  throw outlookFailure(refusal, 'prepare')
}

/**
 * The last look at the draft and its files, before anything is asked. One that has left (by hand, or by us before a restart) is told and
 * not sent again: what a second `/send` does is documented nowhere (§5.2). One that somebody changed, or that was made from
 * an older text, gets the approved text again. One that is gone is a doubt, ours or, for the same mail, by Exchange's own
 * answer: it was sent by hand, and its id changed, or it was deleted. With `leavesAt` (epoch ms) Exchange will hold it until then.
 */
export async function prepareToLeave(
  session: OutlookSession,
  { ref, mail, leavesAt }: { ref: DraftRef; mail: OutgoingMail; leavesAt: number | null },
  signal: AbortSignal,
): Promise<AcceptedMail | null> {
  const content = await toGraphMessage(mail)
  const seen = await look(() => readById(session, ref.id, signal))
  const isSameMail = ref.contentHash === contentHashOf(mail)
  if (seen === null && isSameMail) return null
  if (seen === null) throw goneDraft()
  // Handed to transport is what 202 means: it will leave by itself.
  if (!seen.isDraft || seen.isSubmitted) return sentMailOf(seen)
  if (seen.folderId !== ref.folderId && (await look(() => isThrownAway(session, seen, signal)))) {
    throw notThisDraft('the draft was thrown away by hand', 'draft_deleted', { isUnsent: true })
  }
  const isUntouched = isSameMail && ref.changeKey === seen.changeKey
  if (!isUntouched) {
    const changed = await patchMessage(session, { id: ref.id, content }, signal)
    if (changed === null) throw goneDraft()
  }
  await settleFiles(session, { id: ref.id, files: mail.attachments, isUntouched }, signal)
  if (leavesAt !== null) await deferUntil(session, { id: ref.id, at: leavesAt }, signal)
  else if (seen.deferredUntil !== null) await setDeferred(session, { id: ref.id, at: LONG_AGO }, signal)
  return null
}

/** A time that has passed means "at once" (providers.md §7); a property cannot be taken away again. */
const LONG_AGO = 0

/** Only what is seen in the draft counts: without it the mail would leave at once, perhaps in the middle of the night. */
async function deferUntil(
  session: OutlookSession,
  { id, at }: { id: string; at: number },
  signal: AbortSignal,
): Promise<void> {
  await setDeferred(session, { id, at }, signal)
  const seen = await look(() => readById(session, id, signal))
  if (seen === null) throw goneDraft()
  if (seen.deferredUntil === wholeSeconds(at) && seen.isDraft && !seen.isSubmitted) return
  throw notThisDraft('Exchange did not keep the time', 'not_deferred', { isFinal: false, isUnsent: true })
}

async function setDeferred(
  session: OutlookSession,
  { id, at }: { id: string; at: number },
  signal: AbortSignal,
): Promise<void> {
  const value = odataTime(wholeSeconds(at))
  const content = { singleValueExtendedProperties: [{ id: DEFERRED_PROPERTY, value }] }
  if ((await patchMessage(session, { id, content }, signal)) === null) throw goneDraft()
}

/** A look that was refused tells nothing of the mail: it is no mail's fault, and looking again may help. */
async function look<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'mail.refused' || error.details['scope'] !== 'message')
      throw error
    throw new AppError('mail.refused', error.message, { details: { ...error.details, isFinal: false }, cause: error })
  }
}

function goneDraft(): AppError {
  return new AppError('mail.unanswered', 'the draft is gone, and held another text', {
    details: { providerCode: 'draft_gone', restMs: null },
  })
}

/** One `POST /send`. 202 means accepted, with or without a request to slow down (providers.md §3.2). */
export async function sendOnce(
  session: OutlookSession,
  { ref, beforeFirstByte }: { ref: DraftRef; beforeFirstByte: () => boolean },
  signal: AbortSignal,
): Promise<AcceptedMail> {
  const path = `${messagePath(ref.id)}/send`
  const answer = await session.ask({ method: 'POST', path, beforeFirstByte }, signal)
  const refusal = refusalOf(answer)
  if (answer.status !== 202) throw outlookFailure(refusal, 'send')
  const sent = { providerMessageId: ref.id, threadId: ref.threadId, messageId: ref.messageId }
  return refusal.retryAfterMs === null ? sent : { ...sent, restMs: refusal.retryAfterMs }
}

export function notThisDraft(
  message: string,
  providerCode: string,
  more: { isUnsent?: boolean; isFinal?: boolean } = {},
): AppError {
  return new AppError('mail.refused', message, { details: { isFinal: true, providerCode, scope: 'message', ...more } })
}

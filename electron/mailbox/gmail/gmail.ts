import { AppError } from '#shared/errors'
import { formatDraftId, parseDraftId, printOf, printsOf, type DraftMark } from './gmail-draft-id.ts'
import { createGmailLookups } from './gmail-find.ts'
import { createGmailReader } from './gmail-reader.ts'
import { createGmailSession, type GmailSession } from './gmail-session.ts'
import type { GoogleMeans } from './google-client.ts'
import type { AcceptedMail, MailProvider, OutgoingMail, ProofTimes } from '../mail-provider.ts'
import { buildMime } from '../mime.ts'
import type { MailboxSecret } from '../sign-in.ts'

export interface GmailMeans extends GoogleMeans {
  readonly secret: MailboxSecret
  /** What the rep allowed at sign-in: `grantsReading` of the secret. */
  readonly mayRead: boolean
}

/** providers.md §5.1, "Reconcile"; for the end it names no time, and §5.2's is as good here. */
const PROOF: ProofTimes = {
  firstLookMs: 60_000,
  draftAgeMs: 120_000,
  draftLooks: 2,
  betweenLooksMs: 60_000,
  giveUpMs: 10 * 60_000,
}

/**
 * A mailbox at Gmail. Its draft is the token that keeps a mail from leaving twice: only `drafts.send` with the id of a
 * draft that is still there can send, and Gmail deletes the draft when it does. Gmail replaces our Message-ID (providers.md §5.1).
 */
export function createGmailProvider(means: GmailMeans): MailProvider {
  const session = createGmailSession(means)
  const lookups = createGmailLookups(session, means)
  return {
    kind: 'gmail',
    proof: PROOF,
    hasVisibleDrafts: true,
    looksAt: means.mayRead ? ['draft', 'thread', 'sent'] : ['draft'],
    reader: means.mayRead ? createGmailReader(session) : null,
    createDraft: (mail, signal) => createDraft(session, mail, { mayRead: means.mayRead, signal }),
    sendDraft: async (draftId, mail, beforeFirstByte, signal) => {
      const bytes = await buildMime(mail)
      const mark = parseDraftId(draftId)
      if (mark?.key !== mail.key) throw new AppError('mail.invalid', 'this draft belongs to another mail')
      return send(session, { mark, mail, bytes, leave: askOnce(beforeFirstByte), signal })
    },
    findDraft: lookups.findDraft,
    strayDrafts: lookups.strayDrafts,
    deleteDraft: async (draftId, signal) => {
      const id = parseDraftId(draftId)?.draftId
      if (id !== undefined) await session.find((users) => users.drafts.delete({ userId: 'me', id }), signal)
    },
    ownAddresses: (signal) => (means.mayRead ? listSendAs(session, signal) : Promise.resolve([])),
    check: async (signal) => {
      await session.ask((users) => users.getProfile({ userId: 'me' }), signal)
    },
  }
}

/** `settings.sendAs.list`: allowed by `gmail.readonly` (providers.md §1.1). */
async function listSendAs(session: GmailSession, signal: AbortSignal): Promise<string[]> {
  const { sendAs = [] } = await session.ask((users) => users.settings.sendAs.list({ userId: 'me' }), signal)
  return sendAs.flatMap(({ sendAsEmail }) => sendAsEmail ?? [])
}

/** The history id from before lets a later run see everything that was sent since (providers.md §5.1 c). */
async function createDraft(
  session: GmailSession,
  mail: OutgoingMail,
  { mayRead, signal }: { mayRead: boolean; signal: AbortSignal },
): Promise<{ draftId: string }> {
  const bytes = await buildMime(mail)
  const profile = mayRead ? await session.ask((users) => users.getProfile({ userId: 'me' }), signal) : {}
  const message = toMessage(mail, bytes)
  const draft = await session.ask((users) => users.drafts.create({ userId: 'me', requestBody: { message } }), signal)
  if (!draft.id)
    throw new AppError('mail.unreachable', 'a draft without an id', { details: { reason: 'no_connection' } })
  const mark: DraftMark = {
    key: mail.key,
    draftId: draft.id,
    threadId: draft.message?.threadId ?? '',
    historyId: profile.historyId ?? '',
    ...printsOf(mail, bytes),
  }
  return { draftId: formatDraftId(mark) }
}

interface Sending {
  readonly mark: DraftMark
  readonly mail: OutgoingMail
  readonly bytes: Buffer
  readonly leave: () => void
  readonly signal: AbortSignal
}

/** An answer without an id is none. */
async function send(session: GmailSession, { mark, mail, bytes, leave, signal }: Sending): Promise<AcceptedMail> {
  if (mark.bytes !== printOf(bytes)) await replaceDraft(session, { mark, mail, bytes, leave, signal })
  const requestBody = { id: mark.draftId }
  const sent = await session.send((users) => users.drafts.send({ userId: 'me', requestBody }), leave, signal)
  if (!sent.id) throw new AppError('mail.unanswered', 'Gmail answered the send without an id')
  return { providerMessageId: sent.id, threadId: sent.threadId ?? null, messageId: null }
}

/**
 * A draft from before a restart may hold an older text than the mail that is to leave now. The id stays. That a draft is
 * gone leaves a doubt as it does for the send: it was deleted, or sent by hand; so this comes after the last question.
 */
async function replaceDraft(session: GmailSession, { mark, mail, bytes, leave, signal }: Sending): Promise<void> {
  leave()
  const requestBody = { message: toMessage(mail, bytes) }
  const draft = await session.find(
    (users) => users.drafts.update({ userId: 'me', id: mark.draftId, requestBody }),
    signal,
  )
  if (draft === null) throw new AppError('mail.unanswered', 'the draft is gone: deleted, or sent by hand')
}

/** Without the thread Gmail starts a new one, whatever the headers say (providers.md §6). */
function toMessage({ follows }: OutgoingMail, bytes: Buffer): { raw: string; threadId?: string } {
  const raw = bytes.toString('base64url')
  return follows?.threadId ? { raw, threadId: follows.threadId } : { raw }
}

/** The last question is asked once, however many requests follow. */
function askOnce(beforeFirstByte: () => boolean): () => void {
  let isAsked = false
  return () => {
    if (isAsked) return
    isAsked = true
    let mayLeave = false
    let cause: unknown
    try {
      mayLeave = beforeFirstByte()
    } catch (error) {
      cause = error
    }
    if (!mayLeave)
      throw new AppError('mail.unreachable', 'stopped before sending', { details: { reason: 'stopped' }, cause })
  }
}

import { AppError } from '#shared/errors'
import { formatDraftId, parseDraftId, printOf, printsOf, type DraftMark } from './gmail-draft-id.ts'
import { createGmailLookups } from './gmail-find.ts'
import { createGmailReader } from './gmail-reader.ts'
import { createGmailSession, type GmailSession } from './gmail-session.ts'
import type { GmailUsers, GoogleMeans } from './google-client.ts'
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
    holding: null,
    looksAt: means.mayRead ? ['draft', 'thread', 'sent'] : ['draft'],
    reader: means.mayRead ? createGmailReader(session) : null,
    createDraft: (mail, signal) => createDraft(session, mail, { means, signal }),
    sendDraft: async (draftId, mail, beforeFirstByte, signal) => {
      const bytes = await buildMime(mail)
      const mark = parseDraftId(draftId)
      if (mark?.key !== mail.key) throw new AppError('mail.invalid', 'this draft belongs to another mail')
      return send(session, { means, mark, mail, bytes, leave: askOnce(beforeFirstByte), signal })
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
      return { mostMailBytes: null }
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
  { means, signal }: { means: GmailMeans; signal: AbortSignal },
): Promise<{ draftId: string }> {
  const bytes = await buildMime(mail)
  const profile = means.mayRead ? await session.ask((users) => users.getProfile({ userId: 'me' }), signal) : {}
  const create = (threadId: string | null) => (users: GmailUsers) => {
    const { content, options } = toRequest(threadId, bytes, means)
    return users.drafts.create({ userId: 'me', ...content }, options)
  }
  const wanted = mail.follows?.threadId ?? null
  const inThread = wanted === null ? null : await session.find(create(wanted), signal)
  // The thread was deleted: the mail begins one of its own, as at Outlook. Its headers still name the mails before.
  const draft = inThread ?? (await session.ask(create(null), signal))
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
  readonly means: GmailMeans
  readonly mark: DraftMark
  readonly mail: OutgoingMail
  readonly bytes: Buffer
  readonly leave: () => void
  readonly signal: AbortSignal
}

/** An answer without an id is none. */
async function send(session: GmailSession, sending: Sending): Promise<AcceptedMail> {
  const { mark, bytes, leave, signal } = sending
  if (mark.bytes !== printOf(bytes)) await replaceDraft(session, sending)
  const requestBody = { id: mark.draftId }
  const sent = await session.send((users) => users.drafts.send({ userId: 'me', requestBody }), leave, signal)
  if (!sent.id) throw new AppError('mail.unanswered', 'Gmail answered the send without an id')
  return { providerMessageId: sent.id, threadId: sent.threadId ?? null, messageId: null }
}

/**
 * A draft from before a restart may hold an older text than the mail that is to leave now. The id stays. That a draft is
 * gone leaves a doubt as it does for the send: it was deleted, or sent by hand; so this comes after the last question.
 */
async function replaceDraft(session: GmailSession, sending: Sending): Promise<void> {
  const { means, mark, mail, bytes, leave, signal } = sending
  leave()
  // A follow-up whose thread was gone has a thread of its own.
  const { content, options } = toRequest(mail.follows === null ? null : mark.threadId || null, bytes, means)
  const draft = await session.find(
    (users) => users.drafts.update({ userId: 'me', id: mark.draftId, ...content }, options),
    signal,
  )
  if (draft === null) throw new AppError('mail.unanswered', 'the draft is gone: deleted, or sent by hand')
}

/**
 * A mail of this size and above is uploaded as it is, beside its JSON: inside it, it would have to be encoded once more.
 * Google recommends that from 5 MB on (developers.google.com/gmail/api/guides/uploads) and takes 35 MiB.
 */
const UPLOAD_FROM_BYTES = 4_000_000
/** The slowest line on which such an upload may take its time; the answer must still come in `timeoutMs`. */
const LEAST_BYTES_PER_MS = 25

/** Without the thread Gmail starts a new one, whatever the headers say (providers.md §6). */
function toRequest(threadId: string | null, bytes: Buffer, { endpoints, timeoutMs }: GmailMeans) {
  const thread = threadId ? { threadId } : {}
  if (bytes.length < UPLOAD_FROM_BYTES) {
    return { content: { requestBody: { message: { raw: bytes.toString('base64url'), ...thread } } }, options: {} }
  }
  // As text: the mail is ASCII, and of a stream nothing would be left if the request had to be made again (401).
  const media = { mimeType: 'message/rfc822', body: bytes.toString('latin1') }
  const timeout = timeoutMs + Math.ceil(bytes.length / LEAST_BYTES_PER_MS)
  // The library takes the address of uploads from the call alone: elsewhere set, it would still be Google's own.
  return { content: { requestBody: { message: thread }, media }, options: { timeout, rootUrl: endpoints.gmailUrl } }
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

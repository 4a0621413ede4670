import { formatDraftId, parseDraftId, type DraftMark } from './gmail-draft-id.ts'
import { isMailOf, isSent, keyOf, printsOfDraft, SENT_HEADERS, toSentMail } from './gmail-message.ts'
import type { GmailSession } from './gmail-session.ts'
import type { GmailMessage } from './google-client.ts'
import type { DraftFate } from '../mail-provider.ts'

export interface GmailLookups {
  findDraft(key: string, draftId: string | null, signal: AbortSignal): Promise<DraftFate>
  strayDrafts(signal: AbortSignal): Promise<{ key: string; draftId: string }[]>
}

/** Newest first; a send whose draft id is lost (a restored backup) is looked for no further back. */
const MOST_RECENT_SENT = 100
/** Gmail's largest page of ids. */
const PAGE = 500

const UNKNOWN: DraftFate = { fate: 'unknown' }

/**
 * What became of a mail: draft, then thread, then history (providers.md §5.1). Gmail never proves that a mail is absent: a
 * trace can be deleted, and its index lags. Without the permission to read only the draft can be seen.
 */
export function createGmailLookups(session: GmailSession, { mayRead }: { mayRead: boolean }): GmailLookups {
  return {
    async findDraft(key, draftId, signal) {
      const mark = draftId === null ? null : parseDraftId(draftId)
      if (draftId === null || mark === null || mark.key !== key) return findByKey(session, key, { mayRead, signal })
      const id = mark.draftId
      const draft = await session.find((users) => users.drafts.get({ userId: 'me', id, format: 'minimal' }), signal)
      if (draft !== null) return { fate: 'draft', draftId }
      if (!mayRead) return UNKNOWN
      const sent = (await findInThread(session, mark, signal)) ?? (await findInHistory(session, mark, signal))
      return sent === null ? UNKNOWN : { fate: 'sent', ...toSentMail(sent) }
    },

    async strayDrafts(signal) {
      const found: { key: string; draftId: string }[] = []
      for await (const mark of keyedDrafts(session, signal)) found.push({ key: mark.key, draftId: formatDraftId(mark) })
      return found
    },
  }
}

/** A follow-up's thread holds earlier mails of ours as well; each is told apart by `isMailOf`. */
async function findInThread(session: GmailSession, mark: DraftMark, signal: AbortSignal): Promise<GmailMessage | null> {
  if (mark.threadId === '') return null
  const thread = await session.find(
    (users) =>
      users.threads.get({ userId: 'me', id: mark.threadId, format: 'metadata', metadataHeaders: SENT_HEADERS }),
    signal,
  )
  return thread?.messages?.findLast((message) => isMailOf(message, mark)) ?? null
}

/** Everything that was sent since the draft was written; null also where Gmail has forgotten so far back (404). */
async function findInHistory(
  session: GmailSession,
  mark: DraftMark,
  signal: AbortSignal,
): Promise<GmailMessage | null> {
  if (mark.historyId === '') return null
  for await (const id of sentSinceHistory(session, mark.historyId, signal)) {
    const message = await readHeaders(session, id, signal)
    if (message !== null && isMailOf(message, mark)) return message
  }
  return null
}

async function* sentSinceHistory(
  session: GmailSession,
  startHistoryId: string,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const seen = new Set<string>()
  let pageToken: string | null = null
  do {
    const query = { userId: 'me', startHistoryId, historyTypes: ['messageAdded'], labelId: 'SENT', maxResults: PAGE }
    const from: { pageToken?: string } = pageToken === null ? {} : { pageToken }
    const page = await session.find((users) => users.history.list({ ...query, ...from }), signal)
    for (const { message } of (page?.history ?? []).flatMap((record) => record.messagesAdded ?? [])) {
      if (message?.id && !seen.has(message.id)) yield message.id
      seen.add(message?.id ?? '')
    }
    pageToken = page?.nextPageToken ?? null
  } while (pageToken !== null)
}

/** Without a draft id there is only our key: among the drafts, then among what was sent lately. */
async function findByKey(
  session: GmailSession,
  key: string,
  { mayRead, signal }: { mayRead: boolean; signal: AbortSignal },
): Promise<DraftFate> {
  for await (const mark of keyedDrafts(session, signal)) {
    if (mark.key === key) return { fate: 'draft', draftId: formatDraftId(mark) }
  }
  if (!mayRead) return UNKNOWN
  const recent = { userId: 'me', labelIds: ['SENT'], maxResults: MOST_RECENT_SENT, includeSpamTrash: true }
  const { messages = [] } = await session.ask((users) => users.messages.list(recent), signal)
  for (const { id } of messages) {
    const message = id ? await readHeaders(session, id, signal) : null
    if (message !== null && isSent(message) && keyOf(message) === key) return { fate: 'sent', ...toSentMail(message) }
  }
  return UNKNOWN
}

/** Gmail's search knows no header of ours, so every draft is opened. */
async function* keyedDrafts(session: GmailSession, signal: AbortSignal): AsyncGenerator<DraftMark> {
  let pageToken: string | null = null
  do {
    const from: { pageToken?: string } = pageToken === null ? {} : { pageToken }
    const page = await session.ask((users) => users.drafts.list({ userId: 'me', maxResults: PAGE, ...from }), signal)
    for (const { id } of page.drafts ?? []) {
      const draft = id ? await readDraft(session, id, signal) : null
      if (draft !== null) yield draft
    }
    pageToken = page.nextPageToken ?? null
  } while (pageToken !== null)
}

/** Null for a draft that is gone or carries no key of ours. */
async function readDraft(session: GmailSession, id: string, signal: AbortSignal): Promise<DraftMark | null> {
  const draft = await session.find((users) => users.drafts.get({ userId: 'me', id, format: 'metadata' }), signal)
  const message = draft?.message
  const key = message ? keyOf(message) : null
  if (!message || key === null) return null
  return { key, draftId: id, threadId: message.threadId ?? '', historyId: '', ...printsOfDraft(message) }
}

async function readHeaders(session: GmailSession, id: string, signal: AbortSignal): Promise<GmailMessage | null> {
  const query = { userId: 'me', id, format: 'metadata', metadataHeaders: SENT_HEADERS }
  return session.find((users) => users.messages.get(query), signal)
}

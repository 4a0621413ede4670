import {
  HEAD_HEADERS,
  isOwn,
  isSent,
  placeOf,
  SENT_HEADERS,
  timeOf,
  toHead,
  toSentMail,
  toSentRecord,
} from './gmail-message.ts'
import { formatCursor, listedCursor, parseCursor, type GmailCursor } from './gmail-cursor.ts'
import { parseDraftId } from './gmail-draft-id.ts'
import { readRaw } from './gmail-raw.ts'
import { readOneByOne } from '../one-by-one.ts'
import type { GmailSession } from './gmail-session.ts'
import type { GmailMessage } from './google-client.ts'
import type { MailChanges, MailHead, MailReader, OwnMail, ReceivedMail, SentRecord } from '../mail-provider.ts'

/** Heads of one page; each costs a request. */
const PAGE = 50
/** Gmail's largest page of ids. */
const LIST_PAGE = 500

/** Incoming and sent mail (providers.md §8.1). Requests are made one after the other: Gmail refuses many at once. */
export function createGmailReader(session: GmailSession): MailReader {
  return {
    async changesSince(from, signal) {
      const cursor = from.cursor === null ? null : parseCursor(from.cursor)
      if (cursor?.kind === 'list') return readListed(session, cursor, signal)
      const page = cursor === null ? null : await readHistory(session, cursor, signal)
      return page ?? startList(session, from.since, signal)
    },
    readMail: (id, mostBytes, signal) => readRaw(session, { id, mostBytes, signal }),
    // Gmail gives the Message-ID when it sends (providers.md §5.1), and the thread with the draft.
    tracesOf: (_key, draftId) => ({
      providerMessageId: null,
      threadId: (draftId === null ? null : parseDraftId(draftId)?.threadId) || null,
      messageId: null,
    }),
    async readSent(id, signal) {
      const message = await readMessage(session, { id, metadataHeaders: SENT_HEADERS }, signal)
      return message === null ? null : toSentMail(message)
    },
    findReceived: (mail, signal) => findReceived(session, mail, signal),
    sentSince: (since, most, signal) => sentIn(session, { since, before: Infinity, most }, signal),
    sentBetween: (span, most, signal) => sentIn(session, { ...span, most }, signal),
  }
}

/**
 * One page of the history. Null where Gmail has forgotten so far back (404). A page token that is refused (400) has grown
 * old: its page is read again from the start.
 */
async function readHistory(
  session: GmailSession,
  cursor: Extract<GmailCursor, { kind: 'history' }>,
  signal: AbortSignal,
): Promise<MailChanges | null> {
  const { historyId, pageToken } = cursor
  const query = { userId: 'me', startHistoryId: historyId, historyTypes: ['messageAdded'], maxResults: PAGE }
  const from = pageToken === null ? {} : { pageToken }
  const gone = pageToken === null ? [404] : [400, 404]
  const page = await session.find((users) => users.history.list({ ...query, ...from }), signal, gone)
  if (page === null) return pageToken === null ? null : readHistory(session, { ...cursor, pageToken: null }, signal)
  const added = (page.history ?? []).flatMap((record) => record.messagesAdded ?? [])
  const ids = added.flatMap(({ message }) => (message?.id && !isOwn(message) ? [message.id] : []))
  const told = await readHeads(session, [...new Set(ids)], signal)
  const next = page.nextPageToken ?? null
  const after = next === null ? (page.historyId ?? historyId) : historyId
  return {
    ...told,
    cursor: formatCursor({ kind: 'history', historyId: after, pageToken: next }),
    isMore: next !== null,
  }
}

/**
 * Everything since a time. Gmail lists the newest first and we owe the oldest first, so the ids of all pages come first and
 * wait in the cursor. The history id is taken before: what arrives meanwhile comes again rather than never.
 */
async function startList(session: GmailSession, since: number, signal: AbortSignal): Promise<MailChanges> {
  const { historyId } = await session.ask((users) => users.getProfile({ userId: 'me' }), signal)
  const q = `after:${secondsBefore(since)} -in:sent -in:drafts`
  const ids: string[] = []
  for await (const id of listIds(session, { q, includeSpamTrash: true }, signal)) ids.push(id)
  return readListed(session, { kind: 'list', historyId: historyId ?? '', ids: ids.toReversed() }, signal)
}

async function readListed(
  session: GmailSession,
  { historyId, ids }: Extract<GmailCursor, { kind: 'list' }>,
  signal: AbortSignal,
): Promise<MailChanges> {
  const told = await readHeads(session, ids.slice(0, PAGE), signal)
  const rest = ids.slice(PAGE)
  return { ...told, cursor: formatCursor(listedCursor(historyId, rest)), isMore: rest.length > 0 }
}

/** What is gone meanwhile is left out. That a list was just answered tells that Gmail is there. */
function readHeads(
  session: GmailSession,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Pick<MailChanges, 'heads' | 'unlisted'>> {
  const read = async (id: string): Promise<MailHead | null> => {
    const message = await readMessage(session, { id, metadataHeaders: HEAD_HEADERS }, signal)
    return message === null || isOwn(message) ? null : toHead(message)
  }
  const mails = ids.map((id) => ({ providerMessageId: id, receivedAt: null }))
  return readOneByOne(mails, ({ providerMessageId }) => read(providerMessageId))
}

/**
 * A mail to oneself is one message with both labels at Gmail; through an alias or another route it may be a second one, which
 * search finds by its Message-ID.
 */
async function findReceived(session: GmailSession, mail: OwnMail, signal: AbortSignal): Promise<ReceivedMail | null> {
  const sent = mail.providerMessageId === null ? null : await look(session, mail.providerMessageId, signal)
  if (sent?.received) return sent.received
  const messageId = mail.messageId ?? sent?.messageId ?? null
  if (messageId === null) return null
  const q = `rfc822msgid:${messageId.slice(1, -1)}`
  for await (const id of listIds(session, { q, includeSpamTrash: true }, signal)) {
    const found = await look(session, id, signal)
    if (found?.received) return found.received
  }
  return null
}

interface Looked {
  readonly messageId: string | null
  /** Null where it is no incoming mail. */
  readonly received: ReceivedMail | null
}

async function look(session: GmailSession, id: string, signal: AbortSignal): Promise<Looked | null> {
  const message = await readMessage(session, { id, metadataHeaders: SENT_HEADERS }, signal)
  if (message === null) return null
  const place = placeOf(message)
  return { messageId: toSentMail(message).messageId, received: place && { place, receivedAt: timeOf(message) } }
}

/** Every record is a request of its own: Gmail's list tells ids only. */
async function sentIn(
  session: GmailSession,
  { since, before, most }: { since: number; before: number; most: number },
  signal: AbortSignal,
): Promise<SentRecord[]> {
  const records: SentRecord[] = []
  const until = before === Infinity ? '' : ` before:${Math.ceil(before / 1_000) + 1}`
  const q = `in:sent after:${secondsBefore(since)}${until}`
  for await (const id of listIds(session, { q, includeSpamTrash: true }, signal)) {
    if (records.length >= most) break
    const message = await readMessage(session, { id, metadataHeaders: SENT_HEADERS }, signal)
    if (message === null || !isSent(message)) continue
    const at = timeOf(message)
    if (at >= since && at < before) records.push(toSentRecord(message))
  }
  return records
}

async function* listIds(
  session: GmailSession,
  query: { q: string; includeSpamTrash: boolean },
  signal: AbortSignal,
): AsyncGenerator<string> {
  let pageToken: string | null = null
  do {
    const from: { pageToken?: string } = pageToken === null ? {} : { pageToken }
    const page = await session.ask(
      (users) => users.messages.list({ userId: 'me', maxResults: LIST_PAGE, ...query, ...from }),
      signal,
    )
    for (const { id } of page.messages ?? []) if (id) yield id
    pageToken = page.nextPageToken ?? null
  } while (pageToken !== null)
}

function readMessage(
  session: GmailSession,
  query: { id: string; metadataHeaders: string[] },
  signal: AbortSignal,
): Promise<GmailMessage | null> {
  return session.find((users) => users.messages.get({ userId: 'me', format: 'metadata', ...query }), signal)
}

/** Gmail's `after:` takes seconds and may leave out the one it names. */
function secondsBefore(at: number): number {
  return Math.max(0, Math.floor(at / 1_000) - 1)
}

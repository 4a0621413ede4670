import { type FolderMark, formatCursor, parseCursor } from './imap-cursor.ts'
import { commandRefused } from './imap-failure.ts'
import { fetchAll, fetchHeads, fetchOne } from './imap-heads.ts'
import {
  arrivedAt,
  HEAD_QUERY,
  marksOf,
  parsePlace,
  PLAIN_SENT_QUERY,
  SENT_QUERY,
  toHead,
  toSentRecord,
} from './imap-message.ts'
import { findOurs, folderFor } from './imap-sent.ts'
import { type ImapAccount, type ImapSession, type OpenFolder, withImapSession } from './imap-session.ts'
import { mailDate } from '../mail-date.ts'
import type {
  MailChanges,
  MailHead,
  MailReader,
  OwnMail,
  ReceivedMail,
  SentMail,
  SentRecord,
  UnlistedMail,
} from '../mail-provider.ts'

/** Heads of one page, and mails of one FETCH. */
const PAGE = 100
const INBOX = 'INBOX'
/** IMAP searches by date in the server's own zone: a day earlier misses nothing, ms. */
const ZONE_MS = 24 * 60 * 60 * 1_000

/**
 * Incoming and sent mail over IMAP. Each call is a connection of its own; folders are opened read-only and nothing in them is
 * changed. `address` is the rep's own.
 */
export function createImapReader(account: ImapAccount, address: string): MailReader {
  const ownAddress = address.toLowerCase()
  return {
    changesSince: (from, signal) =>
      withImapSession(account, signal, (session) => changesSince(session, { ...from, ownAddress, account, signal })),
    readMail: (id, mostBytes, signal) =>
      withImapSession(account, signal, (session) => readMail(session, { id, mostBytes, account, signal })),
    tracesOf(key) {
      const messageId = messageIdFor(key, ownAddress)
      return { providerMessageId: messageId, threadId: null, messageId }
    },
    readSent: (id, signal) => withImapSession(account, signal, (session) => readSent(session, id)),
    findReceived: (mail, signal) =>
      withImapSession(account, signal, (session) => findReceived(session, mail, ownAddress)),
    sentSince: (since, most, signal) =>
      withImapSession(account, signal, (session) => sentIn(session, { since, before: null, most })),
    sentBetween: (span, most, signal) =>
      withImapSession(account, signal, (session) => sentIn(session, { ...span, most })),
  }
}

interface Changes {
  readonly cursor: string | null
  readonly since: number
  readonly ownAddress: string
  readonly account: ImapAccount
  readonly signal: AbortSignal
}

/** The inbox and then the junk folder, until a page is full. A mark moves only over mails that were seen. */
async function changesSince(session: ImapSession, { cursor, ...wanted }: Changes): Promise<MailChanges> {
  const marks = new Map(parseCursor(cursor))
  const heads: MailHead[] = []
  const unlisted: UnlistedMail[] = []
  let room = PAGE
  let isMore = false
  for (const path of await incomingFolders(session)) {
    if (room === 0) isMore = true
    if (isMore) break
    const folder = await session.open(path)
    // The junk folder may be closed to programs; without the inbox there is nothing to tell.
    if (folder === null && path === INBOX) throw commandRefused()
    if (folder === null) continue
    const page = await readFolder(session, folder, { ...wanted, mark: marks.get(path), room })
    marks.set(path, page.mark)
    heads.push(...page.heads)
    unlisted.push(...page.unlisted)
    room -= page.read
    isMore = page.isMore
  }
  const inOrder = heads.toSorted((a, b) => a.receivedAt - b.receivedAt)
  return { heads: inOrder, unlisted, cursor: formatCursor(marks), isMore }
}

async function incomingFolders(session: ImapSession): Promise<string[]> {
  const junk = await folderFor(session, '\\Junk')
  return junk === null ? [INBOX] : [INBOX, junk]
}

interface FolderPage {
  readonly heads: MailHead[]
  readonly unlisted: readonly UnlistedMail[]
  readonly mark: FolderMark
  /** How many mails it took of the page, those left out counted. */
  readonly read: number
  /** Also where the connection may be gone: the rest comes in the next one. */
  readonly isMore: boolean
}

interface FolderWish extends Omit<Changes, 'cursor'> {
  readonly mark: FolderMark | undefined
  /** Mails that fit on the page. */
  readonly room: number
}

/**
 * A folder that is new to us, or that the server numbered anew, is first read by date up to where its UIDs stand now; from
 * there on every higher UID is a mail that came in, whatever its date.
 */
async function readFolder(session: ImapSession, folder: OpenFolder, wish: FolderWish): Promise<FolderPage> {
  const { mark, since, room, ownAddress, account, signal } = wish
  const start = mark?.uidValidity === folder.uidValidity ? mark : await startOf(session, folder)
  const uids = await newUids(session, start, since)
  const page = uids.slice(0, room)
  const isMore = page.length < uids.length
  const { messages, unlisted, isApart } = await fetchHeads(session, { account, folder, uids: page, signal })
  const isWanted = start.until === null ? () => true : (at: number | null) => at === null || at >= since
  const heads = messages.flatMap((message) => {
    const head = isWanted(arrivedAt(message)) ? toHead(message, { ...folder, ownAddress }) : null
    return head ?? []
  })
  const after = markAfter(start, page.at(-1), isMore)
  return { heads, unlisted, mark: after, read: page.length, isMore: isMore || isApart }
}

function markAfter(start: FolderMark, last: number | undefined, isMore: boolean): FolderMark {
  if (start.until !== null && !isMore) return { ...start, next: start.until, until: null }
  return last === undefined ? start : { ...start, next: last + 1 }
}

async function startOf(session: ImapSession, { uidValidity, uidNext }: OpenFolder): Promise<FolderMark> {
  const until = uidNext ?? ((await session.search({ uid: '*' })).at(-1) ?? 0) + 1
  return { uidValidity, next: 1, until }
}

async function newUids(session: ImapSession, { next, until }: FolderMark, since: number): Promise<number[]> {
  // "n:*" names the last mail even when its UID is below n (RFC 3501 §6.4.8).
  if (until === null) return (await session.search({ uid: `${next}:*` })).filter((uid) => uid >= next)
  if (until <= next) return []
  return session.search({ uid: `${next}:${until - 1}`, since: searchDate(since) })
}

async function readMail(
  session: ImapSession,
  { id, mostBytes, ...way }: { id: string; mostBytes: number; account: ImapAccount; signal: AbortSignal },
): Promise<Uint8Array | null> {
  const place = parsePlace(id)
  if (place === null) return null
  const folder = await session.open(place.path)
  if (folder === null) return goneOrRefused(session, place.path)
  if (folder.uidValidity !== place.uidValidity) return null
  const query = { uid: true, source: { start: 0, maxLength: mostBytes } }
  const message = await fetchOne(session, { ...way, folder, uids: [place.uid] }, query)
  return message?.source?.subarray(0, mostBytes) ?? null
}

/** A folder that is not listed any more took its mails with it. */
async function goneOrRefused(session: ImapSession, path: string): Promise<null> {
  const folders = await session.folders()
  if (folders.some((folder) => folder.path === path)) throw commandRefused()
  return null
}

/** By its Message-ID, which is how our mails are known, or by its place. */
async function readSent(session: ImapSession, id: string): Promise<SentMail | null> {
  const folder = await openSent(session)
  if (folder === null) return null
  if (id.startsWith('<')) {
    const found = await findOurs(session, folder, { messageId: id, key: null })
    return found === null ? null : { providerMessageId: id, threadId: null, messageId: found.messageId }
  }
  const place = parsePlace(id)
  if (place === null || place.path !== folder.path || place.uidValidity !== folder.uidValidity) return null
  const [message] = await session.fetch([place.uid], SENT_QUERY)
  return message === undefined ? null : { providerMessageId: id, threadId: null, messageId: marksOf(message).messageId }
}

/** The one that we give a mail; some servers replace it. */
function messageIdFor(key: string, ownAddress: string): string {
  return `<${key}@${ownAddress.slice(ownAddress.lastIndexOf('@') + 1)}>`
}

/** The Message-ID is the one that we gave it, whatever became of the sending. */
async function findReceived(
  session: ImapSession,
  { key, messageId }: OwnMail,
  ownAddress: string,
): Promise<ReceivedMail | null> {
  const ours = { key, messageId: messageId ?? messageIdFor(key, ownAddress) }
  for (const path of await incomingFolders(session)) {
    const folder = await session.open(path)
    if (folder === null && path === INBOX) throw commandRefused()
    const found = folder && (await findOurs(session, folder, ours))
    const [mail] = found ? await session.fetch([found.uid], HEAD_QUERY) : []
    if (mail) return { place: path === INBOX ? 'inbox' : 'spam', receivedAt: arrivedAt(mail) ?? 0 }
  }
  return null
}

async function sentIn(
  session: ImapSession,
  { since, before, most }: { since: number; before: number | null; most: number },
): Promise<readonly SentRecord[]> {
  const folder = await openSent(session)
  if (folder === null) return []
  // By the Date header: where old mail was moved here from another server, it arrived on the day of the move.
  const uids = await session.search(
    before === null
      ? { since: searchDate(since) }
      : { sentSince: searchDate(since), sentBefore: mailDate(before + 2 * ZONE_MS) },
  )
  const newestFirst = uids.toReversed()
  const records = new Map<string, SentRecord>()
  for (let at = 0; at < newestFirst.length && records.size < most; at += PAGE) {
    const { messages } = await fetchAll(session, newestFirst.slice(at, at + PAGE), [SENT_QUERY, PLAIN_SENT_QUERY])
    for (const message of messages) {
      const record = toSentRecord(message, folder)
      const isIn = record !== null && record.sentAt >= since && (before === null || record.sentAt < before)
      if (isIn) records.set(record.providerMessageId, record)
    }
  }
  return [...records.values()].toSorted((a, b) => b.sentAt - a.sentAt).slice(0, most)
}

/** Null where the mailbox keeps no sent mail. */
async function openSent(session: ImapSession): Promise<OpenFolder | null> {
  const path = await folderFor(session, '\\Sent')
  if (path === null) return null
  const folder = await session.open(path)
  if (folder === null) throw commandRefused()
  return folder
}

function searchDate(since: number): string {
  return mailDate(Math.max(0, since - ZONE_MS))
}

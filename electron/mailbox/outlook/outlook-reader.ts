import { parseMailDate } from '../mail-date.ts'
import type { MailChanges, MailHead, MailReader, OwnMail, ReceivedMail, SentRecord } from '../mail-provider.ts'
import { listRows, readById } from './outlook-drafts.ts'
import { addressIn, HEAD, headOf } from './outlook-heads.ts'
import {
  field,
  KEY_PROPERTY,
  messagePath,
  odataTime,
  pageOf,
  propertyOf,
  quoted,
  sentMailOf,
  textOf,
  withQuery,
} from './outlook-message.ts'
import { assertGood, isGone, objectIn, refusalOf, type OutlookSession } from './outlook-session.ts'

/** Incoming mail through delta queries of two folders, sent mail through Sent Items (providers.md §8.1). */
export function createOutlookReader(session: OutlookSession): MailReader {
  return {
    changesSince: (from, signal) => changesSince(session, from, signal),
    readMail: async (id, mostBytes, signal) => {
      const question = { method: 'GET', path: `${messagePath(id)}/$value`, mostBytes } as const
      const answer = await session.ask(question, signal)
      return isGone(answer) ? null : assertGood(answer, 'prepare').bytes
    },
    readSent: async (id, signal) => {
      const message = await readById(session, id, signal)
      return message === null ? null : sentMailOf(message)
    },
    findReceived: (mail, signal) => findReceived(session, mail, signal),
    sentSince: (since, most, signal) => sentIn(session, { since, before: null, most }, signal),
    sentBetween: (span, most, signal) => sentIn(session, { ...span, most }, signal),
  }
}

/** Spam counts: answers and bounces end up there. */
const FOLDERS = ['inbox', 'junkemail'] as const

/** Where reading stands: a link of Graph's for each folder (null: from the start), and the folder to read next. */
interface Cursor {
  readonly links: readonly (string | null)[]
  readonly at: number
}

const FROM_THE_START: Cursor = { links: [null, null], at: 0 }

/**
 * One page of one folder. A round goes through both folders; each link is kept word for word, in the middle of a folder
 * (`nextLink`) and at its end (`deltaLink`) alike. Graph promises no order, so only the page is put in order. When Graph has
 * forgotten a folder, that folder begins again at `since`.
 */
async function changesSince(
  session: OutlookSession,
  { cursor, since }: { cursor: string | null; since: number },
  signal: AbortSignal,
): Promise<MailChanges> {
  const { links, at } = decodeCursor(cursor)
  const page = pageOf(await readPage(session, links[at] ?? startOf(at, since), startOf(at, since), signal))
  const newLinks = links.with(at, page.next ?? page.delta)
  const isFolderDone = page.next === null
  const nextAt = isFolderDone ? (at + 1) % FOLDERS.length : at
  const heads = await headsOf(session, page.rows, signal)
  return { heads, cursor: JSON.stringify([newLinks, nextAt]), isMore: !isFolderDone || nextAt !== 0 }
}

async function headsOf(session: OutlookSession, rows: readonly unknown[], signal: AbortSignal): Promise<MailHead[]> {
  const heads: MailHead[] = []
  for (const row of rows) {
    const head = await headOf(session, row, signal)
    if (head !== null) heads.push(head)
  }
  return heads.toSorted((a, b) => a.receivedAt - b.receivedAt)
}

async function readPage(session: OutlookSession, link: string, start: string, signal: AbortSignal): Promise<object> {
  const headers = { prefer: 'odata.maxpagesize=50' }
  const answer = await session.ask({ method: 'GET', path: link, headers }, signal)
  if (!isForgotten(answer)) return objectIn(assertGood(answer, 'prepare'))
  const again = await session.ask({ method: 'GET', path: start, headers }, signal)
  return objectIn(assertGood(again, 'prepare'))
}

/** "410 / syncStateNotFound → restart" (providers.md §4.2). */
function isForgotten(answer: Parameters<typeof refusalOf>[0]): boolean {
  const isForgottenCode = (code: string) => /^(?:syncStateNotFound|resyncRequired|syncStateInvalid)$/i.test(code)
  return answer.status === 410 || (answer.status >= 400 && refusalOf(answer).codes.some(isForgottenCode))
}

/** Only this filter is allowed (learn.microsoft.com/graph/api/message-delta). */
function startOf(at: number, since: number): string {
  return withQuery(`/me/mailFolders/${FOLDERS[at] ?? FOLDERS[0]}/messages/delta`, {
    changeType: 'created',
    $select: HEAD,
    $filter: `receivedDateTime ge ${odataTime(since)}`,
  })
}

/** A cursor that cannot be read starts from the beginning: mail comes again, none is missed. */
function decodeCursor(cursor: string | null): Cursor {
  const [links, at] = parseArray(cursor)
  const isUsable =
    Array.isArray(links) &&
    links.length === FOLDERS.length &&
    links.every((link) => link === null || typeof link === 'string') &&
    typeof at === 'number' &&
    at in FOLDERS
  return isUsable ? { links, at } : FROM_THE_START
}

function parseArray(text: string | null): unknown[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(value) ? (value as unknown[]) : []
  } catch {
    return []
  }
}

/** What came in is a message of its own; only the Message-ID is the same. */
async function findReceived(
  session: OutlookSession,
  { messageId, providerMessageId }: OwnMail,
  signal: AbortSignal,
): Promise<ReceivedMail | null> {
  const sent =
    messageId === null && providerMessageId !== null ? await readById(session, providerMessageId, signal) : null
  const wanted = messageId ?? sent?.messageId ?? null
  if (wanted === null) return null
  const query = { $filter: `internetMessageId eq ${quoted(wanted)}`, $select: 'id,receivedDateTime' }
  for (const folder of FOLDERS) {
    for await (const row of listRows(session, withQuery(`/me/mailFolders/${folder}/messages`, query), signal)) {
      const receivedAt = parseMailDate(textOf(row, 'receivedDateTime') ?? '')
      if (receivedAt !== null) return { place: folder === 'inbox' ? 'inbox' : 'spam', receivedAt }
    }
  }
  return null
}

async function sentIn(
  session: OutlookSession,
  { since, before, most }: { since: number; before: number | null; most: number },
  signal: AbortSignal,
): Promise<readonly SentRecord[]> {
  const path = withQuery('/me/mailFolders/sentitems/messages', {
    $filter: `sentDateTime ge ${odataTime(since)}${before === null ? '' : ` and sentDateTime lt ${odataTime(before)}`}`,
    $orderby: 'sentDateTime desc',
    $select: 'id,conversationId,sentDateTime,toRecipients,ccRecipients,bccRecipients',
    $expand: `singleValueExtendedProperties($filter=id eq '${KEY_PROPERTY}')`,
    $top: String(Math.max(1, Math.min(most, 100))),
  })
  const records: SentRecord[] = []
  for await (const row of listRows(session, path, signal)) {
    if (records.length >= most) break
    const record = sentRecordOf(row)
    if (record !== null) records.push(record)
  }
  return records
}

function sentRecordOf(row: unknown): SentRecord | null {
  const id = textOf(row, 'id')
  const sentAt = parseMailDate(textOf(row, 'sentDateTime') ?? '')
  if (id === null || sentAt === null) return null
  const to = ['toRecipients', 'ccRecipients', 'bccRecipients'].flatMap((name) => {
    const recipients = field(row, name)
    return Array.isArray(recipients) ? recipients.map(addressIn) : []
  })
  return {
    providerMessageId: id,
    threadId: textOf(row, 'conversationId'),
    sentAt,
    to: to.filter((address) => address !== ''),
    key: propertyOf(row, KEY_PROPERTY),
  }
}

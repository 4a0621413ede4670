import { parseMailDate } from '../mail-date.ts'
import {
  isOfOneMail,
  type MailChanges,
  type MailReader,
  type OwnMail,
  type ReceivedMail,
  type SentRecord,
} from '../mail-provider.ts'
import { readOneByOne } from '../one-by-one.ts'
import { decodeDraftRef } from './outlook-draft-ref.ts'
import { listRows, readById } from './outlook-drafts.ts'
import { addressIn, HEAD, headOf, knownIn } from './outlook-heads.ts'
import { isListing, type Listing, listFolder, NOTHING_LISTED } from './outlook-listing.ts'
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
    tracesOf(_key, draftId) {
      const ref = draftId === null ? null : decodeDraftRef(draftId)
      return {
        providerMessageId: ref?.id ?? null,
        threadId: ref?.threadId ?? null,
        messageId: ref?.messageId ?? null,
      }
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

/** Where a folder stands: a link of Graph's, a list where its delta query failed, or null: from the start. */
type Mark = string | Listing | null

/** Where reading stands: a mark for each folder, and the folder to read next. */
interface Cursor {
  readonly marks: readonly Mark[]
  readonly at: number
}

const FROM_THE_START: Cursor = { marks: [null, null], at: 0 }

interface FolderPage extends Pick<MailChanges, 'heads' | 'unlisted'> {
  readonly mark: Mark
  readonly isDone: boolean
}

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
  const { marks, at } = decodeCursor(cursor)
  const { heads, unlisted, mark, isDone } = await readFolder(session, { at, since, mark: marks[at] ?? null }, signal)
  const nextAt = isDone ? (at + 1) % FOLDERS.length : at
  return {
    heads: heads.toSorted((a, b) => a.receivedAt - b.receivedAt),
    unlisted,
    cursor: JSON.stringify([marks.with(at, mark), nextAt]),
    isMore: !isDone || nextAt !== 0,
  }
}

interface FolderAt {
  readonly at: number
  readonly since: number
  readonly mark: Mark
}

async function readFolder(
  session: OutlookSession,
  { at, since, mark }: FolderAt,
  signal: AbortSignal,
): Promise<FolderPage> {
  const place = { folder: FOLDERS[at] ?? FOLDERS[0], since }
  if (typeof mark === 'object' && mark !== null) return listFolder(session, { ...place, listing: mark }, signal)
  try {
    return await readDelta(session, { link: mark, start: startOf(at, since) }, signal)
  } catch (error) {
    // A page tells all of its mails or none.
    if (!isOfOneMail(error)) throw error
    return listFolder(session, { ...place, listing: NOTHING_LISTED }, signal)
  }
}

async function readDelta(
  session: OutlookSession,
  { link, start }: { link: string | null; start: string },
  signal: AbortSignal,
): Promise<FolderPage> {
  const page = pageOf(await readPage(session, link ?? start, start, signal))
  const mails = page.rows.flatMap((row) => knownIn(row) ?? [])
  const told = await readOneByOne(mails, ({ row }) => headOf(session, row, signal))
  return { ...told, mark: page.next ?? page.delta, isDone: page.next === null }
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
  const [marks, at] = parseArray(cursor)
  const isUsable =
    Array.isArray(marks) &&
    marks.length === FOLDERS.length &&
    marks.every((mark) => mark === null || typeof mark === 'string' || isListing(mark)) &&
    typeof at === 'number' &&
    at in FOLDERS
  return isUsable ? { marks, at } : FROM_THE_START
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

import type { DraftFate } from '../mail-provider.ts'
import { decodeDraftRef, encodeDraftRef, type DraftRef } from './outlook-draft-ref.ts'
import { outlookFailure, unreachable } from './outlook-failure.ts'
import {
  EXPAND,
  field,
  KEY_PROPERTY,
  messagePath,
  pageOf,
  quoted,
  readMessage,
  SELECT,
  sentMailOf,
  textOf,
  withQuery,
  type OutlookMessage,
} from './outlook-message.ts'
import { assertGood, isGone, objectIn, refusalOf, type OutlookSession } from './outlook-session.ts'

/** Looking for messages of ours, wherever they are. */

/** One message, read directly: unlike a filter this does not lag. Null when it is gone. */
export async function readById(
  session: OutlookSession,
  id: string,
  signal: AbortSignal,
): Promise<OutlookMessage | null> {
  const path = withQuery(messagePath(id), { $select: SELECT, $expand: EXPAND })
  return readMessage(await session.read({ method: 'GET', path }, signal))
}

/**
 * What became of a mail (providers.md §5.2). All three traces are followed, because a filter lags behind by seconds, an id
 * may have changed on sending, and a property may be lost: our key in all folders, the draft itself, its Message-ID.
 * A message that left outweighs any draft, and a draft counts only when it was read directly. Nothing found proves nothing.
 */
export async function findFate(
  session: OutlookSession,
  { key, draftId }: { key: string; draftId: string | null },
  signal: AbortSignal,
): Promise<DraftFate> {
  const ref = draftId === null ? null : decodeDraftRef(draftId)
  const byKey = await listByKey(session, key, signal)
  const byId = ref === null ? null : await readById(session, ref.id, signal)
  const byMessageId = ref?.messageId ? await listByMessageId(session, ref.messageId, signal) : []
  const listed = [...byKey, ...byMessageId]

  const left = [byId, ...listed].find((message) => message !== null && !message.isDraft)
  if (left) return sentAs(left)
  const messages = await readAgain(session, { listed, byId }, signal)
  const leftMeanwhile = messages.find((message) => !message.isDraft)
  if (leftMeanwhile) return sentAs(leftMeanwhile)
  const drafts = ref === null ? messages : await withoutTakenBack(session, { messages, id: ref.id }, signal)
  // Handed to transport: it will leave by itself.
  if (drafts.some((draft) => draft.isSubmitted)) return { fate: 'unknown', why: 'leaving' }
  const [draft] = drafts
  // Thrown away by hand: not sent, and not to be sent without asking the rep.
  if (draft === undefined) return { fate: 'unknown' }
  if (await isThrownAway(session, draft, signal)) return { fate: 'unknown', why: 'thrown_away' }
  return {
    fate: 'draft',
    draftId: ref?.id === draft.id && draftId !== null ? draftId : encodeDraftRef(refOf(draft, key)),
  }
}

/** What was held once and taken back lies in Deleted Items under the same key, perhaps marked as submitted; the mail has another draft since. */
async function withoutTakenBack(
  session: OutlookSession,
  { messages, id }: { messages: readonly OutlookMessage[]; id: string },
  signal: AbortSignal,
): Promise<OutlookMessage[]> {
  const kept: OutlookMessage[] = []
  for (const message of messages) {
    const isOld = message.id !== id && message.isSubmitted && (await isThrownAway(session, message, signal))
    if (!isOld) kept.push(message)
  }
  return kept
}

/** What became of a mail that is no draft any more. */
export function sentAs(message: OutlookMessage): DraftFate & { readonly fate: 'sent' } {
  return { fate: 'sent', ...sentMailOf(message), ...(message.sentAt === null ? {} : { sentAt: message.sentAt }) }
}

/** Drafts that a filter told of, each read directly, without those that are gone; the known one first. */
async function readAgain(
  session: OutlookSession,
  { listed, byId }: { listed: readonly OutlookMessage[]; byId: OutlookMessage | null },
  signal: AbortSignal,
): Promise<OutlookMessage[]> {
  const drafts = byId === null ? [] : [byId]
  const ids = new Set(listed.map(({ id }) => id))
  if (byId !== null) ids.delete(byId.id)
  for (const id of ids) {
    const draft = await readById(session, id, signal)
    if (draft !== null) drafts.push(draft)
  }
  return drafts
}

/** Messages with our key in all folders, Deleted Items too. */
async function listByKey(session: OutlookSession, key: string, signal: AbortSignal): Promise<OutlookMessage[]> {
  const property = `ep/id eq ${quoted(KEY_PROPERTY)} and ep/value eq ${quoted(key)}`
  const $filter = `singleValueExtendedProperties/Any(ep: ${property})`
  return listMessages(session, withQuery('/me/messages', { $filter, $select: SELECT, $expand: EXPAND }), signal)
}

async function listByMessageId(session: OutlookSession, id: string, signal: AbortSignal): Promise<OutlookMessage[]> {
  const $filter = `internetMessageId eq ${quoted(id)}`
  return listMessages(session, withQuery('/me/messages', { $filter, $select: SELECT, $expand: EXPAND }), signal)
}

/** A sent message by its Message-ID; null when there is none. */
export async function findSentId(
  session: OutlookSession,
  messageId: string,
  signal: AbortSignal,
): Promise<string | null> {
  const messages = await listByMessageId(session, messageId, signal)
  return messages.find((message) => !message.isDraft)?.id ?? null
}

/** Unsent drafts in Drafts with any key of ours. What transport already has is not a draft any more. */
export async function listStrayDrafts(
  session: OutlookSession,
  signal: AbortSignal,
): Promise<{ key: string; draftId: string }[]> {
  const drafts = await listDrafts(session, signal)
  return drafts
    .filter((draft) => draft.isDraft && !draft.isSubmitted)
    .flatMap((draft) =>
      draft.key === null ? [] : [{ key: draft.key, draftId: encodeDraftRef(refOf(draft, draft.key)) }],
    )
}

/** What Exchange holds in Drafts, with any key of ours, to send it by itself. */
export async function listHeld(
  session: OutlookSession,
  signal: AbortSignal,
): Promise<{ key: string; draftId: string; leavesAt: number }[]> {
  const drafts = await listDrafts(session, signal)
  return drafts.flatMap((draft) => {
    const { key, deferredUntil: leavesAt } = draft
    if (!draft.isDraft || !draft.isSubmitted || key === null || leavesAt === null) return []
    return [{ key, draftId: encodeDraftRef(refOf(draft, key)), leavesAt }]
  })
}

/** The folder is read as it is: filters lag, and "has the property at all" is no documented one. */
async function listDrafts(session: OutlookSession, signal: AbortSignal): Promise<OutlookMessage[]> {
  const path = withQuery('/me/mailFolders/drafts/messages', { $select: SELECT, $expand: EXPAND, $top: '50' })
  return listMessages(session, path, signal)
}

/** Does it lie in Deleted Items, where our own deleting puts drafts too? */
export async function isThrownAway(
  session: OutlookSession,
  { folderId }: OutlookMessage,
  signal: AbortSignal,
): Promise<boolean> {
  const path = '/me/mailFolders/deleteditems?$select=id'
  const folder = await session.read({ method: 'GET', path }, signal)
  return folderId !== null && folderId === textOf(folder, 'id')
}

/** A reference to a draft whose text we do not know. */
function refOf({ id, messageId, threadId, changeKey, folderId }: OutlookMessage, key: string): DraftRef {
  return { key, id, messageId, threadId, contentHash: null, changeKey, folderId }
}

/** More pages than this come only from a server that turns in circles. */
const MOST_PAGES = 100

async function listMessages(session: OutlookSession, path: string, signal: AbortSignal): Promise<OutlookMessage[]> {
  const messages: OutlookMessage[] = []
  for await (const row of listRows(session, path, signal)) {
    const message = readMessage(row)
    if (message !== null) messages.push(message)
  }
  return messages
}

/** Every row of a list, page after page. */
export async function* listRows(session: OutlookSession, path: string, signal: AbortSignal): AsyncGenerator {
  let next: string | null = path
  for (let pages = 0; next !== null; pages += 1) {
    if (pages === MOST_PAGES) throw unreachable('no_connection')
    const answer = objectIn(assertGood(await session.ask({ method: 'GET', path: next }, signal), 'prepare'))
    if (!Array.isArray(field(answer, 'value'))) throw unreachable('no_connection')
    const page = pageOf(answer)
    yield* page.rows
    next = page.next
  }
}

/** Moves a draft to Deleted Items; never a message that left, whose copy in Sent Items has the same id. */
export async function throwAway(session: OutlookSession, id: string, signal: AbortSignal): Promise<boolean> {
  const draft = await readById(session, id, signal)
  if (draft === null || !draft.isDraft) return true
  if (draft.isSubmitted) return false
  const answer = await session.ask({ method: 'DELETE', path: messagePath(id) }, signal)
  if (answer.status !== 204 && !isGone(answer)) throw outlookFailure(refusalOf(answer), 'prepare')
  return true
}

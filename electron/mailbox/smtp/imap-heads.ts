import type { FetchMessageObject, FetchQueryObject } from 'imapflow'
import { AppError } from '#shared/errors'
import type { UnlistedMail } from '../mail-provider.ts'
import { commandRefused, imapFailure } from './imap-failure.ts'
import { arrivedAt, formatPlace, HEAD_QUERY, PLAIN_HEAD_QUERY } from './imap-message.ts'
import { type ImapAccount, type ImapSession, type OpenFolder, withImapSession } from './imap-session.ts'

/** Mails of one folder, and how to get there again. */
export interface MailsAt {
  readonly account: ImapAccount
  readonly folder: OpenFolder
  readonly uids: readonly number[]
  readonly signal: AbortSignal
}

interface Told {
  readonly messages: FetchMessageObject[]
  readonly unlisted: UnlistedMail[]
}

/**
 * Heads of mails in the folder that `session` has open. `isApart`: something broke over one of them, so that they were asked for in
 * connections of their own, and this one may be gone.
 */
export async function fetchHeads(session: ImapSession, at: MailsAt): Promise<Told & { readonly isApart: boolean }> {
  try {
    return { ...(await fetchTogether(session, at)), isApart: false }
  } catch (error) {
    if (!mayBeOfOneMail(error, at.signal)) throw error
    return { ...(await fetchApart(at)), isApart: true }
  }
}

/**
 * imapflow passes over an answer that it cannot read, and a mail would be missed without a word: what is missing is asked for
 * without the envelope, which the server writes, and what is there all the same is told.
 */
export async function fetchAll(
  session: ImapSession,
  uids: readonly number[],
  [query, plainQuery]: readonly [FetchQueryObject, FetchQueryObject],
): Promise<{ messages: FetchMessageObject[]; unread: number[] }> {
  const messages = await session.fetch(uids, query)
  const missing = missingOf(uids, messages)
  if (missing.length === 0) return { messages, unread: [] }
  const plain = await session.fetch(missing, plainQuery)
  const unread = missingOf(missing, plain)
  const isThere = new Set(unread.length === 0 ? [] : await session.search({ uid: unread.join(',') }))
  return { messages: [...messages, ...plain], unread: unread.filter((uid) => isThere.has(uid)) }
}

/** Fails as that mail's fault where the server breaks over this one mail and tells of it otherwise. Undefined: it is gone. */
export async function fetchOne(
  session: ImapSession,
  at: MailsAt,
  query: FetchQueryObject,
): Promise<FetchMessageObject | undefined> {
  try {
    const { messages, unread } = await fetchAll(session, at.uids, [query, query])
    if (unread.length > 0) throw ofOneMail(null)
    return messages[0]
  } catch (error) {
    if (!mayBeOfOneMail(error, at.signal)) throw error
    await again(at, probe)
    throw ofOneMail(imapFailure(error, { isStopped: false }))
  }
}

function missingOf(uids: readonly number[], messages: readonly FetchMessageObject[]): number[] {
  const told = new Set(messages.map(({ uid }) => uid))
  return uids.filter((uid) => !told.has(uid))
}

async function fetchTogether(session: ImapSession, { folder, uids }: MailsAt): Promise<Told> {
  const { messages, unread } = await fetchAll(session, uids, [HEAD_QUERY, PLAIN_HEAD_QUERY])
  return { messages, unlisted: unread.map((uid) => unlistedOf({ ...folder, uid }, null, null)) }
}

/** By halves, each in a connection of its own, until those mails are found that the server breaks over. */
async function fetchApart(at: MailsAt): Promise<Told> {
  if (at.uids.length === 1) return fetchAlone(at)
  const middle = Math.ceil(at.uids.length / 2)
  const told: Told = { messages: [], unlisted: [] }
  for (const uids of [at.uids.slice(0, middle), at.uids.slice(middle)]) {
    const half = { ...at, uids }
    const { messages, unlisted } = await again(half, fetchTogether).catch((error: unknown) => {
      if (!mayBeOfOneMail(error, at.signal)) throw error
      return fetchApart(half)
    })
    told.messages.push(...messages)
    told.unlisted.push(...unlisted)
  }
  return told
}

/** Where the server does not even tell when the mail came, it is no mail that is at fault. */
async function fetchAlone(at: MailsAt): Promise<Told> {
  return again(at, async (session) => {
    const known = await probe(session, at)
    try {
      return { messages: await session.fetch(at.uids, PLAIN_HEAD_QUERY), unlisted: [] }
    } catch (error) {
      if (!mayBeOfOneMail(error, at.signal)) throw error
      const place = { ...at.folder, uid: at.uids[0] ?? 0 }
      return { messages: [], unlisted: [unlistedOf(place, known, imapFailure(error, { isStopped: false }))] }
    }
  })
}

async function probe(session: ImapSession, { uids }: MailsAt): Promise<FetchMessageObject | null> {
  const [known] = await session.fetch(uids, { uid: true, internalDate: true })
  return known ?? null
}

function again<T>(at: MailsAt, work: (session: ImapSession, at: MailsAt) => Promise<T>): Promise<T> {
  return withImapSession(at.account, at.signal, async (session) => {
    const folder = await session.open(at.folder.path)
    if (folder?.uidValidity !== at.folder.uidValidity) throw commandRefused()
    return work(session, at)
  })
}

/** A refused or broken answer, that is; not a server that wants to be left alone, is silent, or does not let us in. */
function mayBeOfOneMail(error: unknown, { aborted }: AbortSignal): boolean {
  const { code, details } = imapFailure(error, { isStopped: aborted })
  if (code === 'mail.refused') return details['isFinal'] === false && typeof details['restMs'] !== 'number'
  return code === 'mail.unanswered' || (code === 'mail.unreachable' && details['reason'] === 'no_connection')
}

function unlistedOf(
  place: Parameters<typeof formatPlace>[0],
  known: FetchMessageObject | null,
  failure: AppError | null,
): UnlistedMail {
  return {
    providerMessageId: formatPlace(place),
    receivedAt: known === null ? null : arrivedAt(known),
    failure: ofOneMail(failure),
  }
}

function ofOneMail(failure: AppError | null): AppError {
  const details = { isFinal: false, scope: 'message', providerCode: failure?.details['providerCode'] ?? null }
  return new AppError('mail.refused', 'the IMAP server breaks over one mail', { details, cause: failure })
}

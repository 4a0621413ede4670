import { AppError } from '#shared/errors'
import { MARK_QUERY, marksOf } from './imap-message.ts'
import type { ImapSession, OpenFolder } from './imap-session.ts'
import { commandRefused } from './imap-failure.ts'
import { KEY_HEADER } from '../mime.ts'

/** By what a mail of ours is known. The key is null where only the Message-ID is. */
export interface OurMarks {
  readonly key: string | null
  /** With its brackets. */
  readonly messageId: string
}

/** A mail of ours, as it lies in the Sent folder. */
export interface FoundCopy {
  readonly uid: number
  /** Under which it really left; null where the copy has none. */
  readonly messageId: string | null
}

/** Looked through one by one, for servers whose search knows new mail late or not every header. */
const NEWEST = 50

/**
 * These put a copy into Sent themselves, some a while after they took the mail: one of ours would be the second
 * (huacnlee/omamail#60, chatmail/provider-db#258). About others nobody agrees (of iCloud both was seen): a look decides.
 */
const KEEPS_COPIES =
  /^(?:smtp\.(?:gmail|googlemail)\.com|smtp\.office365\.com|smtp(?:-mail)?\.outlook\.com|smtp\.live\.com)$/i

/** By the name of an SMTP server. */
export function keepsCopies(smtpHost: string): boolean {
  return KEEPS_COPIES.test(smtpHost)
}

/** The folder of a role; null where there is none. */
export async function folderFor(session: ImapSession, role: '\\Sent' | '\\Junk'): Promise<string | null> {
  return (await session.folders()).find((folder) => folder.role === role)?.path ?? null
}

/** A mail of ours in the Sent folder; null when it is not there or there is no such folder. Throws when a look fails. */
export async function lookInSent(session: ImapSession, ours: OurMarks): Promise<FoundCopy | null> {
  const path = await folderFor(session, '\\Sent')
  return path === null ? null : lookIn(session, path, ours)
}

/**
 * Puts a copy of a mail that was accepted into the Sent folder, if after a look there is none: many servers do it
 * themselves. Answers the copy that was there before, or null.
 */
export async function keepCopy(session: ImapSession, ours: OurMarks, bytes: Buffer): Promise<FoundCopy | null> {
  const path = await folderFor(session, '\\Sent')
  if (path === null) return null
  const found = await lookIn(session, path, ours)
  if (found === null) await session.append(path, bytes)
  return found
}

async function lookIn(session: ImapSession, path: string, ours: OurMarks): Promise<FoundCopy | null> {
  const folder = await session.open(path)
  if (folder === null) throw commandRefused()
  return findOurs(session, folder, ours)
}

/** A search may find parts of words, or ignore what it does not know: what it finds is compared. */
export async function findOurs(
  session: ImapSession,
  folder: Pick<OpenFolder, 'exists'>,
  { key, messageId }: OurMarks,
): Promise<FoundCopy | null> {
  if (folder.exists === 0) return null
  const isOurs = (mail: ReturnType<typeof marksOf>) =>
    mail.messageId === messageId || (key !== null && mail.key === key)
  const pick = (messages: Awaited<ReturnType<ImapSession['fetch']>>) => {
    const found = messages.find((message) => isOurs(marksOf(message)))
    return found === undefined ? null : { uid: found.uid, messageId: marksOf(found).messageId }
  }
  const search = async (header: Record<string, string>) =>
    pick(await session.fetch((await session.search({ header })).slice(-NEWEST), MARK_QUERY))

  return (
    pick(await session.fetchNewest(NEWEST, MARK_QUERY)) ??
    (await search({ 'message-id': messageId })) ??
    (key === null ? null : await search({ [KEY_HEADER]: key }).catch(nothingIfRefused))
  )
}

/** Not every server searches every header; the Message-ID was looked for before. */
function nothingIfRefused(error: unknown): null {
  if (error instanceof AppError && error.code === 'mail.refused') return null
  throw error
}

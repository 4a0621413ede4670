import type { MailHead, MailChanges } from '../mail-provider.ts'
import { readOneByOne } from '../one-by-one.ts'
import { listRows } from './outlook-drafts.ts'
import { HEAD, headOf, knownIn } from './outlook-heads.ts'
import { messagePath, odataTime, withQuery } from './outlook-message.ts'
import type { OutlookSession } from './outlook-session.ts'

/**
 * A folder that is read mail by mail, because Graph breaks over one of its mails and with it over every page that holds it: a delta
 * query can neither pass one over nor begin behind it. Ids are Graph's.
 */
export interface Listing {
  /** Of the mails that were listed last: those that need no look any more. */
  readonly seen: readonly string[]
  /** Of these, those that Graph could not tell of. While one is listed, no delta query is begun. */
  readonly left: readonly string[]
}

export const NOTHING_LISTED: Listing = { seen: [], left: [] }

/** Heads of one page; each costs a request. */
const PAGE = 50

export function isListing(value: unknown): value is Listing {
  const { seen, left } = (value ?? {}) as Record<string, unknown>
  return isTexts(seen) && isTexts(left)
}

interface FolderWish {
  readonly folder: string
  /** Epoch ms. */
  readonly since: number
  readonly listing: Listing
}

/**
 * One page of what came since. Once all is read and what broke it lies before `since`, which each reading moves on, the mark is
 * null: the folder begins anew with a delta query, from `since` on, and what comes twice counts once.
 */
export async function listFolder(
  session: OutlookSession,
  { folder, since, listing }: FolderWish,
  signal: AbortSignal,
): Promise<Pick<MailChanges, 'heads' | 'unlisted'> & { mark: Listing | null; isDone: boolean }> {
  const listed = await listKnown(session, { folder, since }, signal)
  const seen = new Set(listing.seen)
  const fresh = listed.filter(({ providerMessageId }) => !seen.has(providerMessageId))
  const stillLeft = listing.left.filter((id) => listed.some(({ providerMessageId }) => providerMessageId === id))
  if (fresh.length === 0 && stillLeft.length === 0 && listing !== NOTHING_LISTED) {
    return { heads: [], unlisted: [], mark: null, isDone: false }
  }
  const read = (id: string) => readHead(session, id, signal)
  const told = await readOneByOne(fresh.slice(0, PAGE), ({ providerMessageId }) => read(providerMessageId))
  const rest = new Set(fresh.slice(PAGE).map(({ providerMessageId }) => providerMessageId))
  const ids = listed.map(({ providerMessageId }) => providerMessageId)
  const left = [...stillLeft, ...told.unlisted.map(({ providerMessageId }) => providerMessageId)]
  return { ...told, mark: { seen: ids.filter((id) => !rest.has(id)), left }, isDone: rest.size === 0 }
}

/** Only what Graph keeps in its index: it need not open a mail for that. Oldest first. */
async function listKnown(
  session: OutlookSession,
  { folder, since }: Pick<FolderWish, 'folder' | 'since'>,
  signal: AbortSignal,
) {
  const path = withQuery(`/me/mailFolders/${folder}/messages`, {
    $filter: `receivedDateTime ge ${odataTime(since)}`,
    $select: 'id,receivedDateTime',
    $top: '1000',
  })
  const known = []
  for await (const row of listRows(session, path, signal)) known.push(knownIn(row) ?? [])
  return known.flat().toSorted((a, b) => (a.receivedAt ?? 0) - (b.receivedAt ?? 0))
}

async function readHead(session: OutlookSession, id: string, signal: AbortSignal): Promise<MailHead | null> {
  const row = await session.read({ method: 'GET', path: withQuery(messagePath(id), { $select: HEAD }) }, signal)
  return row === null ? null : headOf(session, row, signal)
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}

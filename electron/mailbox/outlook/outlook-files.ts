import { createHash } from 'node:crypto'
import { AppError } from '#shared/errors'
import type { OutgoingFile } from '../mail-provider.ts'
import { contentTypeOf } from '../mime.ts'
import { jsonOf, type GraphAnswer } from './graph-call.ts'
import { outlookFailure } from './outlook-failure.ts'
import { field, messagePath, pageOf, textOf, withQuery } from './outlook-message.ts'
import { assertGood, isGone, objectIn, refusalOf, type OutlookSession } from './outlook-session.ts'

/**
 * The files of a draft. Exchange takes them one by one after the draft is made, so a crash may leave a draft with half of
 * them: before a draft leaves, its files are looked at (`settleFiles`).
 */

/** One request takes less than 3 MB; from there on there are upload sessions (outlook-large-attachments.md). */
const SESSION_FROM_BYTES = 3_000_000
/** "Up to 4 MB each time"; a multiple of 320 KiB, as other upload sessions of Graph demand. */
const RANGE_BYTES = 12 * 320 * 1024

export interface FilesOf {
  /** The draft's. */
  readonly id: string
  readonly files: readonly OutgoingFile[]
}

/** Attaches each, in order. */
export async function attachFiles(session: OutlookSession, { id, files }: FilesOf, signal: AbortSignal): Promise<void> {
  for (const file of files) {
    if (file.bytes.length < SESSION_FROM_BYTES) await attachAtOnce(session, { id, file }, signal)
    else await attachInPieces(session, { id, file }, signal)
  }
}

/**
 * Makes the draft carry exactly these files. One that nobody touched since it was made is believed when names and sizes are
 * right; in any other the bytes are read, what does not belong there is removed, and what lacks is attached.
 */
export async function settleFiles(
  session: OutlookSession,
  { id, files, isUntouched }: FilesOf & { readonly isUntouched: boolean },
  signal: AbortSignal,
): Promise<void> {
  if (isUntouched && files.length === 0) return
  const seen = await listFiles(session, id, signal)
  if (isUntouched && isComplete(seen, files)) return
  const missing = [...files]
  for (const one of seen) {
    const at = await findSame(session, { id, one, among: missing }, signal)
    if (at === -1) await removeFile(session, { id, one }, signal)
    else missing.splice(at, 1)
  }
  await attachFiles(session, { id, files: missing }, signal)
  if (isComplete(await listFiles(session, id, signal), files)) return
  throw new AppError('mail.refused', 'the draft does not carry its files', {
    details: { isFinal: false, providerCode: 'attachments_incomplete', scope: 'message' },
  })
}

interface SeenFile {
  readonly id: string
  readonly name: string
  readonly sizeBytes: number
  readonly isInline: boolean
}

/**
 * Without their bytes. Exchange counts what it keeps of a file beside its bytes as well (PidTagAttachSize, MS-OXCMSG
 * §2.2.2.5), so a size is at least that of the file.
 */
async function listFiles(session: OutlookSession, id: string, signal: AbortSignal): Promise<SeenFile[]> {
  const $select = 'id,name,size,isInline'
  const seen: SeenFile[] = []
  let path: string | null = withQuery(`${messagePath(id)}/attachments`, { $select })
  while (path !== null) {
    const page = pageOf(objectIn(assertGood(await session.ask({ method: 'GET', path }, signal), 'prepare')))
    for (const row of page.rows) seen.push(toSeen(row))
    path = page.next
  }
  return seen
}

function toSeen(row: unknown): SeenFile {
  return {
    id: textOf(row, 'id') ?? '',
    name: textOf(row, 'name') ?? '',
    sizeBytes: Number(field(row, 'size')),
    isInline: field(row, 'isInline') === true,
  }
}

function isComplete(seen: readonly SeenFile[], files: readonly OutgoingFile[]): boolean {
  const left = [...files]
  for (const one of seen) {
    const at = left.findIndex((file) => mayBe(one, file))
    if (at === -1) return false
    left.splice(at, 1)
  }
  return left.length === 0
}

function mayBe({ name, sizeBytes, isInline }: SeenFile, file: OutgoingFile): boolean {
  return !isInline && name === file.name && sizeBytes >= file.bytes.length
}

/** Which of these it is, byte for byte; -1: none. */
async function findSame(
  session: OutlookSession,
  { id, one, among }: { id: string; one: SeenFile; among: readonly OutgoingFile[] },
  signal: AbortSignal,
): Promise<number> {
  const candidate = among.findIndex((file) => mayBe(one, file))
  const file = among[candidate]
  if (file === undefined) return -1
  const path = `${filePath(id, one)}/$value`
  const answer = await session.ask({ method: 'GET', path, mostBytes: file.bytes.length + 1 }, signal)
  const hash = createHash('sha256').update(assertGood(answer, 'prepare').bytes).digest('hex')
  return among.findIndex((other) => mayBe(one, other) && other.hash === hash)
}

async function removeFile(
  session: OutlookSession,
  { id, one }: { id: string; one: SeenFile },
  signal: AbortSignal,
): Promise<void> {
  const answer = await session.ask({ method: 'DELETE', path: filePath(id, one) }, signal)
  if (!isGone(answer)) assertGood(answer, 'prepare')
}

function filePath(id: string, file: SeenFile): string {
  return `${messagePath(id)}/attachments/${encodeURIComponent(file.id)}`
}

interface OneFile {
  readonly id: string
  readonly file: OutgoingFile
}

async function attachAtOnce(session: OutlookSession, { id, file }: OneFile, signal: AbortSignal): Promise<void> {
  const body = {
    '@odata.type': '#microsoft.graph.fileAttachment',
    name: file.name,
    contentType: contentTypeOf(file.name),
    contentBytes: Buffer.from(file.bytes).toString('base64'),
  }
  const path = `${messagePath(id)}/attachments`
  assertGood(await session.ask({ method: 'POST', path, body }, signal), 'prepare')
}

/** The file is attached when its last piece has arrived, and not before. */
async function attachInPieces(session: OutlookSession, { id, file }: OneFile, signal: AbortSignal): Promise<void> {
  const { length } = file.bytes
  const item = { attachmentType: 'file', name: file.name, size: length, contentType: contentTypeOf(file.name) }
  const path = `${messagePath(id)}/attachments/createUploadSession`
  const answer = await session.ask({ method: 'POST', path, body: { AttachmentItem: item } }, signal)
  const url = textOf(objectIn(assertGood(answer, 'prepare')), 'uploadUrl')
  if (url === null) throw lostPiece(answer)
  for (let from = 0; from < length; from += RANGE_BYTES) {
    const bytes = file.bytes.subarray(from, from + RANGE_BYTES)
    const taken = await session.upload({ url, bytes, from, of: length }, signal)
    if (!isTaken(taken, { next: from + bytes.length, of: length })) throw lostPiece(taken)
  }
}

/** 200 names where the next piece begins, 201 follows the last one. */
function isTaken(answer: GraphAnswer, { next, of }: { next: number; of: number }): boolean {
  if (next === of) return answer.status === 201
  const ranges = field(jsonOf(answer), 'nextExpectedRanges')
  const [range]: unknown[] = Array.isArray(ranges) ? ranges : []
  return answer.status === 200 && typeof range === 'string' && range.split('-', 1)[0] === String(next)
}

/**
 * A session that ended or lost count is begun again with the next attempt. It has a permission of its own in its address:
 * that one refused says nothing of the account.
 */
function lostPiece(answer: GraphAnswer): AppError {
  const refusal = refusalOf(answer)
  const isOfSession = answer.status < 400 || [401, 403, 404, 409, 410, 416].includes(answer.status)
  return outlookFailure(isOfSession ? { ...refusal, status: 404, codes: ['UploadSession'] } : refusal, 'prepare')
}

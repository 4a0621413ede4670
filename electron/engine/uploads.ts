import { Buffer } from 'node:buffer'
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UploadId } from '#shared/domain/ids'
import { AppError } from '#shared/errors'
import type { EngineContext } from './context.ts'
import { cleanLine } from './leads/lead-text.ts'

const MB = 1024 * 1024
const MAX_FILE_BYTES = 100 * MB
/** As base64 it stays below what one call may carry. */
const PIECE_BYTES = 768 * 1024
/** Left free on the disk besides the file itself. */
const SPARE_BYTES = 50 * MB
/** Files that wait at the same time; the oldest is forgotten. */
const MAX_WAITING = 4

/** A file that has arrived whole. Whoever takes it removes it. */
export interface Received {
  readonly path: string
  /** As the rep knows it; for reading only, never a path. */
  readonly name: string
  readonly sizeBytes: number
}

/** Files on their way from the page, in pieces, kept under names of our own until somebody takes them. */
export interface Uploads {
  /** Throws `file.too_large` and `disk.full`. */
  begin(file: { name: string; sizeBytes: number }): { uploadId: UploadId; pieceBytes: number }
  /** Throws `file.incomplete` when this is not the piece that comes next, and `disk.full`. */
  append(piece: { uploadId: string; index: number; data: string }): { receivedBytes: number }
  /** Harmless when there is none. */
  discard(uploadId: string): void
  /** Hands the file over. Throws `file.incomplete` when pieces are missing or there is none. */
  take(uploadId: string): Received
  /** A file that is here already. */
  put(name: string, bytes: Uint8Array): UploadId
  /** Removes what an earlier run left behind; for the start. */
  cleanUp(): void
}

interface Upload {
  readonly path: string
  readonly name: string
  readonly sizeBytes: number
  received: number
  next: number
}

export function createUploads(deps: Pick<EngineContext, 'dataFolder' | 'random' | 'disk'>): Uploads {
  const folder = join(deps.dataFolder, 'tmp', 'uploads')
  const waiting = new Map<string, Upload>()

  function begin(file: { name: string; sizeBytes: number }): { uploadId: UploadId; pieceBytes: number } {
    const { sizeBytes } = file
    if (sizeBytes > MAX_FILE_BYTES) {
      throw new AppError('file.too_large', `${sizeBytes} bytes`, { details: { sizeBytes, maxBytes: MAX_FILE_BYTES } })
    }
    if (deps.disk.freeBytes() < sizeBytes + SPARE_BYTES) throw new AppError('disk.full', 'no room for an upload')
    const [oldest] = waiting.keys()
    if (waiting.size >= MAX_WAITING && oldest !== undefined) discard(oldest)
    const uploadId = UploadId.parse(deps.random.id())
    const upload = { path: join(folder, uploadId), name: nameOf(file.name), sizeBytes, received: 0, next: 0 }
    onDisk(() => {
      mkdirSync(folder, { recursive: true })
      writeFileSync(upload.path, '')
    })
    waiting.set(uploadId, upload)
    return { uploadId, pieceBytes: PIECE_BYTES }
  }

  function append(piece: { uploadId: string; index: number; data: string }): { receivedBytes: number } {
    const upload = waiting.get(piece.uploadId)
    if (upload === undefined) throw new AppError('file.incomplete', 'no such upload')
    const bytes = decode(piece.data)
    const missing = upload.sizeBytes - upload.received
    if (piece.index !== upload.next || bytes === null || bytes.length !== Math.min(PIECE_BYTES, missing)) {
      throw new AppError('file.incomplete', `piece ${piece.index} does not follow ${upload.next - 1}`)
    }
    try {
      onDisk(() => appendFileSync(upload.path, bytes))
    } catch (error) {
      // Half a piece may be on the disk: the file cannot go on.
      discard(piece.uploadId)
      throw error
    }
    upload.received += bytes.length
    upload.next++
    return { receivedBytes: upload.received }
  }

  function discard(uploadId: string): void {
    const upload = waiting.get(uploadId)
    if (upload === undefined) return
    waiting.delete(uploadId)
    rmSync(upload.path, { force: true })
  }

  function take(uploadId: string): Received {
    const upload = waiting.get(uploadId)
    if (upload === undefined || upload.received !== upload.sizeBytes) {
      throw new AppError('file.incomplete', upload === undefined ? 'no such upload' : 'pieces are missing')
    }
    waiting.delete(uploadId)
    return { path: upload.path, name: upload.name, sizeBytes: upload.sizeBytes }
  }

  function put(name: string, bytes: Uint8Array): UploadId {
    const { uploadId } = begin({ name, sizeBytes: bytes.length })
    const upload = waiting.get(uploadId)
    if (upload === undefined) throw new Error('an upload vanished between two lines')
    onDisk(() => writeFileSync(upload.path, bytes))
    upload.received = bytes.length
    return uploadId
  }

  return { begin, append, discard, take, put, cleanUp: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Null when it is not base64: Node would skip what it cannot read. */
function decode(data: string): Buffer | null {
  if (data.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(data)) return null
  return Buffer.from(data, 'base64')
}

/** Without folders, which some browsers send along. */
function nameOf(typed: string): string {
  const name = cleanLine(typed.split(/[\\/]/).at(-1) ?? '', 255)
  return name === '' ? 'file' : name
}

/** A full disk in our own words. */
export function onDisk<T>(attempt: () => T): T {
  try {
    return attempt()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new AppError('disk.full', 'upload', { cause: error })
    throw error
  }
}

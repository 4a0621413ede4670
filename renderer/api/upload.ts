import type { UploadId } from '#shared/domain/ids'
import { ApiError } from './api-error.ts'

/** The calls that carry a file; passed in, so that this can run without a host. */
export interface UploadCalls {
  begin(file: {
    readonly name: string
    readonly sizeBytes: number
  }): Promise<{ uploadId: UploadId; pieceBytes: number }>
  append(piece: { readonly uploadId: UploadId; readonly index: number; readonly data: string }): Promise<unknown>
  discard(uploadId: UploadId): Promise<unknown>
}

/**
 * Sends a file piece by piece, in order. Null: `signal` stopped it, and the engine has forgotten the pieces. After a
 * failure the pieces are given up as well.
 */
export async function uploadFile(
  file: File,
  calls: UploadCalls,
  watch: { readonly signal: AbortSignal; readonly onSent: (bytes: number) => void },
): Promise<UploadId | null> {
  const { uploadId, pieceBytes } = await calls.begin({ name: file.name, sizeBytes: file.size })
  try {
    for (let index = 0; index * pieceBytes < file.size; index += 1) {
      if (watch.signal.aborted) break
      const piece = file.slice(index * pieceBytes, (index + 1) * pieceBytes)
      await calls.append({ uploadId, index, data: await base64Of(piece) })
      watch.onSent(Math.min(file.size, (index + 1) * pieceBytes))
    }
  } catch (error) {
    await forget(uploadId, calls)
    throw error
  }
  if (!watch.signal.aborted) return uploadId
  await forget(uploadId, calls)
  return null
}

/** Best effort: the engine clears its temporary folder when it ends anyway. */
async function forget(uploadId: UploadId, calls: UploadCalls): Promise<void> {
  try {
    await calls.discard(uploadId)
  } catch {
    // The failure that led here is the one worth telling.
  }
}

/** Bytes turned into text at once; more would be too many arguments for one call. */
const CHUNK_BYTES = 8_192

async function base64Of(piece: Blob): Promise<string> {
  const bytes = await bytesOf(piece)
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK_BYTES))
  }
  return btoa(text)
}

/** The file may have been moved or locked since it was chosen. */
async function bytesOf(piece: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await piece.arrayBuffer())
  } catch {
    throw new ApiError({ code: 'file.unreadable', details: {}, ref: null })
  }
}

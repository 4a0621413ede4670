import type { AttachedFile } from '#shared/contract/templates'
import { blockedType, MOST_FILES, MOST_FILES_BYTES, safeFileName } from '#shared/domain/attachments'
import type { ErrorCode, ErrorDetails } from '#shared/errors'
import { ApiError } from '../../api/api-error.ts'

/** Why a file cannot join those that are attached; null: it can, as far as the page can tell. */
export function refusalOf(
  { name: typed, size }: { readonly name: string; readonly size: number },
  held: readonly AttachedFile[],
): ApiError | null {
  const name = safeFileName(typed)
  const type = blockedType(name)
  if (type !== null) return refusal('attachment.blocked', { name, type, inside: null })
  if (size === 0) return refusal('attachment.empty', { name })
  if (held.length >= MOST_FILES) return refusal('attachment.too_many', {})
  const sizeBytes = sumBytes(held) + size
  if (sizeBytes <= MOST_FILES_BYTES) return null
  return refusal('attachment.too_large', { name, sizeBytes, maxBytes: MOST_FILES_BYTES })
}

export function sumBytes(files: readonly AttachedFile[]): number {
  return files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
}

function refusal(code: ErrorCode, details: ErrorDetails): ApiError {
  return new ApiError({ code, details, ref: null })
}

import { useRef, useState } from 'react'
import type { ImportState } from '#shared/contract/imports'
import type { UploadId } from '#shared/domain/ids'
import type { ImportPurpose } from '#shared/domain/taxonomy'
import { ApiError } from '../../api/api-error.ts'
import { useCallOnce } from '../../api/hooks.ts'
import { uploadFile } from '../../api/upload.ts'

export interface Upload {
  /** Null: no file is on its way. */
  readonly file: { readonly name: string; readonly sizeBytes: number; readonly sentBytes: number } | null
  readonly error: unknown
  start(file: File): Promise<void>
  /** A file that the engine has already. */
  open(uploadId: string): Promise<void>
  /** A file that the app was opened with could not be read; `code` says why. */
  refuse(code: string): void
  cancel(): void
}

/** Why a file cannot be handed over. */
const REFUSALS = ['file.too_large', 'disk.full'] as const

/** Sends a file to the engine and has it opened there. `onCancelled`: stopped by the rep before it was opened. */
export function useUpload(on: {
  readonly purpose: ImportPurpose
  readonly onOpened: (state: ImportState) => void
  readonly onCancelled: () => void
}): Upload {
  const call = useCallOnce()
  const [file, setFile] = useState<Upload['file']>(null)
  const [error, setError] = useState<unknown>(null)
  const stop = useRef<AbortController | null>(null)

  async function start(chosen: File): Promise<void> {
    const controller = new AbortController()
    stop.current = controller
    const about = { name: chosen.name, sizeBytes: chosen.size }
    setError(null)
    setFile({ ...about, sentBytes: 0 })
    try {
      const uploadId = await uploadFile(
        chosen,
        {
          begin: (input) => call('files.begin', input),
          append: (input) => call('files.append', input),
          discard: (id) => call('files.discard', { uploadId: id }),
        },
        { signal: controller.signal, onSent: (sentBytes) => setFile({ ...about, sentBytes }) },
      )
      if (uploadId === null) on.onCancelled()
      else await begin(uploadId)
    } catch (failure) {
      setError(failure)
    } finally {
      setFile(null)
    }
  }

  async function begin(uploadId: UploadId): Promise<void> {
    on.onOpened(await call('imports.open', { uploadId, purpose: on.purpose }))
  }

  async function open(uploadId: string): Promise<void> {
    setError(null)
    try {
      await begin(uploadId as UploadId)
    } catch (failure) {
      setError(failure)
    }
  }

  function refuse(code: string): void {
    const known = REFUSALS.find((refusal) => refusal === code)
    setError(new ApiError({ code: known ?? 'file.unreadable', details: {}, ref: null }))
  }

  return { file, error, start, open, refuse, cancel: () => stop.current?.abort() }
}

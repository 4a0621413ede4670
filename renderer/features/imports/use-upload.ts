import { useRef, useState } from 'react'
import type { ImportState } from '#shared/contract/imports'
import type { ImportPurpose } from '#shared/domain/taxonomy'
import { useCallOnce } from '../../api/hooks.ts'
import { uploadFile } from '../../api/upload.ts'

export interface Upload {
  /** Null: no file is on its way. */
  readonly file: { readonly name: string; readonly sizeBytes: number; readonly sentBytes: number } | null
  readonly error: unknown
  start(file: File): Promise<void>
  cancel(): void
}

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
      else on.onOpened(await call('imports.open', { uploadId, purpose: on.purpose }))
    } catch (failure) {
      setError(failure)
    } finally {
      setFile(null)
    }
  }

  return { file, error, start, cancel: () => stop.current?.abort() }
}

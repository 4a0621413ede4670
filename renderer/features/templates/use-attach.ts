import { useEffect, useRef, useState } from 'react'
import type { AttachedFile } from '#shared/contract/templates'
import { ApiError } from '../../api/api-error.ts'
import { useCallOnce } from '../../api/hooks.ts'
import { uploadFile } from '../../api/upload.ts'
import { refusalOf } from './file-refusal.ts'

export interface Adding {
  /** Null: no file is on its way. */
  readonly file: { readonly name: string; readonly sizeBytes: number; readonly sentBytes: number } | null
  /** Why some of the last files were not added. */
  readonly errors: readonly ApiError[]
  add(files: readonly File[]): void
  cancel(): void
}

/** Sends files to the engine one after the other; what cannot be attached is said at once, without sending it. */
export function useAttach(attached: readonly AttachedFile[], onAdded: (file: AttachedFile) => void): Adding {
  const call = useCallOnce()
  const [file, setFile] = useState<Adding['file']>(null)
  const [errors, setErrors] = useState<readonly ApiError[]>([])
  const stop = useRef<AbortController | null>(null)
  useEffect(() => () => stop.current?.abort(), [])

  async function send(chosen: File, signal: AbortSignal): Promise<AttachedFile | null> {
    const about = { name: chosen.name, sizeBytes: chosen.size }
    setFile({ ...about, sentBytes: 0 })
    const uploadId = await uploadFile(
      chosen,
      {
        begin: (input) => call('files.begin', input),
        append: (input) => call('files.append', input),
        discard: (id) => call('files.discard', { uploadId: id }),
      },
      { signal, onSent: (sentBytes) => setFile({ ...about, sentBytes }) },
    )
    return uploadId === null ? null : call('templates.attach', { uploadId })
  }

  async function addAll(files: readonly File[], signal: AbortSignal): Promise<void> {
    const held = [...attached]
    for (const chosen of files) {
      if (signal.aborted) break
      try {
        const refusal = refusalOf(chosen, held)
        if (refusal !== null) throw refusal
        const added = await send(chosen, signal)
        if (added === null || held.some((one) => one.hash === added.hash && one.name === added.name)) continue
        held.push(added)
        onAdded(added)
      } catch (error) {
        const failure = error instanceof ApiError ? error : new ApiError({ code: 'internal', details: {}, ref: null })
        setErrors((before) => [...before, failure])
      }
    }
    setFile(null)
  }

  function add(files: readonly File[]): void {
    if (files.length === 0 || file !== null) return
    stop.current = new AbortController()
    setErrors([])
    void addAll(files, stop.current.signal)
  }

  return { file, errors, add, cancel: () => stop.current?.abort() }
}

import { useState } from 'react'
import type { ImportId } from '#shared/domain/ids'
import { useCallOnce } from '../../api/hooks.ts'
import { saveText } from '../../ui/save-text.ts'

export interface Report {
  readonly isSaving: boolean
  readonly error: unknown
  save(importId: ImportId): Promise<void>
}

/** Every row with its verdict, as a file. */
export function useReport(): Report {
  const call = useCallOnce()
  const [isSaving, setSaving] = useState(false)
  const [error, setError] = useState<unknown>(null)

  async function save(importId: ImportId): Promise<void> {
    setError(null)
    setSaving(true)
    try {
      saveText(await call('imports.report', { importId }))
    } catch (failure) {
      setError(failure)
    } finally {
      setSaving(false)
    }
  }

  return { isSaving, error, save }
}

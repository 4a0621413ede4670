import { useState } from 'react'
import type { ImportState } from '#shared/contract/imports'
import { listNameOf } from './import-words.ts'

export interface SaveChoice {
  readonly listName: string
  readonly tags: readonly string[]
  readonly includeRole: boolean
  readonly includeWritten: boolean
  set(change: { listName?: string; tags?: string[]; includeRole?: boolean; includeWritten?: boolean }): void
}

/** How the list is to be kept; named after its file until the rep names it. */
export function useSaveChoice(state: Pick<ImportState, 'importId' | 'fileName' | 'purpose'> | null): SaveChoice {
  const importId = state?.importId ?? null
  const [typed, setTyped] = useState<{
    importId: string | null
    listName?: string
    tags?: string[]
    includeRole?: boolean
    includeWritten?: boolean
  }>({ importId })
  const mine = typed.importId === importId ? typed : { importId }
  return {
    listName: mine.listName ?? listNameOf(state?.fileName ?? ''),
    tags: mine.tags ?? (state?.purpose === 'pending' ? ['moved in'] : []),
    includeRole: mine.includeRole ?? false,
    includeWritten: mine.includeWritten ?? false,
    set: (change) => setTyped({ ...mine, ...change }),
  }
}

import { useState } from 'react'
import type { ImportState } from '#shared/contract/imports'
import { NO_PROVENANCE, type BasisValue } from '../../ui/BasisFields.tsx'
import { listNameOf } from './import-words.ts'

interface Typed {
  readonly listName: string
  readonly tags: readonly string[]
  readonly includeRole: boolean
  readonly includeWritten: boolean
  readonly provenance: BasisValue
}

export interface SaveChoice {
  readonly listName: string
  readonly tags: readonly string[]
  readonly includeRole: boolean
  readonly includeWritten: boolean
  readonly provenance: BasisValue
  set(change: Partial<Typed>): void
}

/** How the list is to be kept; named after its file until the rep names it. */
export function useSaveChoice(state: Pick<ImportState, 'importId' | 'fileName' | 'purpose'> | null): SaveChoice {
  const importId = state?.importId ?? null
  const [typed, setTyped] = useState<Partial<Typed> & { readonly importId: string | null }>({ importId })
  const mine: typeof typed = typed.importId === importId ? typed : { importId }
  return {
    listName: mine.listName ?? listNameOf(state?.fileName ?? ''),
    tags: mine.tags ?? (state?.purpose === 'pending' ? ['moved in'] : []),
    includeRole: mine.includeRole ?? false,
    provenance: mine.provenance ?? { ...NO_PROVENANCE, source: state?.fileName ?? '' },
    includeWritten: mine.includeWritten ?? false,
    set: (change) => setTyped({ ...mine, ...change }),
  }
}

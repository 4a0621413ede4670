import { createContext, use } from 'react'

/** A list that was dropped on the window, on its way to the page that takes it. */
export interface DroppedFile {
  readonly file: File | null
  /** Whoever takes it has it; nobody else does any more. */
  take(): void
}

export const DroppedFileContext = createContext<DroppedFile>({ file: null, take: () => {} })

export function useDroppedFile(): DroppedFile {
  return use(DroppedFileContext)
}

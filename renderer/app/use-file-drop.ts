import { useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { isListFile } from '#shared/domain/list-file'
import type { DroppedFile } from '../ui/dropped-file.ts'
import { showNote } from '../ui/note.ts'

const IMPORT = '/leads/import'

/** A list may be dropped anywhere; parts of a page that take files themselves go first. */
export function useFileDrop(): { readonly isOver: boolean; readonly dropped: DroppedFile } {
  const router = useRouter()
  const [isOver, setOver] = useState(false)
  const [file, setFile] = useState<File | null>(null)

  useEffect(() => {
    function over(event: DragEvent): void {
      const isOurs = hasFiles(event) && !event.defaultPrevented
      setOver(isOurs)
      if (isOurs) event.preventDefault()
    }
    function leave(event: DragEvent): void {
      // Null: out of the window, not only out of an element of it.
      if (event.relatedTarget === null) setOver(false)
    }
    function drop(event: DragEvent): void {
      setOver(false)
      if (!hasFiles(event) || event.defaultPrevented) return
      event.preventDefault()
      const [first, ...others] = event.dataTransfer?.files ?? []
      if (first === undefined || others.length > 0 || !isListFile(first.name))
        return showNote(refusal(others.length > 0))
      setFile(first)
      // There already: what kind of list it is has been said.
      if (router.state.location.pathname !== IMPORT) void router.navigate({ to: IMPORT })
    }
    window.addEventListener('dragenter', over)
    window.addEventListener('dragover', over)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragenter', over)
      window.removeEventListener('dragover', over)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [router])

  useEffect(
    // Dropped, but then the rep stayed and went elsewhere: it must not come up at the next import.
    () => router.subscribe('onResolved', ({ toLocation }) => toLocation.pathname === IMPORT || setFile(null)),
    [router],
  )

  return { isOver, dropped: { file, take: () => setFile(null) } }
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') === true
}

function refusal(areMany: boolean): string {
  return areMany
    ? 'One file at a time, please: drop a CSV or Excel file with leads to import it. Nothing was read.'
    : 'This cannot be dropped here. Drop a CSV or Excel file with leads to import it; nothing was read.'
}

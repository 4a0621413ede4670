import type { DragEvent } from 'react'

/** What makes an element take files that are dropped on it; anything else that is dragged is left to the fields in it. */
export function dropProps(onFiles: (files: readonly File[]) => void) {
  return {
    onDragOver: (event: DragEvent) => {
      if (isOfFiles(event)) event.preventDefault()
    },
    onDrop: (event: DragEvent) => {
      if (!isOfFiles(event)) return
      event.preventDefault()
      onFiles([...event.dataTransfer.files])
    },
  }
}

function isOfFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer.types.includes('Files')
}

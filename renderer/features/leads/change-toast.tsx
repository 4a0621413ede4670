import { Text } from '@mantine/core'
import { clear, showIn } from '../../ui/note.ts'
import { UndoLine } from '../../ui/UndoLine.tsx'

/** One place for all changes of leads: the newest replaces the one before, however fast the rep works. */
const PLACE = 'lead-change'

export function showChange(sentence: string, onUndo: () => void): void {
  show(
    <UndoLine
      sentence={sentence}
      onUndo={() => {
        clear(PLACE)
        onUndo()
      }}
    />,
    8_000,
  )
}

export function showPlain(sentence: string): void {
  show(<Text size="sm">{sentence}</Text>, 4_000)
}

function show(message: React.ReactNode, autoClose: number): void {
  // At the top, where it covers neither the details nor what can be done with chosen leads.
  showIn(PLACE, { message, autoClose, withBorder: true, position: 'top-center' })
}

import { Button, Group } from '@mantine/core'
import { Pencil } from 'lucide-react'
import { clear, showIn } from './note.ts'
import { StatusBadge } from './StatusBadge.tsx'
import { UndoLine } from './UndoLine.tsx'

interface Props {
  /** The rep wrote this mail over. */
  readonly isEdited: boolean
  readonly onReset: () => void
  /** Null: it cannot be written over. */
  readonly onEdit: (() => void) | null
  /** The key that does the same; null: there is none. */
  readonly editKey?: string | null
}

/** Whether one mail was written over, and the ways there and back. */
export function HandEditButtons({ isEdited, onReset, onEdit, editKey = null }: Props) {
  return (
    <Group gap="xs" wrap="nowrap" className="no-shrink">
      {isEdited ? (
        <>
          <StatusBadge tone="busy" label="Edited" />
          <Button size="compact-sm" variant="subtle" onClick={onReset}>
            Reset
          </Button>
        </>
      ) : null}
      {onEdit === null ? null : (
        <Button
          size="compact-sm"
          variant="default"
          title={editKey ?? undefined}
          leftSection={<Pencil size={13} aria-hidden />}
          onClick={onEdit}
        >
          Edit
        </Button>
      )}
    </Group>
  )
}

const RESET = 'mail-reset'

/** Says that a mail has its template's text again, and how to take that back. */
export function showReset(onUndo: () => void): void {
  showIn(RESET, {
    message: (
      <UndoLine
        sentence="The mail is as the template has it."
        onUndo={() => {
          clear(RESET)
          onUndo()
        }}
      />
    ),
  })
}

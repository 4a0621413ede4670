import { ActionIcon, Group, Tooltip } from '@mantine/core'
import { Bold, Italic, Link, List } from 'lucide-react'
import type { RefObject } from 'react'
import { insertLink, toggleList, toggleMark, type Edited } from './edit-text.ts'
import { readField, typeInto } from './type-into.ts'

const TOOLS: readonly { name: string; icon: typeof Bold; edit: (edited: Edited) => Edited }[] = [
  { name: 'Bold', icon: Bold, edit: (edited) => toggleMark(edited, '**') },
  { name: 'Italic', icon: Italic, edit: (edited) => toggleMark(edited, '*') },
  { name: 'Link', icon: Link, edit: insertLink },
  { name: 'List', icon: List, edit: toggleList },
]

interface Props {
  readonly body: RefObject<HTMLTextAreaElement | null>
}

/** Formatting is written as plain marks, so that the text alternative reads well too. */
export function FormatToolbar({ body }: Props) {
  return (
    <Group gap={4} role="group" aria-label="Formatting">
      {TOOLS.map(({ name, icon: Icon, edit }) => (
        <Tooltip key={name} label={name} openDelay={300}>
          <ActionIcon
            variant="default"
            aria-label={name}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => {
              if (body.current !== null) typeInto(body.current, edit(readField(body.current)))
            }}
          >
            <Icon size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ))}
    </Group>
  )
}

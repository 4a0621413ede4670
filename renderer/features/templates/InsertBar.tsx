import { Button, Group, Menu, Text, Tooltip } from '@mantine/core'
import { CalendarClock, ChevronDown, Dices, Library, TextQuote } from 'lucide-react'
import { useState } from 'react'
import { fieldLabel, mergeFieldText, PICK_TEXT } from './merge-field.ts'
import { SnippetsModal } from './SnippetsModal.tsx'
import { useSnippets } from './use-snippets.ts'
import { useFields } from './use-templates.ts'

interface Props {
  readonly onInsert: (piece: string) => void
}

/** What can be put into the text at the caret. A click on a field never takes the focus from where the rep writes. */
export function InsertBar({ onInsert }: Props) {
  const fields = useFields()
  const [isManaging, setManaging] = useState(false)
  return (
    <>
      <Group gap={6} role="group" aria-label="Insert a merge field">
        <Text size="sm" c="dimmed">
          Insert
        </Text>
        {fields
          .filter(({ kind }) => kind !== 'dated')
          .map(({ name, kind }) => (
            <Tooltip key={name} label={mergeFieldText(name)} openDelay={300}>
              <Button
                size="compact-xs"
                variant={kind === 'custom' ? 'outline' : 'light'}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => onInsert(mergeFieldText(name))}
              >
                {fieldLabel(name)}
              </Button>
            </Tooltip>
          ))}
        <DaysMenu onInsert={onInsert} names={fields.filter(({ kind }) => kind === 'dated').map(({ name }) => name)} />
        <Tooltip label="One of several wordings for each lead" openDelay={300}>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<Dices size={12} aria-hidden />}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onInsert(PICK_TEXT)}
          >
            Alternatives
          </Button>
        </Tooltip>
        <SnippetsMenu onInsert={onInsert} onManage={() => setManaging(true)} />
      </Group>
      <SnippetsModal isOpen={isManaging} onClose={() => setManaging(false)} />
    </>
  )
}

function DaysMenu({ names, onInsert }: Props & { readonly names: readonly string[] }) {
  return (
    <Menu returnFocus={false} position="top-start">
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<CalendarClock size={12} aria-hidden />}
          rightSection={<ChevronDown size={12} aria-hidden />}
        >
          Days
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Filled in when the mail goes</Menu.Label>
        {names.map((name) => (
          <Menu.Item key={name} onClick={() => onInsert(mergeFieldText(name))}>
            {fieldLabel(name)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function SnippetsMenu({ onInsert, onManage }: Props & { readonly onManage: () => void }) {
  const snippets = useSnippets()
  return (
    <Menu returnFocus={false} position="top-start">
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<TextQuote size={12} aria-hidden />}
          rightSection={<ChevronDown size={12} aria-hidden />}
        >
          Snippets
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah="20rem" style={{ overflowY: 'auto' }}>
        {snippets.map(({ id, name, text }) => (
          <Menu.Item key={id} title={text} onClick={() => onInsert(text)}>
            {name}
          </Menu.Item>
        ))}
        {snippets.length === 0 ? null : <Menu.Divider />}
        <Menu.Item leftSection={<Library size={14} aria-hidden />} onClick={onManage}>
          {snippets.length === 0 ? 'Write the first snippet' : 'Manage snippets'}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

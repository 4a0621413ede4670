import { Button, Popover, Stack, TagsInput } from '@mantine/core'
import { useState } from 'react'
import type { TagChange } from './use-lead-actions.ts'

interface Props {
  readonly isOpen: boolean
  readonly onOpen: (isOpen: boolean) => void
  readonly knownTags: readonly string[]
  readonly isDisabled: boolean
  readonly onTag: (change: TagChange) => void
}

/** Adds tags to the chosen leads and takes tags away. */
export function TagMenu({ isOpen, onOpen, knownTags, isDisabled, onTag }: Props) {
  return (
    <Popover
      opened={isOpen}
      onChange={onOpen}
      trapFocus
      returnFocus
      position="top-start"
      width={280}
      withArrow
      shadow="md"
    >
      <Popover.Target>
        <Button size="xs" variant="default" disabled={isDisabled} onClick={() => onOpen(!isOpen)}>
          Tags…
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Change tags">
        <TagForm
          knownTags={knownTags}
          onTag={(change) => {
            onTag(change)
            onOpen(false)
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

function TagForm({ knownTags, onTag }: Pick<Props, 'knownTags' | 'onTag'>) {
  const [add, setAdd] = useState<string[]>([])
  const [remove, setRemove] = useState<string[]>([])
  const shared = {
    size: 'xs',
    data: [...knownTags],
    maxTags: 20,
    maxLength: 40,
    comboboxProps: { withinPortal: false, position: 'top' as const },
  }
  return (
    <Stack gap="sm">
      <TagsInput
        {...shared}
        label="Add"
        placeholder="Type a tag, press Enter"
        value={add}
        onChange={setAdd}
        data-autofocus
      />
      <TagsInput
        {...shared}
        label="Take away"
        placeholder="Type a tag, press Enter"
        value={remove}
        onChange={setRemove}
      />
      <Button size="xs" disabled={add.length + remove.length === 0} onClick={() => onTag({ add, remove })}>
        Change tags
      </Button>
    </Stack>
  )
}

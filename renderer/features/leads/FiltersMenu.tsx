import { ActionIcon, Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core'
import { Bookmark, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { isFiltered, keyOf, type LeadQuery } from './lead-query.ts'
import { useSavedFilters, type SavedFilter, type SavedFilters } from './use-saved-filters.ts'

interface Props {
  readonly wanted: LeadQuery
  readonly onShow: (query: LeadQuery) => void
}

/** Filters under a name: one press shows them again. */
export function FiltersMenu({ wanted, onShow }: Props) {
  const [isOpen, setOpen] = useState(false)
  const saved = useSavedFilters()
  const current = saved.all.find((filter) => keyOf(queryOf(filter)) === keyOf(wanted))
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      trapFocus
      returnFocus
      position="bottom-end"
      width={300}
      withArrow
      shadow="md"
    >
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<Bookmark size={16} aria-hidden />}
          onClick={() => setOpen(!isOpen)}
          maw={220}
          aria-label={current === undefined ? undefined : `Saved filters: ${current.name}`}
        >
          {current?.name ?? 'Saved filters'}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <SavedList
            saved={saved}
            current={current}
            onShow={(filter) => {
              onShow(queryOf(filter))
              setOpen(false)
            }}
          />
          {current === undefined && isFiltered(wanted.filter) ? (
            <KeepForm isSaving={saved.isSaving} onKeep={(name) => saved.keep(name, wanted)} />
          ) : null}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

function queryOf({ filter, sort }: SavedFilter): LeadQuery {
  return { filter, sort }
}

interface ListProps {
  readonly saved: SavedFilters
  readonly current: SavedFilter | undefined
  readonly onShow: (filter: SavedFilter) => void
}

function SavedList({ saved, current, onShow }: ListProps) {
  if (saved.all.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nothing saved yet. Search or filter the leads, then come back here and give it a name.
      </Text>
    )
  }
  return (
    <Stack gap={4} role="list" aria-label="Saved filters">
      {saved.all.map((filter) => (
        <Group key={filter.name} role="listitem" gap={4} wrap="nowrap">
          <Button
            flex={1}
            miw={0}
            size="xs"
            justify="flex-start"
            variant={filter === current ? 'light' : 'subtle'}
            aria-current={filter === current || undefined}
            onClick={() => onShow(filter)}
          >
            {filter.name}
          </Button>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Forget “${filter.name}”`}
            onClick={() => saved.remove(filter.name)}
          >
            <Trash2 size={15} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
    </Stack>
  )
}

function KeepForm({ isSaving, onKeep }: { readonly isSaving: boolean; readonly onKeep: (name: string) => void }) {
  const [name, setName] = useState('')
  const isNamed = name.trim() !== ''
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isNamed) onKeep(name.trim())
      }}
    >
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <TextInput
          flex={1}
          size="xs"
          data-autofocus
          label="Save what is shown as"
          placeholder="New in Munich"
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" size="xs" loading={isSaving} disabled={!isNamed}>
          Save
        </Button>
      </Group>
    </form>
  )
}

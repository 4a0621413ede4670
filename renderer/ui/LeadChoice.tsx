import { Checkbox, Group, Select, TextInput } from '@mantine/core'
import { Search } from 'lucide-react'
import type { Recipients } from './lead-choice.ts'

interface Props {
  readonly recipients: Recipients
  readonly onChange: (recipients: Recipients) => void
  /** The lists and tags in use; undefined until they are known. */
  readonly facets:
    | {
        readonly lists: readonly { readonly listId: number; readonly name: string }[]
        readonly tags: readonly { readonly tag: string }[]
      }
    | undefined
}

/** Which of the approved leads: by words, list and tag. */
export function LeadChoice({ recipients, onChange, facets }: Props) {
  const change = (part: Partial<Recipients>) => onChange({ ...recipients, ...part })
  const lists = facets?.lists ?? []
  const tags = facets?.tags ?? []
  return (
    <>
      <TextInput
        aria-label="Search approved leads"
        placeholder="Search approved leads"
        leftSection={<Search size={16} aria-hidden />}
        value={recipients.search}
        maxLength={200}
        onChange={(event) => change({ search: event.currentTarget.value })}
      />
      <Group grow gap="xs" wrap="nowrap">
        <Select
          aria-label="List"
          placeholder="Any list"
          clearable
          searchable={lists.length > 8}
          data={lists.map(({ listId, name }) => ({ value: String(listId), label: name }))}
          value={recipients.listId === null ? null : String(recipients.listId)}
          onChange={(value) => change({ listId: value === null ? null : Number(value) })}
          clearButtonProps={{ 'aria-label': 'Any list' }}
        />
        <Select
          aria-label="Tag"
          placeholder="Any tag"
          clearable
          searchable={tags.length > 8}
          data={tags.map(({ tag }) => tag)}
          value={recipients.tag}
          onChange={(tag) => change({ tag })}
          clearButtonProps={{ 'aria-label': 'Any tag' }}
        />
      </Group>
      <Checkbox
        size="sm"
        label="Leave out people already written to"
        checked={!recipients.includesWritten}
        onChange={(event) => change({ includesWritten: !event.currentTarget.checked })}
      />
    </>
  )
}

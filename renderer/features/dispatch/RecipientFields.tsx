import { Anchor, Checkbox, Group, Select, Text, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { formatCount } from '../../ui/format.ts'
import type { Selection } from './dispatch-search.ts'
import type { Recipients } from './order.ts'
import type { Basics } from './use-dispatch.ts'

interface Props {
  readonly recipients: Recipients
  readonly onChange: (recipients: Recipients) => void
  readonly facets: Basics['facets']
  readonly handedOver: Selection | null
  readonly listed: number
}

/** Which leads: those handed over by another page, or the approved ones that a filter finds. */
export function RecipientFields({ recipients, onChange, facets, handedOver, listed }: Props) {
  if (handedOver !== null) {
    return (
      <Text size="sm">
        <b>{formatCount(listed, 'lead')}</b> from the Leads page.{' '}
        <Anchor component={Link} to="/dispatch" underline="always">
          Choose by filter instead
        </Anchor>
      </Text>
    )
  }
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

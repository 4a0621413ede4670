import { Button, Group, Text } from '@mantine/core'
import { formatNumber } from './format.ts'

interface Props {
  /** The first row of the page, counted from 0. */
  readonly offset: number
  readonly total: number
  /** Rows of a page. */
  readonly size: number
  readonly onOffset: (offset: number) => void
}

/** A page back and one on; nothing where all rows fit. */
export function Pager({ offset, total, size, onOffset }: Props) {
  if (total <= size) return null
  const last = Math.min(total, offset + size)
  return (
    <Group gap="xs">
      <Text size="sm" c="dimmed" role="status">
        {formatNumber(offset + 1)}–{formatNumber(last)} of {formatNumber(total)}
      </Text>
      <Button
        size="compact-sm"
        variant="default"
        disabled={offset === 0}
        onClick={() => onOffset(Math.max(0, offset - size))}
      >
        Back
      </Button>
      <Button size="compact-sm" variant="default" disabled={last >= total} onClick={() => onOffset(offset + size)}>
        Next
      </Button>
    </Group>
  )
}

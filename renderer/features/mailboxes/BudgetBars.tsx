import { Group, Progress, SimpleGrid, Stack, Text } from '@mantine/core'
import { formatNumber } from '../../ui/format.ts'
import type { Mailbox } from './use-mailboxes.ts'

interface Props {
  readonly budget: Mailbox['budget']
  readonly hourlyCap: number
}

/** How much of what it may send this mailbox has sent. */
export function BudgetBars({ budget, hourlyCap }: Props) {
  return (
    <Stack gap="sm">
      <SimpleGrid cols={2} spacing="lg">
        <Bar label="Last 60 minutes" value={budget.lastHour} of={hourlyCap} />
        <Bar label="Last 24 hours" value={budget.lastDay} of={budget.dailyLimit} />
      </SimpleGrid>
      <Text size="sm" c="dimmed">
        Today <b>{formatNumber(budget.today)}</b> sent, <b>{formatNumber(budget.waiting)}</b> waiting
      </Text>
    </Stack>
  )
}

function Bar({ label, value, of }: { readonly label: string; readonly value: number; readonly of: number }) {
  const isFull = value >= of
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Text size="xs" c="dimmed">
          {label}
        </Text>
        <Text size="xs" fw={600}>
          {formatNumber(value)} of {formatNumber(of)}
        </Text>
      </Group>
      <Progress
        value={of === 0 ? 100 : Math.min(100, (value / of) * 100)}
        color={isFull ? 'yellow' : 'indigo'}
        aria-label={`${label}: ${value} of ${of}`}
      />
    </Stack>
  )
}

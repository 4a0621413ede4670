import { Group, Progress, SimpleGrid, Stack, Text } from '@mantine/core'
import { formatNumber } from '../../ui/format.ts'
import { shareText } from './mailbox-words.ts'
import type { Mailbox, Policy } from './use-mailboxes.ts'

interface Props {
  readonly budget: Mailbox['budget']
  readonly policy: Pick<Policy, 'hourlyCap' | 'handReserve'>
}

/** How much of what it may send this mailbox has sent, and who sent it. */
export function BudgetBars({ budget, policy }: Props) {
  const share = shareText(budget, policy.handReserve)
  return (
    <Stack gap="sm">
      <SimpleGrid cols={2} spacing="lg">
        <Bar label="Last 60 minutes" value={budget.lastHour} byHand={0} of={policy.hourlyCap} />
        <Bar label="Last 24 hours" value={budget.lastDay} byHand={budget.byHand} of={budget.dailyLimit} />
      </SimpleGrid>
      <Text size="sm" c="dimmed">
        Today <b>{formatNumber(budget.today)}</b> sent, <b>{formatNumber(budget.waiting)}</b> waiting. {share}
      </Text>
    </Stack>
  )
}

interface BarProps {
  readonly label: string
  readonly value: number
  /** Of `value`: what the rep sent by other means. */
  readonly byHand: number
  readonly of: number
}

function Bar({ label, value, byHand, of }: BarProps) {
  const isFull = value >= of
  const part = (count: number) => (of === 0 ? 0 : Math.min(100, (count / of) * 100))
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
      <Progress.Root role="img" aria-label={`${label}: ${value} of ${of}${byHand === 0 ? '' : `, ${byHand} by you`}`}>
        <Progress.Section
          value={of === 0 ? 100 : part(value - byHand)}
          color={isFull ? 'yellow' : 'indigo'}
          aria-hidden
        />
        {byHand === 0 ? null : <Progress.Section value={part(byHand)} color="gray" aria-hidden />}
      </Progress.Root>
    </Stack>
  )
}

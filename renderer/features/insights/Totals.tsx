import { Card, SimpleGrid, Text } from '@mantine/core'
import { formatNumber } from '../../ui/format.ts'
import { countText, rateText } from './insight-words.ts'
import type { Overview } from './use-insights.ts'

/** The four figures that one looks for first. */
export function Totals({ totals }: { readonly totals: Overview['totals'] }) {
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="md">
      <Tile label="Sent" value={formatNumber(totals.sent)} detail="mails in this time" />
      <Tile label="Answered" value={rateText(totals.replied)} detail={countText(totals.replied)} />
      <Tile label="Came back" value={rateText(totals.bounced)} detail={countText(totals.bounced)} />
      <Tile label="Opted out" value={rateText(totals.optedOut)} detail={countText(totals.optedOut)} />
    </SimpleGrid>
  )
}

function Tile({ label, value, detail }: { label: string; value: string; detail: string }) {
  return (
    <Card withBorder padding="md" radius="lg">
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text size="lg" fw={650}>
        {value}
      </Text>
      <Text size="xs" c="dimmed">
        {detail}
      </Text>
    </Card>
  )
}

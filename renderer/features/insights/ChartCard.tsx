import { Card, ScrollArea, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

interface Props {
  readonly title: string
  /** What the plot says, in a sentence: also for those who do not see it. */
  readonly summary: string
  readonly note?: string
  /** Null: there is nothing to draw. */
  readonly chart: ReactNode
  readonly table: ReactNode
}

/** A plot with its figures beside it. */
export function ChartCard({ title, summary, note, chart, table }: Props) {
  return (
    <Card withBorder padding="lg" radius="lg" component="section" aria-label={title}>
      <Stack gap="sm">
        <div>
          <Title order={2} size="h4">
            {title}
          </Title>
          <Text size="sm" c="dimmed">
            {summary}
          </Text>
        </div>
        {chart === null ? (
          table
        ) : (
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
            <div role="img" aria-label={`${title}: ${summary}`}>
              {chart}
            </div>
            <ScrollArea.Autosize
              mah={300}
              offsetScrollbars
              type="auto"
              viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': `${title}, figures` }}
            >
              {table}
            </ScrollArea.Autosize>
          </SimpleGrid>
        )}
        {note === undefined ? null : (
          <Text size="xs" c="dimmed">
            {note}
          </Text>
        )}
      </Stack>
    </Card>
  )
}

import { BarChart } from '@mantine/charts'
import { Stack, Text } from '@mantine/core'
import { formatLocalDate, formatNumber } from '../../ui/format.ts'
import { ChartCard } from './ChartCard.tsx'
import { FigureTable } from './FigureTable.tsx'
import { overTimeSummary } from './insight-words.ts'
import type { Overview } from './use-insights.ts'

const CAME_IN = [
  { name: 'replied', label: 'Answered', color: 'teal.6' },
  { name: 'bounced', label: 'Came back', color: 'red.6' },
  { name: 'optedOut', label: 'Opted out', color: 'orange.6' },
]

export function OverTime({ overview }: { readonly overview: Overview }) {
  const isEmpty = overview.days.every(
    ({ sent, replied, bounced, optedOut }) => sent + replied + bounced + optedOut === 0,
  )
  return (
    <ChartCard
      title="Over time"
      summary={overTimeSummary(overview)}
      note="Answers are shown on the day they came in, whenever the mail was sent."
      chart={isEmpty ? null : <Plots days={overview.days} />}
      table={
        <FigureTable
          label="Mail by day"
          head={['Day', 'Sent', 'Answered', 'Came back', 'Opted out']}
          rows={overview.days.toReversed().map((day) => ({
            key: day.date,
            cells: [
              formatLocalDate(day.date),
              formatNumber(day.sent),
              formatNumber(day.replied),
              formatNumber(day.bounced),
              formatNumber(day.optedOut),
            ],
          }))}
        />
      }
    />
  )
}

/** Two plots, one below the other: answers are too few to be seen beside the mails. */
function Plots({ days }: Pick<Overview, 'days'>) {
  const shared = {
    data: days.map((day) => ({ ...day, date: formatLocalDate(day.date, { isShort: true }) })),
    dataKey: 'date',
    maxBarWidth: 22,
    yAxisProps: { allowDecimals: false, width: 36 },
    barChartProps: { accessibilityLayer: false },
    tooltipAnimationDuration: 0,
  }
  return (
    <Stack gap={4}>
      <Text size="xs" c="dimmed">
        Sent
      </Text>
      <BarChart h={120} series={[{ name: 'sent', label: 'Sent', color: 'indigo.6' }]} {...shared} />
      <Text size="xs" c="dimmed">
        Came in
      </Text>
      <BarChart h={150} type="stacked" withLegend series={CAME_IN} {...shared} />
    </Stack>
  )
}

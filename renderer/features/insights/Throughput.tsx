import { BarChart } from '@mantine/charts'
import { formatLocalDate, formatNumber } from '../../ui/format.ts'
import { ChartCard } from './ChartCard.tsx'
import { FigureTable } from './FigureTable.tsx'
import { throughputSummary } from './insight-words.ts'
import type { Overview } from './use-insights.ts'

/** Days of the past beside those to come. */
const PAST_DAYS = 7

/** What went out and what is planned, against what the mailboxes may send. */
export function Throughput({ overview }: { readonly overview: Overview }) {
  const { throughput } = overview
  const planned = new Map(throughput.coming.map((day) => [day.date, day.planned]))
  const past = overview.days.slice(-PAST_DAYS)
  const future = throughput.coming.filter(({ date }) => !past.some((day) => day.date === date))
  const rows = [
    ...past.map(({ date, sent }) => ({ date, sent, planned: planned.get(date) ?? 0 })),
    ...future.map((day) => ({ ...day, sent: 0 })),
  ]
  const isEmpty = rows.every((row) => row.sent + row.planned === 0)
  return (
    <ChartCard
      title="Pace of the queue"
      summary={throughputSummary(overview)}
      chart={
        isEmpty ? null : (
          <BarChart
            h={240}
            type="stacked"
            data={rows.map((row) => ({ ...row, date: formatLocalDate(row.date, { isShort: true }) }))}
            dataKey="date"
            series={[
              { name: 'sent', label: 'Sent', color: 'indigo.6' },
              { name: 'planned', label: 'Planned', color: 'gray.5' },
            ]}
            withLegend
            maxBarWidth={28}
            yAxisProps={{ allowDecimals: false, width: 36 }}
            barChartProps={{ accessibilityLayer: false }}
            tooltipAnimationDuration={0}
          />
        )
      }
      table={
        <FigureTable
          label="Sent and planned by day"
          head={['Day', 'Sent', 'Planned']}
          rows={rows.map((row) => ({
            key: row.date,
            cells: [formatLocalDate(row.date), formatNumber(row.sent), formatNumber(row.planned)],
          }))}
        />
      }
    />
  )
}

import { BarChart } from '@mantine/charts'
import { Badge, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { weekdayName } from '../../ui/format.ts'
import { ChartCard } from './ChartCard.tsx'
import { FigureTable } from './FigureTable.tsx'
import { countText, hourText, percent, rateText, stepName } from './insight-words.ts'
import type { Overview, RateView } from './use-insights.ts'

interface RatedRow {
  readonly key: string
  /** As the table says it. */
  readonly name: string
  /** As the axis says it. */
  readonly short?: string
  readonly rate: RateView
  readonly isClearBest?: boolean
}

/** Which texts, steps, days and hours get answers. */
export function RateTables({ overview }: { readonly overview: Overview }) {
  return (
    <>
      <Rates
        title="By template"
        first="Template"
        rows={overview.byTemplate.map(({ templateId, name, version, ...rest }) => ({
          key: `${templateId} ${version}`,
          name: `${name}, version ${version}`,
          short: `${name.slice(0, 14)} v${version}`,
          ...rest,
        }))}
      />
      <Rates
        title="By step"
        first="Step"
        rows={overview.byStep.map(({ step, rate }) => ({ key: String(step), name: stepName(step), rate }))}
      />
      <Rates
        title="By weekday of sending"
        first="Weekday"
        rows={overview.byWeekday.map(({ weekday, ...rest }) => ({
          key: String(weekday),
          name: weekdayName(weekday),
          short: weekdayName(weekday).slice(0, 3),
          ...rest,
        }))}
      />
      <Rates
        title="By hour of sending"
        first="Hour"
        rows={overview.byHour.map(({ hour, ...rest }) => ({
          key: String(hour),
          name: hourText(hour),
          short: String(hour),
          ...rest,
        }))}
      />
    </>
  )
}

function Rates({ title, first, rows }: { title: string; first: string; rows: readonly RatedRow[] }) {
  // One bar alone compares with nothing.
  const hasEnough = rows.filter(({ rate }) => rate.isEnough).length > 1
  return (
    <ChartCard
      title={title}
      summary={summaryOf(rows)}
      chart={hasEnough ? <Bars rows={rows} /> : null}
      table={
        <FigureTable
          label={`Answers ${title.toLowerCase()}`}
          head={[first, 'Answered', 'Rate']}
          rows={rows.map((row) => ({ key: row.key, cells: [nameOf(row), countText(row.rate), rateText(row.rate)] }))}
        />
      }
    />
  )
}

function nameOf({ name, isClearBest }: RatedRow): ReactNode {
  if (isClearBest !== true) return name
  return (
    <Group gap={6}>
      <Text span size="sm" fw={500}>
        {name}
      </Text>
      <Badge variant="light" color="green" tt="none">
        Clearly the best
      </Badge>
    </Group>
  )
}

/** Only rates that mean something are drawn. */
function Bars({ rows }: { readonly rows: readonly RatedRow[] }) {
  return (
    <BarChart
      h={240}
      data={rows.map(({ short, name, rate }) => ({
        name: short ?? name,
        rate: rate.isEnough && rate.share !== null ? Number((rate.share * 100).toFixed(1)) : null,
      }))}
      dataKey="name"
      series={[{ name: 'rate', label: 'Answered, %', color: 'teal.6' }]}
      maxBarWidth={36}
      yAxisProps={{ width: 40 }}
      unit="%"
      barChartProps={{ accessibilityLayer: false }}
      tooltipAnimationDuration={0}
    />
  )
}

function summaryOf(rows: readonly RatedRow[]): string {
  if (rows.length === 0) return 'Nothing was sent in this time.'
  const best = rows.find(({ isClearBest }) => isClearBest === true)
  if (best?.rate.share !== undefined && best.rate.share !== null) {
    return `${best.name} gets clearly more answers than the others: ${percent(best.rate.share)}.`
  }
  const judged = rows.filter(({ rate }) => rate.isEnough)
  if (judged.length === 0)
    return 'Not enough data yet: it takes about 20 mails for a first figure, more where answers differ.'
  return judged.length === 1 ? 'Only one has enough mail for a figure so far.' : 'No clear difference so far.'
}

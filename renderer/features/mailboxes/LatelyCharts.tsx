import { CompositeChart } from '@mantine/charts'
import { Box, Group, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core'
import { LEAST_HEALTH } from '#shared/domain/gates'
import { SLOW_BELOW } from '#shared/domain/health'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatLocalDate, formatNumber } from '../../ui/format.ts'
import { daysText, healthText, recentText } from './lately-text.ts'
import styles from './lately.module.css'
import { useLately, type Lately, type Mailbox } from './use-mailboxes.ts'

/** How the last days of a mailbox went, and how well its mail is received: two small pictures, each also in words. */
export function LatelyCharts({ mailbox }: { readonly mailbox: Pick<Mailbox, 'id' | 'health'> }) {
  const lately = useLately(mailbox.id)
  if (lately.data === undefined) {
    return lately.error === null ? (
      <Skeleton h={150} />
    ) : (
      <ErrorPanel error={lately.error} onRetry={() => lately.refetch()} />
    )
  }
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="lg">
      <SentDays days={lately.data.days} />
      <HealthScale health={mailbox.health} recent={lately.data.recent} />
    </SimpleGrid>
  )
}

function SentDays({ days }: Pick<Lately, 'days'>) {
  const text = daysText(days)
  return (
    <Stack gap={4}>
      <Text size="xs" c="dimmed">
        Sent a day, and the limit (dashed)
      </Text>
      <div role="img" aria-label={text}>
        <CompositeChart
          h={92}
          data={days.map((day) => ({ ...day, date: formatLocalDate(day.date, { isShort: true }) }))}
          dataKey="date"
          series={[
            { name: 'sent', label: 'Sent', type: 'bar', color: 'indigo.6' },
            { name: 'limit', label: 'Limit', type: 'line', color: 'orange.7' },
          ]}
          curveType="step"
          withDots={false}
          lineProps={() => ({ strokeDasharray: '4 3', isAnimationActive: false })}
          barProps={() => ({ isAnimationActive: false })}
          maxBarWidth={14}
          gridAxis="none"
          withXAxis={false}
          yAxisProps={{ allowDecimals: false, width: 36, tickCount: 3 }}
          composedChartProps={{ accessibilityLayer: false }}
          tooltipAnimationDuration={0}
        />
      </div>
      <Text size="xs" c="dimmed">
        {text}
      </Text>
    </Stack>
  )
}

/** The score between 0 and 100, with the two marks below which it slows down and stops. */
function HealthScale({ health, recent }: { readonly health: number; readonly recent: Lately['recent'] }) {
  const zone = health < LEAST_HEALTH ? 'bad' : health < SLOW_BELOW ? 'warning' : 'good'
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Text size="xs" c="dimmed">
          Health
        </Text>
        <Text size="xs" fw={600}>
          {formatNumber(health)} of 100
        </Text>
      </Group>
      <Box className={styles['scale']} role="img" aria-label={healthText(health)}>
        <span className={styles['score']} data-zone={zone} style={{ width: `${health}%` }} />
        {[LEAST_HEALTH, SLOW_BELOW].map((mark) => (
          <span key={mark} className={styles['mark']} style={{ left: `${mark}%` }} />
        ))}
      </Box>
      <div className={styles['names']} aria-hidden>
        <span style={{ width: `${LEAST_HEALTH}%` }}>stops</span>
        <span style={{ width: `${SLOW_BELOW - LEAST_HEALTH}%` }}>slow</span>
        <span style={{ width: `${100 - SLOW_BELOW}%` }}>well</span>
      </div>
      <Text size="xs" c="dimmed">
        {recentText(recent)}
      </Text>
    </Stack>
  )
}

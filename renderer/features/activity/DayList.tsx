import { Anchor, Box, Group, Stack, Text, Title, Tooltip } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { formatClock, formatCount, formatFull } from '../../ui/format.ts'
import type { Tone } from '../../ui/StatusBadge.tsx'
import { useNow } from '../../ui/use-now.ts'
import { byDay } from './days.ts'
import { eventText } from '../../ui/event-text.ts'
import { eventTone } from '../../ui/event-tone.ts'
import type { ActivityEntry } from './days.ts'
import { folded } from './folded.ts'
import styles from './activity.module.css'

export function DayList({ entries }: { readonly entries: readonly ActivityEntry[] }) {
  const now = useNow(60_000)
  return (
    <Stack gap="lg">
      {byDay(folded(entries), now).map((day) => (
        <Box component="section" key={`${day.title}-${day.lines[0]?.entry.id}`}>
          <Title order={2} size="h5" mb="xs">
            {day.title}
          </Title>
          <ol className={styles['list']}>
            {day.lines.map(({ entry, steps }) => (
              <li key={entry.id} className={styles['line']}>
                <EventLine entry={entry} />
                {steps.length === 0 ? null : <Steps steps={steps} />}
              </li>
            ))}
          </ol>
        </Box>
      ))}
    </Stack>
  )
}

const EventLine = memo(function EventLine({ entry }: { readonly entry: ActivityEntry }) {
  const tone: Tone = eventTone(entry)
  return (
    <Group gap="md" wrap="nowrap" align="baseline">
      <Tooltip label={formatFull(entry.at)} position="right">
        <Text component="time" size="sm" c="dimmed" className={styles['time'] ?? ''}>
          {formatClock(entry.at)}
        </Text>
      </Tooltip>
      <span className={styles['dot']} data-tone={tone} aria-hidden />
      <Text size="sm" className="break">
        {eventText(entry)}
      </Text>
      <WayThere entry={entry} />
    </Group>
  )
})

/** How a mail that was sent came there; shut until somebody asks. */
function Steps({ steps }: { readonly steps: readonly ActivityEntry[] }) {
  return (
    <details className={styles['steps']}>
      <summary>{formatCount(steps.length, 'step')} before it</summary>
      <ol className={styles['list']}>
        {steps.map((step) => (
          <li key={step.id} className={styles['step']}>
            <EventLine entry={step} />
          </li>
        ))}
      </ol>
    </details>
  )
}

/** To the mail, else to the lead, else to the campaign that a line is about. */
function WayThere({ entry: { sendId, leadId, campaignId } }: { readonly entry: ActivityEntry }) {
  if (sendId !== null) {
    return (
      <Anchor size="xs" renderRoot={(props) => <Link to="/queue" search={{ send: sendId }} {...props} />}>
        Mail
      </Anchor>
    )
  }
  if (leadId !== null) {
    return (
      <Anchor size="xs" renderRoot={(props) => <Link to="/leads" search={{ lead: leadId }} {...props} />}>
        Lead
      </Anchor>
    )
  }
  if (campaignId === null) return null
  return (
    <Anchor
      size="xs"
      renderRoot={(props) => <Link to="/campaigns/$id" params={{ id: String(campaignId) }} search={{}} {...props} />}
    >
      Campaign
    </Anchor>
  )
}

import { Card, Skeleton, Stack, Table, Title } from '@mantine/core'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatBytes, formatCount, formatRelative, formatWhen } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import { useSystemHealth, type SystemHealth } from './use-insights.ts'

/** Is everything well? One line for each thing that could stop the sender or lose data. */
export function System() {
  const { data, error, refetch } = useSystemHealth()
  const now = useNow(60_000)
  return (
    <Card withBorder padding="lg" radius="lg" component="section" aria-label="System health">
      <Stack gap="sm">
        <Title order={2} size="h4">
          System health
        </Title>
        {error === null ? null : <ErrorPanel error={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null ? <Skeleton h={160} /> : null}
        {data === undefined ? null : (
          <Table verticalSpacing={6} aria-label="System health">
            <Table.Tbody>
              {linesOf(data, now).map(({ name, text }) => (
                <Table.Tr key={name}>
                  <Table.Th scope="row" w="14rem" fw={500} className="break">
                    {name}
                  </Table.Th>
                  <Table.Td>{text}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Stack>
    </Card>
  )
}

function linesOf(health: SystemHealth, now: number): { name: string; text: string }[] {
  const { backups, disk, database, clock, log } = health
  return [
    ...health.mailboxes.map((mailbox) => ({ name: mailbox.address, text: mailboxText(mailbox, now) })),
    {
      name: 'Last backup',
      text:
        backups.lastAt === null
          ? 'None yet. The first one is made ten minutes after the start.'
          : `${formatRelative(backups.lastAt, now)}; ${formatCount(backups.count, 'copy', 'copies')} kept, ${formatBytes(backups.sizeBytes)}.`,
    },
    { name: 'Free space', text: `${formatBytes(disk.freeBytes)} on the disk of the data folder.` },
    { name: 'Database', text: formatBytes(database.sizeBytes) },
    {
      name: 'Clock',
      text:
        clock.lastJumpAt === null
          ? `Steady, zone ${clock.zone}.`
          : `Jumped ${formatRelative(clock.lastJumpAt, now)}; the plan was made anew. Zone ${clock.zone}.`,
    },
    {
      name: 'Log',
      text:
        log.days === null
          ? 'No log file.'
          : `${formatCount(Math.max(1, log.days), 'day')} kept on this computer, ${formatBytes(log.sizeBytes)}.`,
    },
  ]
}

function mailboxText(mailbox: SystemHealth['mailboxes'][number], now: number): string {
  const parts = [`Health ${mailbox.health} of 100`, STATUS_WORDS[mailbox.status]]
  if (mailbox.restingUntil !== null) parts.push(`goes on ${formatWhen(mailbox.restingUntil, now)}`)
  if (!mailbox.mayRead) parts.push('answers cannot be read')
  else if (mailbox.readAt !== null) parts.push(`answers read ${formatRelative(mailbox.readAt, now)}`)
  return `${parts.join(', ')}.`
}

const STATUS_WORDS = {
  ready: 'ready',
  paused: 'paused by you',
  resting: 'resting',
  needs_sign_in: 'needs you on the Mailboxes page',
} satisfies Record<SystemHealth['mailboxes'][number]['status'], string>

import { ActionIcon, Group, Skeleton, Stack, Table, Text } from '@mantine/core'
import { Trash2 } from 'lucide-react'
import type { Absence } from '#shared/domain/absences'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { dayIn } from '../../ui/schedule-time.ts'
import { useNow } from '../../ui/use-now.ts'
import { daysText, stateText } from './absence-words.ts'
import { AddAbsence } from './AddAbsence.tsx'
import { useAbsences, useStatus } from './use-settings.ts'

/** When the rep is away, and what Pacemail then leaves alone. Each change is kept at once. */
export function Absences() {
  const now = useNow(60_000)
  const { data: status } = useStatus()
  const { absences, error, retry, save, isSaving } = useAbsences()
  if (error !== null) return <ErrorPanel error={error} onRetry={retry} />
  if (absences === undefined || status === undefined) return <Skeleton h={90} />
  const today = dayIn(now, status.zone)
  return (
    <Stack gap="sm">
      <AddAbsence
        absences={absences}
        today={today}
        isSaving={isSaving}
        onAdd={(absence, onSaved) => save([...absences, absence], onSaved)}
      />
      {absences.length === 0 ? (
        <Text size="sm" c="dimmed">
          No days away yet. Pacemail sends on every day on which its mailboxes may.
        </Text>
      ) : (
        <Rows
          absences={absences}
          today={today}
          isSaving={isSaving}
          onRemove={(gone) => save(absences.filter((absence) => absence !== gone))}
        />
      )}
    </Stack>
  )
}

interface RowsProps {
  readonly absences: readonly Absence[]
  readonly today: string
  readonly isSaving: boolean
  readonly onRemove: (absence: Absence) => void
}

function Rows({ absences, today, isSaving, onRemove }: RowsProps) {
  return (
    <Table verticalSpacing={6} aria-label="Days away">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Away</Table.Th>
          <Table.Th>What happens</Table.Th>
          <Table.Th w={50}>
            <span className="sr-only">Remove</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {absences.map((absence) => (
          <Table.Tr key={`${absence.from} ${absence.to} ${absence.stopBeforeDays}`}>
            <Table.Td>{daysText(absence, today)}</Table.Td>
            <Table.Td>{stateText(absence, today)}</Table.Td>
            <Table.Td>
              <Group justify="flex-end">
                <ActionIcon
                  variant="subtle"
                  color="red"
                  aria-label={`Remove ${daysText(absence, today)}`}
                  disabled={isSaving}
                  onClick={() => onRemove(absence)}
                >
                  <Trash2 size={16} aria-hidden />
                </ActionIcon>
              </Group>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

import { Button, Card, Group, Progress, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { ApiError } from '../../api/api-error.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatCount, formatDay } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import { findingTexts, percentRead, stageText } from './import-text.ts'
import { useHistoryImports, useImportActions, type HistoryImport } from './use-history.ts'

/** Earlier mail that was found, kept or taken out again; the newest first. */
export function HistoryImports() {
  const { data, error, refetch } = useHistoryImports()
  if (error !== null) return <ErrorPanel error={error} onRetry={refetch} />
  if (data === undefined || data.length === 0) return null
  return (
    <Stack gap="sm" component="section" aria-label="Imports of earlier mail">
      {data.map((one) => (
        <OneImport key={one.touchImportId} one={one} />
      ))}
    </Stack>
  )
}

function OneImport({ one }: { readonly one: HistoryImport }) {
  const now = useNow(60_000)
  return (
    <Card withBorder padding="md" radius="md">
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap">
          <Text fw={600} className="break">
            {one.kind === 'mailbox' ? `Sent folder of ${one.name}` : one.name}
          </Text>
          <Text size="xs" c="dimmed">
            {formatDay(one.createdAt, now)}
          </Text>
        </Group>
        <Text size="sm" role={isAtWork(one) ? 'status' : undefined}>
          {stageText(one, now)}
        </Text>
        {isAtWork(one) ? <Bar one={one} /> : null}
        {one.failureCode === null ? null : (
          <ErrorPanel error={new ApiError({ code: one.failureCode, details: {}, ref: null })} title="Reading stopped" />
        )}
        {one.findings === null ? null : (
          <ul style={{ margin: 0, paddingInlineStart: '1.2rem' }}>
            {findingTexts(one.findings, now).map((text) => (
              <Text key={text} component="li" size="sm">
                {text}
              </Text>
            ))}
          </ul>
        )}
        <Actions one={one} />
      </Stack>
    </Card>
  )
}

function isAtWork({ stage }: HistoryImport): boolean {
  return stage === 'reading' || stage === 'keeping' || stage === 'undoing'
}

function Bar({ one }: { readonly one: HistoryImport }) {
  const isReading = one.stage === 'reading'
  return (
    <Progress
      value={isReading ? percentRead(one) : 100}
      animated={!isReading}
      striped={!isReading}
      aria-label={`Progress of ${one.name}`}
    />
  )
}

function Actions({ one }: { readonly one: HistoryImport }) {
  const { isBusy, stop, resume, keep, discard, undo } = useImportActions()
  const { touchImportId, stage, kind, findings } = one
  const contacts = (findings?.contacts ?? 0) - (findings?.known ?? 0)
  if (stage === 'reading') {
    return (
      <Group>
        <Button size="xs" variant="default" loading={isBusy} onClick={() => stop({ touchImportId })}>
          Stop reading
        </Button>
      </Group>
    )
  }
  if (stage === 'kept' && one.kept > 0) {
    return (
      <Group>
        <Button
          size="xs"
          variant="default"
          loading={isBusy}
          onClick={() => confirmUndo(one, () => undo({ touchImportId }))}
        >
          Take it out again
        </Button>
      </Group>
    )
  }
  if (stage !== 'found' && stage !== 'stopped') return null
  return (
    <Group gap="xs">
      {contacts === 0 ? null : (
        <Button size="xs" loading={isBusy} onClick={() => keep({ touchImportId })}>
          Add {formatCount(contacts, 'contact')} to the history
        </Button>
      )}
      {stage === 'stopped' && kind === 'mailbox' ? (
        <Button size="xs" variant="default" loading={isBusy} onClick={() => resume({ touchImportId })}>
          Read on
        </Button>
      ) : null}
      <Button size="xs" variant="subtle" loading={isBusy} onClick={() => discard({ touchImportId })}>
        Throw away
      </Button>
    </Group>
  )
}

function confirmUndo(one: HistoryImport, undo: () => void): void {
  modals.openConfirmModal({
    title: `Take ${one.name} out of the history?`,
    children: (
      <Text size="sm">
        {formatCount(one.kept, 'contact')} that only this import knew of are forgotten. Their cool-down no longer holds,
        so these people may be written to again. Importing it again brings them back.
      </Text>
    ),
    labels: { confirm: 'Take it out', cancel: 'Keep it' },
    confirmProps: { color: 'red' },
    onConfirm: undo,
  })
}

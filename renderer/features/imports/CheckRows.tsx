import { Alert, Button, Checkbox, Group, Stack, Text } from '@mantine/core'
import { Download } from 'lucide-react'
import { useState } from 'react'
import type { ImportState } from '#shared/contract/imports'
import type { ImportPurpose, RowVerdict } from '#shared/domain/taxonomy'
import { formatCount, formatNumber } from '../../ui/format.ts'
import { FinishButton } from './FinishButton.tsx'
import { countComing, VERDICTS } from './import-words.ts'
import { ImportProblem } from './ImportProblem.tsx'
import styles from './imports.module.css'
import { PURPOSE_WORDS, verdictWords } from './purpose-words.ts'
import type { ImportWizard } from './use-import.ts'
import { useReport } from './use-report.ts'
import type { SaveChoice } from './use-save-choice.ts'
import { VerdictRows } from './VerdictRows.tsx'
import { WorkBar } from './WorkBar.tsx'

interface Props {
  readonly wizard: ImportWizard
  readonly choice: SaveChoice
}

/** Step 3: every row with its verdict. */
export function CheckRows({ wizard, choice }: Props) {
  const { state } = wizard
  if (state === null) return null
  if (state.counts === null) {
    return (
      <WorkBar label={`Reading ${state.fileName}`} progress={state.progress} unit="rows">
        <Text size="sm" c="dimmed">
          Nothing is added while this runs. You may look at other pages meanwhile and come back.
        </Text>
      </WorkBar>
    )
  }
  return <Found wizard={wizard} state={state} counts={state.counts} choice={choice} />
}

interface FoundProps extends Props {
  readonly state: ImportState
  readonly counts: NonNullable<ImportState['counts']>
}

function Found({ wizard, state, counts, choice }: FoundProps) {
  const [verdict, setVerdict] = useState<RowVerdict | null>(null)
  const report = useReport()
  const coming = countComing(wizard.purpose, counts, choice)

  return (
    <Stack>
      <Verdicts purpose={wizard.purpose} counts={counts} chosen={verdict} onChoose={setVerdict} />
      {counts.role === 0 ? null : (
        <Checkbox
          label={`Also import ${formatCount(counts.role, 'shared address', 'shared addresses')} such as info@`}
          checked={choice.includeRole}
          onChange={(event) => choice.set({ includeRole: event.currentTarget.checked })}
        />
      )}
      {wizard.purpose !== 'pending' || counts.written_to === 0 ? null : (
        <Checkbox
          label={`Also take over ${formatCount(counts.written_to, 'person', 'people')} written to lately; they wait until the cool-down is over`}
          checked={choice.includeWritten}
          onChange={(event) => choice.set({ includeWritten: event.currentTarget.checked })}
        />
      )}
      <ImportProblem error={report.error ?? wizard.error} failed={state.error} />
      {coming === 0 ? (
        <Alert role="status" color="yellow" title={PURPOSE_WORDS[wizard.purpose].nobody}>
          The table below says why for each row. Save the report if you want to keep it, or choose another file.
        </Alert>
      ) : null}
      <Group>
        {coming === 0 ? (
          <Button onClick={wizard.cancel}>Choose another file</Button>
        ) : (
          <FinishButton wizard={wizard} coming={coming} />
        )}
        <Button
          variant="default"
          leftSection={<Download size={16} aria-hidden />}
          loading={report.isSaving}
          onClick={() => void report.save(state.importId)}
        >
          Save report
        </Button>
        <Button variant="subtle" onClick={() => wizard.go('columns')}>
          Back to the columns
        </Button>
      </Group>
      <VerdictRows key={verdict} importId={state.importId} purpose={wizard.purpose} verdict={verdict} />
    </Stack>
  )
}

interface VerdictsProps {
  readonly purpose: ImportPurpose
  readonly counts: NonNullable<ImportState['counts']>
  readonly chosen: RowVerdict | null
  readonly onChoose: (verdict: RowVerdict | null) => void
}

/** How many rows of each kind; pressing one shows its rows. */
function Verdicts({ purpose, counts, chosen, onChoose }: VerdictsProps) {
  return (
    <div role="group" aria-label="Rows by verdict" className={styles.verdicts}>
      {VERDICTS.filter((verdict) => verdict === 'new' || counts[verdict] > 0).map((verdict) => (
        <button
          key={verdict}
          type="button"
          className={styles.verdict}
          data-verdict={verdict}
          aria-pressed={chosen === verdict}
          onClick={() => onChoose(chosen === verdict ? null : verdict)}
        >
          <span className={styles.number}>{formatNumber(counts[verdict])}</span>
          <span className={styles.verdictLabel}>{verdictWords(purpose, verdict).label}</span>
          <span className={styles.meaning}>{verdictWords(purpose, verdict).meaning}</span>
        </button>
      ))}
    </div>
  )
}

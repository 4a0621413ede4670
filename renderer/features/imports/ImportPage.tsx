import { Button, Stepper } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { Page } from '../../ui/Page.tsx'
import { CheckRows } from './CheckRows.tsx'
import { ChooseFile } from './ChooseFile.tsx'
import { STEPS, type Step } from './import-place.ts'
import styles from './imports.module.css'
import { MapColumns } from './MapColumns.tsx'
import { SaveList } from './SaveList.tsx'
import { StepHeading } from './StepHeading.tsx'
import { useImport, type ImportWizard } from './use-import.ts'
import { useSaveChoice } from './use-save-choice.ts'

/** What the rep is asked, or what is going on. */
function titleOf({ step, state }: ImportWizard): string {
  if (state?.stage === 'saved') return 'Done'
  switch (step) {
    case 'file':
      return 'Choose a file'
    case 'columns':
      return 'What is in which column?'
    case 'check':
      return state?.stage === 'checked' ? 'What Pacemail found' : 'Checking every row'
    case 'save':
      return 'Keep them as a list'
  }
}

const LABELS = { file: 'File', columns: 'Columns', check: 'Check', save: 'Save' } satisfies Record<Step, string>

/** From a file to leads in four steps. Nothing reaches the leads before the last one. */
export function ImportPage() {
  const wizard = useImport()
  const choice = useSaveChoice(wizard.state)
  const { step, state } = wizard
  const active = STEPS.indexOf(step)
  const isSaved = state?.stage === 'saved'

  return (
    <Page
      title="Import leads"
      description="From a CSV or Excel file. You see what Pacemail makes of every row before anything is kept."
      actions={<BackOrCancel wizard={wizard} isSaved={isSaved} />}
    >
      <Stepper active={isSaved ? STEPS.length : active} size="sm" allowNextStepsSelect={false} className={styles.steps}>
        {STEPS.map((name, at) => (
          <Stepper.Step
            key={name}
            label={LABELS[name]}
            aria-current={at === active ? 'step' : undefined}
            allowStepSelect={canGoTo(name, wizard)}
            onClick={() => wizard.go(name)}
          />
        ))}
      </Stepper>
      <StepHeading key={titleOf(wizard)} title={titleOf(wizard)} />
      {step === 'file' ? <ChooseFile wizard={wizard} /> : null}
      {step === 'columns' ? <MapColumns wizard={wizard} /> : null}
      {step === 'check' ? <CheckRows wizard={wizard} choice={choice} /> : null}
      {step === 'save' ? <SaveList wizard={wizard} choice={choice} /> : null}
    </Page>
  )
}

function canGoTo(step: Step, { state, step: now }: ImportWizard): boolean {
  if (state?.stage !== 'checked' || step === now) return false
  return step === 'columns' || step === 'check'
}

function BackOrCancel({ wizard, isSaved }: { readonly wizard: ImportWizard; readonly isSaved: boolean }) {
  const { upload, state } = wizard
  const isRunning =
    upload.file !== null || (state !== null && !isSaved && state.stage !== 'failed' && state.stage !== 'cancelled')
  if (!isRunning) {
    return (
      <Button component={Link} to="/leads" variant="default" leftSection={<ArrowLeft size={16} aria-hidden />}>
        Back to the leads
      </Button>
    )
  }
  return (
    <Button variant="default" onClick={upload.file === null ? wizard.cancel : upload.cancel}>
      Cancel the import
    </Button>
  )
}

import { Anchor, Button, Stepper, Text } from '@mantine/core'
import { Link, useSearch } from '@tanstack/react-router'
import { Page } from '../../ui/Page.tsx'
import { WayBack } from '../../ui/WayBack.tsx'
import { CheckRows } from './CheckRows.tsx'
import { ChooseFile } from './ChooseFile.tsx'
import { STEPS, type Step } from './import-place.ts'
import styles from './imports.module.css'
import { MapColumns } from './MapColumns.tsx'
import { PURPOSE_WORDS, purposeOf } from './purpose-words.ts'
import { SavedEntries } from './SavedEntries.tsx'
import { SaveList } from './SaveList.tsx'
import { StepHeading } from './StepHeading.tsx'
import type { ImportPurpose } from '#shared/domain/taxonomy'
import { useHandedFile } from './use-handed-file.ts'
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
  const purpose = purposeOf(useSearch({ from: '/leads/import' }).for)
  // Another kind of file is another import, with steps of its own.
  return <Wizard key={purpose} purpose={purpose} />
}

function Wizard({ purpose }: { readonly purpose: ImportPurpose }) {
  const wizard = useImport(purpose)
  useHandedFile(wizard)
  const steps = stepsOf(purpose)
  const words = PURPOSE_WORDS[purpose]
  const choice = useSaveChoice(wizard.state)
  const { step, state } = wizard
  const active = steps.indexOf(step)
  const isSaved = state?.stage === 'saved'

  return (
    <Page
      title={words.title}
      description={words.description}
      {...(isRunning(wizard)
        ? { actions: <Cancel wizard={wizard} /> }
        : {
            back: (
              <WayBack>
                <Link to={words.back.to}>{words.back.label}</Link>
              </WayBack>
            ),
          })}
    >
      <Stepper active={isSaved ? steps.length : active} size="sm" allowNextStepsSelect={false} className={styles.steps}>
        {steps.map((name, at) => (
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
      {step === 'save' && purpose !== 'suppressions' ? <SaveList wizard={wizard} choice={choice} /> : null}
      {isSaved && purpose === 'suppressions' ? <SavedEntries wizard={wizard} state={state} /> : null}
      {purpose === 'leads' && step === 'file' ? (
        <Text size="sm">
          Coming from another tool?{' '}
          <Anchor underline="always" renderRoot={(props) => <Link to="/leads/moving-in" {...props} />}>
            Bring along
          </Anchor>{' '}
          what you have sent, what still waits there, and who must not be written to.
        </Text>
      ) : null}
    </Page>
  )
}

/** Earlier mail and a do-not-contact list have nothing to be named. */
function stepsOf(purpose: ImportPurpose): readonly Step[] {
  return purpose === 'leads' || purpose === 'pending' ? STEPS : STEPS.filter((step) => step !== 'save')
}

function canGoTo(step: Step, { state, step: now }: ImportWizard): boolean {
  if (state?.stage !== 'checked' || step === now) return false
  return step === 'columns' || step === 'check'
}

/** Then one leaves it by cancelling, so that nothing goes on unseen. */
function isRunning({ upload, state }: ImportWizard): boolean {
  return upload.file !== null || (state !== null && !OVER.has(state.stage))
}

const OVER: ReadonlySet<string> = new Set(['saved', 'failed', 'cancelled'])

function Cancel({ wizard }: { readonly wizard: ImportWizard }) {
  const { upload } = wizard
  return (
    <Button variant="default" onClick={upload.file === null ? wizard.cancel : upload.cancel}>
      Cancel the import
    </Button>
  )
}

import { Alert, Button, Group, Stack, TagsInput, Text, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import type { ImportState } from '#shared/contract/imports'
import { useApi } from '../../api/hooks.ts'
import { BasisFields } from '../../ui/BasisFields.tsx'
import { formatCount } from '../../ui/format.ts'
import { MAIN_KEY, useMainKey } from '../../ui/use-keys.ts'
import { countComing } from './import-words.ts'
import { ImportProblem } from './ImportProblem.tsx'
import styles from './imports.module.css'
import type { ImportWizard } from './use-import.ts'
import { useReport } from './use-report.ts'
import type { SaveChoice } from './use-save-choice.ts'
import { TakenOver } from './TakenOver.tsx'
import { WorkBar } from './WorkBar.tsx'

interface Props {
  readonly wizard: ImportWizard
  readonly choice: SaveChoice
}

/** Step 4: a name and tags, then all leads at once or none. */
export function SaveList({ wizard, choice }: Props) {
  const { state } = wizard
  if (state === null || state.counts === null) return null
  const coming = countComing(wizard.purpose, state.counts, choice)
  if (wizard.isSaving) return <Saving coming={coming} progress={state.progress} isStarted={state.stage === 'saving'} />
  if (state.stage === 'saved') return <Saved wizard={wizard} choice={choice} state={state} expected={coming} />
  return <SaveForm wizard={wizard} choice={choice} coming={coming} state={state} />
}

interface SavingProps {
  readonly coming: number
  readonly progress: ImportState['progress']
  /** Before that, the progress is that of the check. */
  readonly isStarted: boolean
}

function Saving({ coming, progress, isStarted }: SavingProps) {
  return (
    <WorkBar
      label={`Adding ${formatCount(coming, 'lead')}`}
      progress={isStarted ? progress : { done: 0, total: coming }}
      unit="leads"
    >
      <Text size="sm" c="dimmed">
        All of them or none: they are to be seen once the last one is there. You may look at other pages meanwhile.
      </Text>
    </WorkBar>
  )
}

interface FormProps extends Props {
  readonly coming: number
  readonly state: ImportState
}

function SaveForm({ wizard, choice, coming, state }: FormProps) {
  const facets = useApi('leads.facets', {})
  const name = choice.listName.trim()
  const isGone = state.stage === 'failed'
  const isPending = wizard.purpose === 'pending'
  const lacksTag = isPending && choice.tags.length === 0
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (name !== '' && !lacksTag) wizard.save(saveInput(choice))
      }}
    >
      <Stack>
        <TextInput
          label="Name of the list"
          description="Where these leads came from; you can filter by it later."
          required
          withAsterisk={false}
          maxLength={100}
          error={name === '' ? 'The list needs a name.' : null}
          value={choice.listName}
          onChange={(event) => choice.set({ listName: event.currentTarget.value })}
        />
        <TagsInput
          label="Tags for all of them"
          description={isPending ? 'By this tag you find them in Dispatch.' : 'Optional. Press Enter after each.'}
          error={lacksTag ? 'They need a tag, so that Dispatch finds them.' : null}
          data={facets.data?.tags.map(({ tag }) => tag) ?? []}
          maxTags={20}
          maxLength={40}
          value={[...choice.tags]}
          onChange={(tags) => choice.set({ tags: tags.map((tag) => tag.trim()).filter((tag) => tag !== '') })}
        />
        <BasisFields
          value={choice.provenance}
          sourceHint="Kept with every lead, in case somebody asks you where you have their address from."
          basisHint="Some countries ask for more, such as consent with its date and proof; the leads it is missing for are not written to."
          onChange={(change) => choice.set({ provenance: { ...choice.provenance, ...change } })}
        />
        <ImportProblem error={wizard.error} failed={state.error} />
        <Group>
          {isGone ? (
            <Button onClick={wizard.restart}>Choose the file again</Button>
          ) : (
            <>
              <Button type="submit" loading={wizard.isBusy}>
                Import {formatCount(coming, 'lead')}
              </Button>
              <Button variant="subtle" onClick={() => wizard.go('check')}>
                Back to the rows
              </Button>
            </>
          )}
        </Group>
      </Stack>
    </form>
  )
}

interface SavedProps extends Props {
  readonly state: ImportState
  /** Until the list itself can be asked. */
  readonly expected: number
}

function Saved(props: SavedProps) {
  const { wizard, state, expected } = props
  return wizard.purpose === 'pending' ? (
    <TakenOver {...props} />
  ) : (
    <SavedLeads wizard={wizard} state={state} expected={expected} />
  )
}

function SavedLeads({ wizard, state, expected }: Omit<SavedProps, 'choice'>) {
  const report = useReport()
  const navigate = useNavigate()
  const { listId } = state
  const list = useApi('leads.facets', {}).data?.lists.find((one) => one.listId === listId)
  const added = list?.count ?? expected
  const all = Object.values(state.counts ?? {}).reduce((sum, count) => sum + count, 0)

  function review(): void {
    wizard.restart()
    void navigate({ to: '/leads', search: listId === null ? {} : { list: listId } })
  }
  useMainKey(review)

  return (
    <Stack>
      <Alert
        role="status"
        color="green"
        icon={<CircleCheck size={18} aria-hidden />}
        title={`${formatCount(added, 'lead')} added`}
      >
        {list === undefined
          ? 'They wait for your review.'
          : `They are in the list “${list.name}” and wait for your review.`}{' '}
        {leftOut(all - added)}
      </Alert>
      <ImportProblem error={report.error} />
      <Group>
        <Button {...MAIN_KEY} onClick={review}>
          Review these leads
        </Button>
        <Button variant="default" loading={report.isSaving} onClick={() => void report.save(state.importId)}>
          Save report
        </Button>
        <Button variant="subtle" onClick={wizard.restart}>
          Import another file
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        Nothing is sent before you approve leads and dispatch to them.
      </Text>
    </Stack>
  )
}

function saveInput({ listName, tags, includeRole, includeWritten, provenance }: SaveChoice) {
  return { listName: listName.trim(), tags: [...tags], includeRole, includeWritten, provenance }
}

function leftOut(count: number): string {
  if (count === 0) return 'No row was left out.'
  return count === 1
    ? '1 row was left out; the report says why.'
    : `${formatCount(count, 'row')} were left out; the report says why.`
}

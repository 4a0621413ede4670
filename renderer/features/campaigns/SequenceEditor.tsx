import { Button, Group, Text, TextInput, Timeline } from '@mantine/core'
import { Plus } from 'lucide-react'
import { useRef, useState } from 'react'
import { MOST_STEPS } from '#shared/domain/sequence-limits'
import type { Campaign } from '#shared/contract/campaigns'
import { PlanComparison } from '../../ui/PlanComparison.tsx'
import { useNow } from '../../ui/use-now.ts'
import { mailName, stepWords, textsWords } from './campaign-words.ts'
import styles from './campaigns.module.css'
import type { Basics } from './EditorFrame.tsx'
import { LeaveGuard } from './LeaveGuard.tsx'
import { SendingFields } from './SendingFields.tsx'
import { SequenceLine } from './SequenceLine.tsx'
import {
  cameFromOf,
  draftProblems,
  planOf,
  withoutStep,
  withStep,
  withStepPart,
  type Plan,
  type SequenceDraft,
} from './sequence-draft.ts'
import { StepFields } from './StepFields.tsx'
import { useChangeTold } from './use-change-told.ts'

interface Props {
  readonly first: SequenceDraft
  readonly basics: Basics
  /** The campaign whose mail has been queued, so that its start is past; null: there is none yet. */
  readonly startedId: Campaign['id'] | null
  readonly isBusy: boolean
  readonly saveLabel: string
  /** Resolves with what comes next; null: it was not saved after all. A failure has shown itself. `cameFrom`: see `cameFromOf`. */
  readonly onSave: (plan: Plan, cameFrom: (number | null)[]) => Promise<(() => void) | null>
  readonly onCancel: () => void
}

/** The mails of a campaign as a line of time, and how they are sent. */
export function SequenceEditor({ first, basics, startedId, isBusy, saveLabel, onSave, onCancel }: Props) {
  // Kept, because the page around it is drawn anew with every fact that arrives.
  const [initial] = useState(first)
  const [draft, setDraft] = useState(initial)
  const [isSaved, setSaved] = useState(false)
  const [next, setNext] = useState<(() => void) | null>(null)
  const now = useNow()
  const isStarted = startedId !== null
  const problems = draftProblems(draft, now, isStarted)
  const form = useRef<HTMLFormElement>(null)
  const told = useChangeTold(startedId, draft, initial)

  async function save(): Promise<void> {
    try {
      const then = await onSave(planOf(draft), cameFromOf(draft))
      if (then === null) return
      setSaved(true)
      setNext(() => then)
    } catch {
      // The toast says why; the draft stays as it is.
    }
  }

  return (
    <form
      ref={form}
      className={styles['editor']}
      onSubmit={(event) => {
        event.preventDefault()
        if (problems.length === 0) void save()
      }}
    >
      <LeaveGuard isDirty={draft !== initial && !isSaved} next={next} />
      <div className={styles['editorMain']}>
        <TextInput
          label="Name"
          placeholder="Such as “Clinics in the north, spring”"
          maxLength={100}
          value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
        />
        <Line
          draft={draft}
          basics={basics}
          isStarted={isStarted}
          onChange={setDraft}
          onOpen={(step) => openStep(form.current, step)}
        />
        <Steps draft={draft} basics={basics} onChange={setDraft} />
        <PlanComparison rows={told.rows} />
      </div>
      <SendingFields
        draft={draft}
        basics={basics}
        isStarted={isStarted}
        onChange={(part) => setDraft({ ...draft, ...part })}
      />
      <Foot
        sentence={problems.slice(0, 2).join(' ') || told.sentence}
        isWrong={problems.length > 0}
        saveLabel={saveLabel}
        isBusy={isBusy}
        onCancel={onCancel}
      />
    </form>
  )
}

/** To the first field of a mail. */
function openStep(form: HTMLFormElement | null, step: number): void {
  const fields = form?.querySelectorAll<HTMLElement>('fieldset')[step]
  fields?.scrollIntoView({ block: 'nearest' })
  fields?.querySelector<HTMLElement>('input')?.focus()
}

interface LineProps extends StepsProps {
  readonly isStarted: boolean
  readonly onOpen: (step: number) => void
}

/** By the mailbox that would write first; without a choice by the first there is. */
function Line({ draft, basics, isStarted, onChange, onOpen }: LineProps) {
  const mailbox = basics.mailboxes.find(({ id }) => id === draft.mailboxIds[0]) ?? basics.mailboxes[0]
  if (mailbox === undefined) return null
  const { when } = draft
  return (
    <SequenceLine
      steps={draft.steps.map(({ days, unit, threading, templateIds }) => ({
        delay: { days, unit },
        threading,
        text: textsWords(
          templateIds.map((id) => basics.templates.find((template) => template.id === id)?.name ?? null),
        ),
        people: null,
      }))}
      mailbox={mailbox}
      at={isStarted || when === null || when.local === null ? null : { local: when.local, zone: when.zone }}
      edit={{
        onMove: (step, days) => {
          const { key } = draft.steps[step] ?? {}
          if (key !== undefined) onChange(withStepPart(draft, key, { days }))
        },
        onOpen,
      }}
    />
  )
}

interface StepsProps {
  readonly draft: SequenceDraft
  readonly basics: Basics
  readonly onChange: (draft: SequenceDraft) => void
}

function Steps({ draft, basics, onChange }: StepsProps) {
  const { steps } = draft
  return (
    <section aria-label="Sequence">
      <Timeline bulletSize={28} lineWidth={2} active={steps.length}>
        {steps.map((step, index) => (
          <Timeline.Item key={step.key} bullet={index + 1}>
            <fieldset className={styles['step']}>
              <legend className={styles['stepTitle']}>
                {mailName(index)}
                <span className={styles['stepWhen']}>
                  , {stepWords({ delay: step, threading: step.threading }, index)}
                </span>
              </legend>
              <StepFields
                step={step}
                index={index}
                templates={basics.templates}
                canRemove={steps.length > 1}
                onChange={(part) => onChange(withStepPart(draft, step.key, part))}
                onRemove={() => onChange(withoutStep(draft, step.key))}
              />
            </fieldset>
          </Timeline.Item>
        ))}
      </Timeline>
      <Button
        variant="default"
        mt="sm"
        ml={40}
        leftSection={<Plus size={16} aria-hidden />}
        disabled={steps.length >= MOST_STEPS}
        onClick={() => onChange(withStep(draft))}
      >
        Add a mail
      </Button>
      {steps.length < MOST_STEPS ? null : (
        <Text size="sm" c="dimmed" ml={40} mt={4}>
          A sequence has at most {MOST_STEPS} mails.
        </Text>
      )}
    </section>
  )
}

interface FootProps {
  readonly sentence: string
  readonly isWrong: boolean
  readonly saveLabel: string
  readonly isBusy: boolean
  readonly onCancel: () => void
}

function Foot({ sentence, isWrong, saveLabel, isBusy, onCancel }: FootProps) {
  return (
    <div className={`sticky-foot ${styles['editorFoot']}`}>
      <Group justify="space-between" gap="md" wrap="nowrap" align="flex-start">
        <Text size="sm" role="status">
          {sentence}
        </Text>
        <Group gap="xs" wrap="nowrap">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" disabled={isWrong} loading={isBusy}>
            {saveLabel}
          </Button>
        </Group>
      </Group>
    </div>
  )
}

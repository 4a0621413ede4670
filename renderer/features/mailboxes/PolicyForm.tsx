import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { CircleAlert, Gauge } from 'lucide-react'
import { useState } from 'react'
import { useErrorText } from '../../ui/error-text-context.ts'
import { PlanComparison } from '../../ui/PlanComparison.tsx'
import { useNow } from '../../ui/use-now.ts'
import { DaysOffFields } from './DaysOffFields.tsx'
import { HoursFields } from './HoursFields.tsx'
import { PaceFields } from './PaceFields.tsx'
import { paceSummary } from './pace-summary.ts'
import { draftOf, policyOf, type PolicyDraft } from './policy-draft.ts'
import { hasProblems, problemsOf, type PolicyProblems } from './policy-problems.ts'
import { RampFields } from './RampFields.tsx'
import { useSavePolicy, type Mailbox } from './use-mailboxes.ts'
import { useShowMistake } from './use-show-mistake.ts'
import { useTold } from './WhatIf.tsx'

export interface PolicyFieldsProps {
  readonly draft: PolicyDraft
  readonly problems: PolicyProblems
  readonly onChange: (draft: PolicyDraft) => void
}

interface Props {
  readonly mailbox: Mailbox
  readonly onDone: () => void
}

/** How one mailbox may send. Mistakes are said at once, at the field where they are. */
export function PolicyForm({ mailbox, onDone }: Props) {
  const now = useNow()
  const save = useSavePolicy()
  const say = useErrorText()
  const [draft, setDraft] = useState(() => draftOf(mailbox.policy))
  const found = problemsOf(draft)
  const problems = save.error === null ? found : withRefusal(found, save.error.code, say(save.error))
  const isWrong = hasProblems(found)
  const form = useShowMistake(save.error)
  const told = useTold(mailbox, draft)

  function change(next: PolicyDraft): void {
    save.reset()
    setDraft(next)
  }

  /** By the button only: Enter belongs to the fields with lists, and the form is long. */
  function submit(): void {
    if (!isWrong) save.mutate({ mailboxId: mailbox.id, policy: policyOf(draft, now) }, { onSuccess: onDone })
  }

  const fields = { draft, problems, onChange: change }
  return (
    <form ref={form} onSubmit={(event) => event.preventDefault()} noValidate>
      <Stack gap="lg">
        <PaceFields {...fields} />
        {isWrong ? null : (
          <Alert color="indigo" variant="light" icon={<Gauge size={18} aria-hidden />} role="status" py="xs">
            {paceSummary(draft)}
          </Alert>
        )}
        <HoursFields {...fields} />
        <DaysOffFields {...fields} />
        <RampFields {...fields} />
        <PlanComparison rows={told.rows} />
        {save.error === null || FIELD_OF[save.error.code] !== undefined ? null : (
          <Alert color="red" variant="light" icon={<CircleAlert size={18} aria-hidden />}>
            {say(save.error)}
          </Alert>
        )}
        <Foot
          sentence={hasProblems(problems) ? null : told.sentence}
          isSaving={save.isPending}
          isWrong={isWrong}
          onCancel={onDone}
          onSave={submit}
        />
      </Stack>
    </form>
  )
}

interface FootProps {
  /** What the changes would do; null: something cannot be saved. */
  readonly sentence: string | null
  readonly isSaving: boolean
  readonly isWrong: boolean
  readonly onCancel: () => void
  readonly onSave: () => void
}

/** In sight wherever in the form the rep is. */
function Foot({ sentence, isSaving, isWrong, onCancel, onSave }: FootProps) {
  return (
    <Group justify="flex-end" className="sticky-foot">
      <Text size="sm" flex={1} role="status" {...(sentence === null ? { c: 'var(--mantine-color-error)' } : {})}>
        {sentence ?? 'Something above needs a change before this can be saved.'}
      </Text>
      <Button variant="default" onClick={onCancel}>
        Cancel
      </Button>
      <Button loading={isSaving} disabled={isWrong} onClick={onSave}>
        Save hours and pace
      </Button>
    </Group>
  )
}

const FIELD_OF: Partial<Record<string, 'week' | 'gapMin'>> = {
  'mailbox.never_opens': 'week',
  'mailbox.gap_reversed': 'gapMin',
}

function withRefusal(problems: PolicyProblems, code: string, sentence: string): PolicyProblems {
  const field = FIELD_OF[code]
  return field === undefined ? problems : { ...problems, [field]: sentence }
}

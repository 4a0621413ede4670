import { useDebouncedValue } from '@mantine/hooks'
import { useMemo, useState } from 'react'
import { selectionOf } from '../../ui/lead-choice.ts'
import { useNow } from '../../ui/use-now.ts'
import type { Selection } from './dispatch-search.ts'
import { FIRST_CHOICES, orderOf, without, type Choices } from './order.ts'
import { timeProblem } from '../../ui/schedule-time.ts'
import type { Basics } from './use-dispatch.ts'
import { useHandEdits } from './use-hand-edits.ts'

/** What the rep chooses, with sensible first choices, and the order it makes. */
export function useChoices(basics: Basics, handedOver: Selection | null) {
  const [own, setOwn] = useState(FIRST_CHOICES)
  const [unticked, setUnticked] = useState<ReadonlySet<number>>(() => new Set(leftOut(handedOver)))
  const now = useNow()
  const choices = withDefaults(own, basics)
  const [recipients] = useDebouncedValue(choices.recipients, 250)
  const selection = useMemo(() => handedOver ?? selectionOf(recipients), [handedOver, recipients])
  const problem = choices.when?.local == null ? null : timeProblem({ ...choices.when, local: choices.when.local }, now)
  const edits = useHandEdits(choices)
  const order = problem === null ? orderOf(choices, without(selection, unticked), edits.list) : null

  return {
    choices,
    change: (part: Partial<Choices>) => setOwn((old) => ({ ...old, ...part })),
    /** Without regard to ticks: what the table lists. */
    selection,
    unticked,
    tick: (leadId: number) => setUnticked((old) => toggled(old, leadId)),
    /** Mails that the rep wrote over. */
    edits,
    problem,
    order,
  }
}

export type Chosen = ReturnType<typeof useChoices>

/** What the other page had taken out of its filter. */
function leftOut(handedOver: Selection | null): readonly number[] {
  return handedOver?.by === 'filter' ? (handedOver.except ?? []) : []
}

/** Until the rep chooses: the first template that can be sent, and the first mailbox that is ready. */
function withDefaults(own: Choices, { templates = [], mailboxes = [] }: Basics): Choices {
  const template = templates.find((candidate) => candidate.problems.length === 0) ?? templates[0]
  const mailbox = mailboxes.find((candidate) => candidate.status === 'ready') ?? mailboxes[0]
  return { ...own, templateId: own.templateId ?? template?.id ?? null, mailboxId: own.mailboxId ?? mailbox?.id ?? null }
}

function toggled(set: ReadonlySet<number>, id: number): ReadonlySet<number> {
  const next = new Set(set)
  if (!next.delete(id)) next.add(id)
  return next
}

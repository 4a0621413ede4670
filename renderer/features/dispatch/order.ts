import type { InputAt } from '../../api/paths.ts'
import type { SendPriority } from '#shared/domain/taxonomy'
import type { When } from '../../ui/WhenFields.tsx'
import { FIRST_RECIPIENTS, type Recipients } from '../../ui/lead-choice.ts'
import type { Selection } from './dispatch-search.ts'
import type { HandEdit } from './hand-edits.ts'

export type Order = InputAt<'dispatch.check'>

/** What the rep has chosen on the page so far. */
export interface Choices {
  readonly recipients: Recipients
  readonly templateId: number | null
  readonly mailboxId: number | null
  readonly priority: SendPriority
  readonly useLeadZone: boolean
  readonly when: When
}

export const FIRST_CHOICES: Choices = {
  recipients: FIRST_RECIPIENTS,
  templateId: null,
  mailboxId: null,
  priority: 1,
  useLeadZone: false,
  when: null,
}

/** The selection without the leads that are not ticked, and no others; null: nobody is left. */
export function without(selection: Selection, unticked: ReadonlySet<number>): Selection | null {
  if (selection.by === 'filter') {
    return { ...selection, except: [...unticked] }
  }
  const ids = selection.ids.filter((id) => !unticked.has(id))
  return ids.length === 0 ? null : { by: 'ids', ids }
}

/** The time that is chosen; null: none, or not wholly yet. */
export function atOf(when: When): Order['at'] {
  return when === null || when.local === null ? null : { local: when.local, zone: when.zone }
}

/** The order as the engine takes it; null while something is missing. */
export function orderOf(choices: Choices, selection: Selection | null, edits: readonly HandEdit[] = []): Order | null {
  const { templateId, mailboxId, priority, useLeadZone, when } = choices
  if (selection === null || templateId === null || mailboxId === null) return null
  if (when !== null && when.local === null) return null
  return { selection, templateId, mailboxId, at: atOf(when), priority, useLeadZone, edits: [...edits] }
}

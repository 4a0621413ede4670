import type { InputAt } from '../../api/paths.ts'
import type { SendPriority } from '#shared/domain/taxonomy'
import type { Selection } from './dispatch-search.ts'

export type Order = InputAt<'dispatch.check'>

/** Which approved leads, where none were handed over. */
export interface Recipients {
  readonly search: string
  readonly listId: number | null
  readonly tag: string | null
  /** Also people who have got mail from here before. */
  readonly includesWritten: boolean
}

/** What the rep has chosen on the page so far. */
export interface Choices {
  readonly recipients: Recipients
  readonly templateId: number | null
  readonly mailboxId: number | null
  readonly priority: SendPriority
  readonly useLeadZone: boolean
  /** Null: as soon as the rules allow; `local` null: a time is wanted, but none chosen yet. */
  readonly when: { readonly local: string | null; readonly zone: string } | null
}

export const FIRST_CHOICES: Choices = {
  recipients: { search: '', listId: null, tag: null, includesWritten: false },
  templateId: null,
  mailboxId: null,
  priority: 1,
  useLeadZone: false,
  when: null,
}

/** Only approved leads, and only those never written to unless the rep says otherwise. */
export function selectionOf(recipients: Recipients): Extract<Selection, { by: 'filter' }> {
  const { search, listId, tag, includesWritten } = recipients
  return {
    by: 'filter',
    filter: { search: search.trim(), listId, tag, review: 'approved', written: includesWritten ? null : 'never' },
  }
}

/** The selection without the leads that are not ticked, and no others; null: nobody is left. */
export function without(selection: Selection, unticked: ReadonlySet<number>): Selection | null {
  if (selection.by === 'filter') {
    return { ...selection, except: [...unticked] }
  }
  const ids = selection.ids.filter((id) => !unticked.has(id))
  return ids.length === 0 ? null : { by: 'ids', ids }
}

/** The order as the engine takes it; null while something is missing. */
export function orderOf(choices: Choices, selection: Selection | null): Order | null {
  const { templateId, mailboxId, priority, useLeadZone, when } = choices
  if (selection === null || templateId === null || mailboxId === null) return null
  if (when !== null && when.local === null) return null
  const at = when === null || when.local === null ? null : { local: when.local, zone: when.zone }
  return { selection, templateId, mailboxId, at, priority, useLeadZone }
}

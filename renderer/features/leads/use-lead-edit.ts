import { useState } from 'react'
import type { Lead } from '#shared/contract/leads'
import type { UndoId } from '#shared/domain/ids'
import type { ApiError } from '../../api/api-error.ts'
import { useCall, useCallOnce } from '../../api/hooks.ts'
import { changesOf, draftOf, rebase, type LeadDraft } from './lead-draft.ts'

export interface LeadEditing {
  readonly draft: LeadDraft
  readonly isDirty: boolean
  readonly isSaving: boolean
  /** The lead as somebody else left it, while the rep has changes to an older one. */
  readonly theirs: Lead | null
  readonly error: ApiError | null
  type(change: Partial<LeadDraft>): void
  save(): void
  discard(): void
  /** Puts the rep's changes on top of `theirs`. */
  keepMine(): void
}

interface Editing {
  /** The lead as it was when the rep began to type; its revision goes with the change. */
  readonly base: Lead
  readonly draft: LeadDraft
  readonly newer: Lead | null
}

export function useLeadEdit(lead: Lead, onSaved: (lead: Lead, undoId: UndoId) => void): LeadEditing {
  const [state, setState] = useState<Editing>(() => begin(lead))
  const edit = useCall('leads.edit', { quiet: true })
  const callOnce = useCallOnce()
  const changes = changesOf(state.base, state.draft)
  const isNewer = lead.revision > state.base.revision
  if (isNewer && changes === null) setState(begin(lead))
  const theirs = changes === null ? null : isNewer ? lead : state.newer

  function save(): void {
    if (changes === null || edit.isPending) return
    edit.mutate(
      { leadId: lead.id, revision: state.base.revision, edit: changes },
      {
        onSuccess: (saved) => {
          setState(begin(saved.lead))
          onSaved(saved.lead, saved.undoId)
        },
        onError: (error) => {
          if (error.code === 'lead.changed') void lookAgain()
        },
      },
    )
  }

  async function lookAgain(): Promise<void> {
    try {
      const newer = await callOnce('leads.get', { leadId: lead.id })
      setState((now) => ({ ...now, newer }))
    } catch {
      // Gone or unreachable: the sentence of `lead.changed` stands, and the rep's text stays.
    }
  }

  return {
    draft: state.draft,
    isDirty: changes !== null,
    isSaving: edit.isPending,
    theirs,
    error: edit.error,
    type: (change) => setState((now) => ({ ...now, draft: { ...now.draft, ...change } })),
    save,
    discard() {
      edit.reset()
      setState(begin(theirs ?? state.base))
    },
    keepMine() {
      if (theirs === null) return
      edit.reset()
      setState({ base: theirs, draft: rebase(state.draft, state.base, theirs), newer: null })
    },
  }
}

function begin(lead: Lead): Editing {
  return { base: lead, draft: draftOf(lead), newer: null }
}

import { useEffect, useRef } from 'react'
import type { LeadReview } from '#shared/domain/taxonomy'
import { leadName } from './lead-words.ts'
import { LeadPanel } from './LeadPanel.tsx'
import { useDoNotContact } from './use-do-not-contact.ts'
import type { LeadFacets } from './use-lead-facets.ts'
import type { LeadsDesk } from './use-leads-desk.ts'
import type { PanelLead } from './use-panel-lead.ts'

interface Props {
  readonly desk: LeadsDesk
  readonly panel: PanelLead
  readonly facets: LeadFacets
  /** Rises each time the rep wants to type. */
  readonly edits: number
  readonly onClose: () => void
}

/** Connects the details with the desk; nothing while they are closed. */
export function LeadDetails({ desk, panel, facets, edits, onClose }: Props) {
  const firstField = useRef<HTMLInputElement>(null)
  const doNotContact = useDoNotContact()
  const { lead } = panel
  const isShown = lead !== null
  const answered = useRef(0)
  useEffect(() => {
    if (!isShown || edits === answered.current) return
    answered.current = edits
    firstField.current?.focus()
  }, [edits, isShown])

  if (lead === null) return null
  const only = { by: 'ids' as const, ids: [lead.id] }
  const { actions, grid } = desk

  function leave(): void {
    grid.current?.focus()
  }

  function review(to: LeadReview): void {
    actions.review(only, to)
    // Beside the lead under the cursor, the buttons do what the keys do.
    if (lead?.id === desk.board.cursor.id) desk.board.moveTo(desk.board.cursor.index + 1)
  }

  return (
    <LeadPanel
      lead={lead}
      isLeftBehind={panel.isLeftBehind}
      listName={facets.lists.find((list) => list.listId === lead.listId)?.name ?? null}
      knownTags={facets.tags.map(({ tag }) => tag)}
      firstField={firstField}
      onReview={review}
      onTag={(change) => actions.tag(only, change)}
      onRemove={() => actions.remove(only)}
      onDoNotContact={() => doNotContact(lead)}
      onHold={panel.hold}
      onSaved={(saved, undoId) => actions.remember(undoId, `${leadName(saved)} saved.`)}
      onClose={() => {
        onClose()
        leave()
      }}
      onLeave={leave}
    />
  )
}

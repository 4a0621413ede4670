import { useMemo, useRef, useState } from 'react'
import { countEdits, editsOf, type HandEdit, type MadeFrom, NO_EDITS, withEdit, type Wording } from './hand-edits.ts'

/** The mails that the rep wrote over on this page; they live as long as the page is open. */
export function useHandEdits({ templateId, mailboxId }: MadeFrom) {
  const [all, setAll] = useState(NO_EDITS)
  const isLeaving = useRef(false)
  const here = useMemo(() => editsOf(all, { templateId, mailboxId }), [all, templateId, mailboxId])
  const list = useMemo((): readonly HandEdit[] => [...here].map(([leadId, words]) => ({ leadId, ...words })), [here])

  return {
    /** With the template and the mailbox that are chosen. */
    list,
    /** With whichever. */
    count: countEdits(all),
    find: (leadId: number): Wording | null => here.get(leadId) ?? null,
    /** Null: the template's text again. */
    set: (leadId: number, words: Wording | null) =>
      setAll((old) => withEdit(old, { templateId, mailboxId }, { leadId, words })),
    /** They are queued: the page may be left. */
    letGo: () => {
      isLeaving.current = true
    },
    /** Leaving the page would lose what nobody has queued. */
    wouldBeLost: () => !isLeaving.current && countEdits(all) > 0,
  }
}

export type HandEditing = ReturnType<typeof useHandEdits>

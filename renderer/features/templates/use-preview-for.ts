import { useState } from 'react'
import { useMailboxes, type PreviewFor } from './use-templates.ts'

/** Whose mail is shown, and with whose signature: the first mailbox's until the rep chooses. */
export function usePreviewFor() {
  const mailboxes = useMailboxes() ?? []
  const [lead, setLead] = useState<{ id: number; name: string } | null>(null)
  const [chosenMailbox, setMailbox] = useState<number | null>(null)
  const mailboxId = chosenMailbox ?? mailboxes[0]?.id ?? null
  const preview: PreviewFor = { leadId: lead?.id ?? null, mailboxId }
  return { preview, lead, setLead, mailboxes, setMailbox }
}

export type PreviewChoice = ReturnType<typeof usePreviewFor>

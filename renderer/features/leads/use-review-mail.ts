import { useState } from 'react'
import type { LeadId } from '#shared/domain/ids'
import { useApi } from '../../api/hooks.ts'
import type { OutputAt } from '../../api/paths.ts'
import { reviewTemplate, setReviewTemplate } from '../../ui/preferences.ts'

type Template = OutputAt<'templates.list'>[number]
type Mailbox = OutputAt<'mailboxes.list'>[number]

interface Pair {
  readonly template: Template
  readonly mailbox: Mailbox
}

/** With which words and from where the mail is shown that a lead would get. */
export interface ReviewWords {
  readonly templates: readonly Template[]
  readonly mailboxes: readonly Mailbox[]
  /** Null: there is none yet. */
  readonly pair: Pair | null
  readonly isKnown: boolean
  choose(choice: { readonly templateId?: number; readonly mailboxId?: number }): void
}

/** The template is remembered on this screen; without one, the first by name. */
export function useReviewWords(): ReviewWords {
  const templates = useApi('templates.list', { archived: false })
  const mailboxes = useApi('mailboxes.list', {})
  const [chosen, setChosen] = useState({ templateId: reviewTemplate(), mailboxId: 0 })
  const template = chosenOf(templates.data ?? [], chosen.templateId)
  const mailbox = chosenOf(mailboxes.data ?? [], chosen.mailboxId)
  return {
    templates: templates.data ?? [],
    mailboxes: mailboxes.data ?? [],
    pair: template === undefined || mailbox === undefined ? null : { template, mailbox },
    isKnown: templates.data !== undefined && mailboxes.data !== undefined,
    choose(choice) {
      if (choice.templateId !== undefined) setReviewTemplate(choice.templateId)
      setChosen({ ...chosen, ...choice })
    },
  }
}

function chosenOf<T extends { readonly id: number }>(all: readonly T[], id: number): T | undefined {
  return all.find((one) => one.id === id) ?? all[0]
}

/** Never read; stands in where there is nobody to ask for. */
const NOBODY = 1 as LeadId

/** The mail of one lead, exactly as it would go. Asked for `next` as well, so that moving on waits for nothing. */
export function useReviewMail(pair: Pair | null, leadId: LeadId | null, next: LeadId | null) {
  const words = {
    templateId: pair?.template.id ?? (1 as Template['id']),
    mailboxId: pair?.mailbox.id ?? (1 as Mailbox['id']),
  }
  const isThere = pair !== null
  useApi('dispatch.preview', { leadId: next ?? NOBODY, ...words }, { enabled: isThere && next !== null })
  return useApi('dispatch.preview', { leadId: leadId ?? NOBODY, ...words }, { enabled: isThere && leadId !== null })
}

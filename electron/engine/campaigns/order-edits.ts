import type { RenderedMail, TemplateFormat } from '#shared/contract/templates'
import { mailOfSource } from '../texts/mail-source.ts'

/** A mail as the rep wrote it over. */
export interface Wording {
  readonly subject: string
  readonly body: string
}

/** One lead's mail as the rep wrote it over before queueing. */
export interface OrderEdit extends Wording {
  readonly leadId: number
}

/** Gives a function from a lead to the mail that was written for it; null: its mail is the template's. Throws `template.invalid`. */
export function createOrderEdits(
  edits: readonly OrderEdit[],
): (leadId: number, format: TemplateFormat) => RenderedMail | null {
  const byLead = new Map(edits.map((edit) => [edit.leadId, edit]))
  return (leadId, format) => {
    const edit = byLead.get(leadId)
    return edit ? editedMail(edit, format) : null
  }
}

/** Nothing is missing in it: a field that stood for something missing cannot stand in it. Throws `template.invalid`. */
export function editedMail({ subject, body }: Wording, format: TemplateFormat): RenderedMail {
  return { ...mailOfSource({ subject, body, format }), missing: [] }
}

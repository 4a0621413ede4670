import type { RenderedMail, TemplateFormat } from '#shared/contract/templates'
import { mailOfSource } from './mail-source.ts'

/** One lead's mail as the rep wrote it over before queueing. */
export interface OrderEdit {
  readonly leadId: number
  readonly subject: string
  readonly body: string
}

/** Gives a function from a lead to the mail that was written for it; null: its mail is the template's. Throws `template.invalid`. */
export function createOrderEdits(
  edits: readonly OrderEdit[],
): (leadId: number, format: TemplateFormat) => RenderedMail | null {
  const byLead = new Map(edits.map((edit) => [edit.leadId, edit]))
  return (leadId, format) => {
    const edit = byLead.get(leadId)
    return edit ? { ...mailOfSource({ subject: edit.subject, body: edit.body, format }), missing: [] } : null
  }
}

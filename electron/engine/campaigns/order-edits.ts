import type { RenderedMail, TemplateFormat } from '#shared/contract/templates'
import { mailOfSource } from '../texts/mail-source.ts'

/** A mail as the rep wrote it over. */
export interface Wording {
  readonly subject: string
  readonly body: string
}

/** One mail to one lead as the rep wrote it over before queueing. */
export interface OrderEdit {
  readonly leadId: number
  /** Counted from 0. */
  readonly step: number
  /** Null: of an answer, which has the subject of its thread. */
  readonly subject: string | null
  readonly body: string
  /** Null: from the text and the mailbox that the order has. */
  readonly madeFrom: MadeFrom | null
}

/** What stood there when the rep began to write. */
export interface MadeFrom {
  /** Whose signature stands in it. */
  readonly mailboxId: number
  readonly templateId: number
  readonly format: TemplateFormat
}

export interface OrderEdits {
  /** Null: the mail is the template's. */
  find(leadId: number, step: number): OrderEdit | null
  /** The mailboxes whose signatures stand in the mails to this lead. */
  mailboxesOf(leadId: number): number[]
}

export function createOrderEdits(edits: readonly OrderEdit[]): OrderEdits {
  const byLead = Map.groupBy(edits, ({ leadId }) => leadId)
  const of = (leadId: number): readonly OrderEdit[] => byLead.get(leadId) ?? []
  return {
    find: (leadId, step) => of(leadId).find((edit) => edit.step === step) ?? null,
    mailboxesOf: (leadId) => of(leadId).flatMap(({ madeFrom }) => madeFrom?.mailboxId ?? []),
  }
}

/** Nothing is missing in it: a field that stood for something missing cannot stand in it. Throws `template.invalid`. */
export function editedMail({ subject, body }: Wording, format: TemplateFormat): RenderedMail {
  return { ...mailOfSource({ subject, body, format }), missing: [] }
}

/** Instead of the subject of an answer, which is not the rep's to write. */
const NO_SUBJECT = 'Re'

/** The words of a mail whose subject is its thread's. Throws `template.invalid`. */
export function editedAnswer(body: string, format: TemplateFormat): RenderedMail {
  return editedMail({ subject: NO_SUBJECT, body }, format)
}

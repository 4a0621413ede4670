/** The mails of an order to one lead: of each step the text whose turn it is, filled in, or as the rep wrote it over. */
import type { MailboxRecord } from '#db/queries/mailboxes'
import type { TemplateRecord } from '#db/queries/templates'
import type { Lead } from '#shared/contract/leads'
import type { RenderedMail } from '#shared/contract/templates'
import { answerSubject } from '#shared/domain/answer-subject'
import { mergeValues } from '#shared/domain/merge-values'
import { partsBelow } from '../texts/mail-parts.ts'
import { asFirstMail, createRenderer, type Footer, renderMail } from '../texts/render.ts'
import { editedAnswer, editedMail, type OrderEdit, type OrderEdits } from './order-edits.ts'
import type { OrderedStep } from './orders.ts'

export interface ReadyMail {
  /** Which of the step's texts. */
  readonly variant: number
  /** The version that it was made from, with its files. */
  readonly versionId: number
  readonly mail: RenderedMail
  /** The rep wrote it over: it keeps these words when its step gets others. */
  readonly isByHand: boolean
}

export interface OrderMails {
  /** By step. `place`: how many come before this lead; the texts of a step go by turns. */
  of(lead: Lead, at: { readonly mailbox: MailboxRecord; readonly place: number }): ReadyMail[]
}

export interface OrderMailsDeps {
  readonly steps: readonly OrderedStep[]
  /** By step, then by variant. */
  readonly templates: readonly (readonly TemplateRecord[])[]
  readonly mailboxes: readonly MailboxRecord[]
  readonly edits: OrderEdits
}

/** A text of a step, ready to be filled in. */
interface Render {
  readonly template: TemplateRecord
  readonly fill: (values: ReadonlyMap<string, string>) => RenderedMail
}

export function createOrderMails({ steps, templates, mailboxes, edits }: OrderMailsDeps): OrderMails {
  const renders = new Map(mailboxes.map((mailbox) => [mailbox.id, rendersOf(templates, mailbox)]))

  /** A follow-up that answers has the subject of the first mail; programs thread by it. */
  function of(lead: Lead, { mailbox, place }: Parameters<OrderMails['of']>[1]): ReadyMail[] {
    const values = mergeValues(lead, mailbox.senderName)
    const { footer } = partsBelow(mailbox)
    let thread: string | null = null
    return (renders.get(mailbox.id) ?? []).map((variants, step) => {
      const edit = edits.find(lead.id, step)
      const variant = variantOf(edit, variants) ?? place % variants.length
      const render = variants[variant]
      if (!render) throw new Error(`step ${step} has no text`)
      const isAnswer = thread !== null && steps[step]?.threading === 'reply'
      const mail = edit ? writtenMail(edit, { render, values, isAnswer, footer }) : render.fill(values)
      const ready = { variant, versionId: render.template.versionId, isByHand: edit !== null }
      if (thread !== null && isAnswer) return { ...ready, mail: { ...mail, subject: answerSubject(thread) } }
      thread = mail.subject
      return { ...ready, mail }
    })
  }

  return { of }
}

/** Only the first mail to somebody says by itself who writes and how to opt out. */
function rendersOf(templates: OrderMailsDeps['templates'], mailbox: MailboxRecord): readonly (readonly Render[])[] {
  return templates.map((step, number) =>
    step.map((template) => ({
      template,
      fill: createRenderer({ content: template, ...partsBelow(mailbox, { isFirst: number === 0 }) }),
    })),
  )
}

/** What was written from one text of a step stays with that one; null: it was written from none that the step has. */
function variantOf(edit: OrderEdit | null, variants: readonly Render[]): number | null {
  const variant = variants.findIndex(({ template }) => template.id === edit?.madeFrom?.templateId)
  return variant === -1 ? null : variant
}

interface WrittenAs {
  readonly render: Render
  readonly values: ReadonlyMap<string, string>
  readonly isAnswer: boolean
  readonly footer: Footer
}

/** A first mail says how to opt out, also where the rep has taken that out. */
function writtenMail(edit: OrderEdit, as: WrittenAs): RenderedMail {
  const mail = wordsOf(edit, as)
  return edit.step === 0 && edit.madeFrom !== null ? asFirstMail(mail, as.footer) : mail
}

function wordsOf({ subject, body, madeFrom }: OrderEdit, { render, values, isAnswer }: WrittenAs): RenderedMail {
  const { template } = render
  const format = madeFrom?.format ?? template.format
  if (subject !== null) return editedMail({ subject, body }, format)
  const answer = editedAnswer(body, format)
  if (isAnswer) return answer
  // It was an answer when it was written, and has a subject of its own now.
  const own = renderMail({ content: { ...template, body: '', format: 'plain' }, values, signature: '' })
  return { ...answer, subject: own.subject, missing: own.missing }
}

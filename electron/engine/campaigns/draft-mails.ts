/** The mails of a draft as its start would queue them, and what the rep writes over in one of them for one person. */
import { type Writer, write } from '#db/open'
import { findEnrolment } from '#db/queries/enrolments'
import {
  deleteHandEdit,
  deleteHandEdits,
  listHandEdits,
  saveHandEdit,
  type StoredHandEdit,
} from '#db/queries/hand-edits'
import type { AttachedFile, RenderedMail, TemplateContent } from '#shared/contract/templates'
import { type Aged, agedWords } from '#shared/domain/ageing'
import { resolveAtDispatch } from '#shared/domain/dispatch-tokens'
import { placeAfter } from '#shared/domain/moved-steps'
import { AppError } from '#shared/errors'
import type { EngineContext } from '../context.ts'
import type { Calendars } from '../planning/calendars.ts'
import { dispatchPlace } from '../sending/dispatch-place.ts'
import { sourceOf } from '../texts/mail-source.ts'
import { mustFindCampaign } from './campaign-leads.ts'
import { everybody, orderOf } from './campaign-order.ts'
import { editedAnswer, editedMail } from './order-edits.ts'
import type { MailsTo, Order, Orders } from './orders.ts'

export interface DraftMail extends RenderedMail {
  readonly step: number
  readonly variant: number
  readonly templateId: number
  readonly attachments: readonly AttachedFile[]
  /** Words that will not be true when it goes, if the first mail went now. */
  readonly aged: readonly Aged[]
  /** Its subject is that of its thread. */
  readonly isAnswer: boolean
  readonly isByHand: boolean
  /** By hand, from a text or for a mailbox that its step does not have any more. */
  readonly isOld: boolean
  readonly source: TemplateContent
}

export interface DraftWords {
  readonly leadId: number
  readonly step: number
  /** Of the text that was shown. */
  readonly templateId: number
  /** Null: the template's. */
  readonly words: TemplateContent | null
}

/** Every call throws `campaign.not_found`, `campaign.not_draft`, `campaign.no_such_mail`, and what a plan that cannot be sent throws. */
export interface DraftMails {
  /** By step. */
  show(campaignId: number, leadId: number): DraftMail[]
  /** Throws `template.invalid` for words that cannot be sent so. */
  save(campaignId: number, draft: DraftWords): void
}

export interface DraftMailsDeps extends Pick<EngineContext, 'db' | 'clock' | 'publish'> {
  readonly orders: Orders
  readonly calendars: Calendars
}

export function createDraftMails(deps: DraftMailsDeps): DraftMails {
  const { db, clock } = deps

  function mailsTo(campaignId: number, leadId: number): { order: Order; of: MailsTo } {
    const record = mustFindCampaign(db, campaignId)
    if (record.status !== 'draft')
      throw new AppError('campaign.not_draft', `campaign ${campaignId} is ${record.status}`)
    const order = orderOf(deps, record, everybody(db, campaignId))
    const of = findEnrolment(db, campaignId, leadId) && deps.orders.mailsTo(order, leadId)
    if (!of) throw new AppError('campaign.no_such_mail', `lead ${leadId} is not in campaign ${campaignId}`)
    return { order, of }
  }

  function show(campaignId: number, leadId: number): DraftMail[] {
    const { order, of } = mailsTo(campaignId, leadId)
    const { lead, mailbox } = of
    const edits = listHandEdits(db, campaignId, [leadId])
    const place = dispatchPlace(deps, mailbox.policy, order.useLeadZone ? lead.zone : '')
    let moment = order.scheduledAt ?? clock.now()
    return of.mails.map((ready, step) => {
      const { days = 0, unit = 'days' } = order.steps[step]?.delay ?? {}
      const previousAt = step === 0 ? null : moment
      if (step > 0) moment = place.calendar.after(moment, days, unit)
      const mail = resolveAtDispatch(ready.mail, moment, place)
      const { text } = mail
      const subject = isAnswer(order, step) ? null : mail.subject
      const template = templateOf(of, step, ready.variant)
      const edit = edits.find((each) => each.step === step) ?? null
      return {
        ...mail,
        step,
        variant: ready.variant,
        templateId: template.id,
        attachments: template.attachments,
        aged: agedWords({ subject, text, meantFor: moment, at: moment, zone: place.zone, previousAt }),
        isAnswer: isAnswer(order, step),
        isByHand: ready.isByHand,
        isOld: edit?.isOld ?? false,
        source: source(of, { step, edit, templateId: template.id }),
      }
    })
  }

  /** Of an answer the subject is shown and not written. */
  function source(
    { lead, mailbox, mails }: MailsTo,
    { step, edit, templateId }: { step: number; edit: StoredHandEdit | null; templateId: number },
  ): TemplateContent {
    const mail = mails[step]?.mail
    const { subject } = mail ? sourceOf(mail) : { subject: '' }
    if (edit) return { subject: edit.subject ?? subject, body: edit.body, format: edit.format }
    const of = { leadId: lead.id, mailboxId: mailbox.id, templateId, isFirst: step === 0 }
    return deps.orders.source(of)
  }

  function save(campaignId: number, { leadId, step, templateId, words }: DraftWords): void {
    const { order, of } = mailsTo(campaignId, leadId)
    const ready = of.mails[step]
    if (!ready || templateOf(of, step, ready.variant).id !== templateId)
      throw new AppError('campaign.no_such_mail', `campaign ${campaignId} has no such mail ${step}`)
    const written = words && wordsOf(words, isAnswer(order, step))
    write(db, (tx) => {
      if (!written) return deleteHandEdit(tx, campaignId, { leadId, step })
      const madeFrom = { mailboxId: of.mailbox.id, templateVersionId: ready.versionId }
      return saveHandEdit(tx, campaignId, { leadId, step, ...madeFrom, ...written })
    })
    deps.publish({ type: 'campaigns.changed', campaignId })
  }

  return { show, save }
}

function templateOf({ templates }: MailsTo, step: number, variant: number) {
  const template = templates[step]?.[variant]
  if (!template) throw new Error(`step ${step} has no text ${variant}`)
  return template
}

/** The first mail of a thread is none, whatever the step says. */
function isAnswer({ steps }: Order, step: number): boolean {
  return step > 0 && steps[step]?.threading === 'reply'
}

/** Throws `template.invalid`. */
function wordsOf({ subject, body, format }: TemplateContent, isAnswered: boolean) {
  if (isAnswered) editedAnswer(body, format)
  else editedMail({ subject, body }, format)
  return { subject: isAnswered ? null : subject, body, format }
}

/** What was written by hand goes with its step. Answers how many went with one that is gone; in the transaction of the change. */
export function carryHandEdits(
  tx: Writer,
  campaignId: number,
  moved: { readonly cameFrom: readonly (number | null)[] | null; readonly steps: number },
): number {
  const edits = listHandEdits(tx, campaignId)
  deleteHandEdits(tx, campaignId)
  let dropped = 0
  for (const edit of edits) {
    const step = placeAfter(edit.step, moved)
    if (step === null) dropped += 1
    else saveHandEdit(tx, campaignId, { ...edit, step })
  }
  return dropped
}

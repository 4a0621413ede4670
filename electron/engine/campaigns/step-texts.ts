/** The text that a step has now, for somebody who is in its campaign already. */
import type { Reader, Writer } from '#db/open'
import { type CampaignStep, listSteps } from '#db/queries/campaigns'
import { type ChangingSend, findChanging, setBody, takeOwedText } from '#db/queries/campaign-sends'
import { isFirstContact } from '#db/queries/enrolments'
import { insertEvent } from '#db/queries/events'
import { leadsByIds } from '#db/queries/lead-rows'
import type { MailboxRecord } from '#db/queries/mailboxes'
import { findSend, type Send } from '#db/queries/sends'
import { findVersion } from '#db/queries/templates'
import type { Lead } from '#shared/contract/leads'
import type { RenderedMail } from '#shared/contract/templates'
import { answerSubject } from '#shared/domain/answer-subject'
import { type MergeLead, mergeValues } from '#shared/domain/merge-values'
import { partsBelow } from '../texts/mail-parts.ts'
import { createFieldCheck, createRenderer } from '../texts/render.ts'

type Render = (lead: MergeLead) => RenderedMail
/** Null for a mailbox that was removed. */
export type MailboxOf = (mailboxId: number) => MailboxRecord | null

export interface StepTexts {
  /** Null where the mailbox is gone. */
  of(mailboxId: number, text: { readonly versionId: number; readonly isFirst: boolean }): Render | null
  /** Would a lead's mail have no hole? False where the mailbox is gone. */
  suits(mailboxId: number, versionId: number, lead: MergeLead): boolean
}

/** Each text is made ready once. */
export function createStepTexts(tx: Reader, mailboxOf: MailboxOf): StepTexts {
  const made = new Map<string, Render>()
  const checks = new Map<string, (lead: MergeLead) => boolean>()

  function checkOf(mailboxId: number, versionId: number): (lead: MergeLead) => boolean {
    const name = `${mailboxId}|${versionId}`
    const known = checks.get(name)
    if (known) return known
    const content = findVersion(tx, versionId)
    const mailbox = mailboxOf(mailboxId)
    const isWhole = content && mailbox ? createFieldCheck({ content, ...partsBelow(mailbox) }) : () => false
    const check = (lead: MergeLead): boolean => isWhole(mergeValues(lead, mailbox?.senderName ?? ''))
    checks.set(name, check)
    return check
  }

  return {
    suits: (mailboxId, versionId, lead) => checkOf(mailboxId, versionId)(lead),
    of(mailboxId, { versionId, isFirst }) {
      const name = `${mailboxId}|${versionId}|${isFirst}`
      const known = made.get(name)
      if (known) return known
      const content = findVersion(tx, versionId)
      const mailbox = mailboxOf(mailboxId)
      if (!content || !mailbox) return null
      const render = createRenderer({ content, ...partsBelow(mailbox, { isFirst }) })
      const filled: Render = (lead) => render(mergeValues(lead, mailbox.senderName))
      made.set(name, filled)
      return filled
    },
  }
}

/** An answer keeps the subject of its thread. */
export function inThread(
  mail: RenderedMail,
  step: CampaignStep,
  { threadSubject }: Pick<ChangingSend, 'threadSubject'>,
): RenderedMail {
  return step.threading === 'reply' && threadSubject !== null
    ? { ...mail, subject: answerSubject(threadSubject) }
    : mail
}

/** What a send is to take its step's text for. */
export interface Rewriting {
  readonly campaignId: number
  readonly send: ChangingSend
  /** As it is now; undefined: it is gone. */
  readonly step: CampaignStep | undefined
  /** Undefined: they were removed. */
  readonly lead: Lead | undefined
}

/** False: it keeps its text, because the rep wrote it over by hand, or the step's lacks a field of the lead. */
export function rewriteSend(tx: Writer, texts: StepTexts, { campaignId, send, step, lead }: Rewriting): boolean {
  if (!step || !lead || send.isByHand === 1) return false
  const variant = send.variant % step.variants.length
  const versionId = step.variants[variant]?.templateVersionId
  if (versionId === undefined) return false
  const isFirst = isFirstContact(tx, { ...send, campaignId })
  const mail = texts.of(send.mailboxId, { versionId, isFirst })?.(lead)
  if (!mail || mail.missing.length > 0) return false
  setBody(tx, send.id, { variant, versionId, mail: inThread(mail, step, send) })
  return true
}

/**
 * A mail that could not be rewritten when its step was, because it was on its way, in doubt or ended, waits again: it takes
 * the text that its step has now. A draft of it is brought up to date by the adapter before it leaves. Answers how it stands.
 */
export function takeNewText(
  tx: Writer,
  { mailboxOf, now }: { readonly mailboxOf: MailboxOf; readonly now: number },
  send: Send,
): Send {
  if (send.state.status !== 'pending' || !takeOwedText(tx, send.id)) return send
  const changing = findChanging(tx, send.id)
  if (!changing) return send
  const { id: sendId, campaignId, leadId, mailboxId } = send
  const step = listSteps(tx, campaignId)[send.step]
  const lead = leadsByIds(tx, [leadId])[0]
  const isDone = rewriteSend(tx, createStepTexts(tx, mailboxOf), { campaignId, send: changing, step, lead })
  const data = { text: isDone ? 'taken' : 'kept' }
  insertEvent(tx, { at: now, kind: 'send_rewritten', sendId, leadId, campaignId, mailboxId, data })
  return findSend(tx, sendId) ?? send
}

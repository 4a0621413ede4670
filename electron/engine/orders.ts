/**
 * An order is who gets what, from where and when: a "Dispatch all", or a whole sequence. Looking at it and queueing it go
 * through the same steps, so the page cannot promise what the queue will not take.
 */
import { findLead, leadsByIds } from '#db/queries/lead-rows'
import { selectedLeadIds } from '#db/queries/leads'
import type { MailboxRecord } from '#db/queries/mailboxes'
import { listFirstMailboxes } from '#db/queries/enrolments'
import type { TemplateRecord } from '#db/queries/templates'
import type { Lead, LeadSelection } from '#shared/contract/leads'
import type { RenderedMail } from '#shared/contract/templates'
import { domainOfAddress, parseAddress } from '#shared/domain/address'
import { missingFor } from '#shared/domain/country-rules'
import { mergeValues } from '#shared/domain/merge-values'
import { DAY_MS } from '#shared/domain/pacing'
import { answerSubject } from '#shared/domain/answer-subject'
import type { StepDelay } from '#shared/domain/step-delay'
import type { NeverCode, SendPriority, Threading } from '#shared/domain/taxonomy'
import { momentOfWallTime, type WallTime } from '#shared/domain/wall-time'
import { AppError } from '#shared/errors'
import type { EngineContext } from './context.ts'
import type { Mailboxes } from './mailboxes.ts'
import { createRenderer } from './render.ts'
import { createTurns } from './turns.ts'
import type { Templates } from './templates.ts'

export interface OrderedStep {
  readonly delay: StepDelay
  readonly threading: Threading
  /** One, or several that are split evenly. */
  readonly templateIds: readonly number[]
}

export interface Order {
  readonly selection: LeadSelection
  /** In their order; never empty. */
  readonly steps: readonly OrderedStep[]
  /** They take turns; never empty. */
  readonly mailboxIds: readonly number[]
  /** Epoch ms; null: as soon as the rules allow. */
  readonly scheduledAt: number | null
  readonly priority: SendPriority
  readonly useLeadZone: boolean
  /** How many leads are in it already: the texts of a step go on in turn from there. */
  readonly enrolled: number
}

export type ObstacleReason = NeverCode | 'missing_fields' | 'already_queued' | 'not_approved' | 'basis_missing'

export interface Obstacle {
  readonly lead: Lead
  readonly reason: ObstacleReason
  /** Names of the missing fields; empty for other reasons. */
  readonly fields: readonly string[]
}

/** One lead that can be queued, with the mail of every step as it will be sent. */
export interface Ready {
  readonly lead: Lead
  readonly toAddress: string
  readonly identity: string
  readonly zone: string
  readonly mailbox: MailboxRecord
  /** By step. */
  readonly mails: readonly ReadyMail[]
}

export interface ReadyMail {
  /** Which of the step's texts. */
  readonly variant: number
  readonly mail: RenderedMail
}

export interface Worked {
  /** By step, then by variant: the newest versions. */
  readonly templates: readonly (readonly TemplateRecord[])[]
  readonly mailboxes: readonly MailboxRecord[]
  /** Epoch ms; null for "now". */
  readonly scheduledAt: number | null
  readonly ready: readonly Ready[]
  readonly obstacles: readonly Obstacle[]
}

export interface Orders {
  /** Throws for a template with problems. Writes nothing. */
  work(order: Order): Worked
  /** One lead's mail, whatever stands in its way. */
  preview(leadId: number, templateId: number, mailboxId: number): RenderedMail
  /** Throws `template.not_found` and `template.invalid`. */
  sound(templateId: number): TemplateRecord
}

/** Leads are read in pieces of this many. */
const PIECE = 500

type Render = (values: ReadonlyMap<string, string>) => RenderedMail

export function createOrders(
  deps: Pick<EngineContext, 'db' | 'clock'> & { readonly templates: Templates; readonly mailboxes: Mailboxes },
): Orders {
  function sound(templateId: number): TemplateRecord {
    const template = deps.templates.get(templateId)
    const [problem] = deps.templates.problems(template)
    if (problem)
      throw new AppError('template.invalid', problem.code, { details: { code: problem.code, text: problem.text } })
    return template
  }

  function work(order: Order): Worked {
    const templates = order.steps.map((step) => step.templateIds.map(sound))
    const mailboxes = order.mailboxIds.map((id) => deps.mailboxes.get(id))
    const { scheduledAt } = order
    const judge = createJudge({ order, templates, mailboxes, now: scheduledAt ?? deps.clock.now() })
    const ready: Ready[] = []
    const obstacles: Obstacle[] = []
    const ids = selectedLeadIds(deps.db, order.selection)
    for (let from = 0; from < ids.length; from += PIECE) {
      const piece = ids.slice(from, from + PIECE)
      const wroteFirst = mailboxes.length > 1 ? listFirstMailboxes(deps.db, piece) : new Map<number, number>()
      for (const lead of leadsByIds(deps.db, piece)) {
        const judged = judge(lead, {
          place: order.enrolled + ready.length,
          wroteFirst: wroteFirst.get(lead.id) ?? null,
        })
        if ('reason' in judged) obstacles.push(judged)
        else ready.push(judged)
      }
    }
    return { templates, mailboxes, scheduledAt, ready, obstacles }
  }

  function preview(leadId: number, templateId: number, mailboxId: number): RenderedMail {
    const template = sound(templateId)
    const mailbox = deps.mailboxes.get(mailboxId)
    const lead = findLead(deps.db, leadId)
    if (!lead) throw new AppError('lead.not_found', `lead ${leadId}`)
    return createRenderer({ content: template, signature: mailbox.signature })(mergeValues(lead, mailbox.senderName))
  }

  return { work, preview, sound }
}

interface JudgeBy {
  readonly order: Order
  readonly templates: readonly (readonly TemplateRecord[])[]
  readonly mailboxes: readonly MailboxRecord[]
  /** When the first mail would go at the earliest, epoch ms. */
  readonly now: number
}

/** Where a lead stands in the order. */
interface Place {
  /** How many come before it. */
  readonly place: number
  /** The mailbox that wrote to it first; null: none did. */
  readonly wroteFirst: number | null
}

/** May a lead be queued? The gates decide again when it is sent; this is what can be told beforehand. */
function createJudge(by: JudgeBy): (lead: Lead, place: Place) => Ready | Obstacle {
  const turns = createTurns(by.mailboxes)
  const renders = new Map(by.mailboxes.map((mailbox) => [mailbox.id, rendersOf(by.templates, mailbox)]))

  return (lead, { place, wroteFirst }) => {
    const reason = obstacleOf(lead, by)
    if (reason) return { lead, reason, fields: [] }
    const parsed = parseAddress(lead.email)
    if (!parsed.ok) return { lead, reason: 'address_invalid', fields: [] }
    const mailbox = turns.next(wroteFirst)
    const mails = mailsFor(lead, { mailbox, renders: renders.get(mailbox.id) ?? [], steps: by.order.steps, place })
    const missing = new Set(mails.flatMap(({ mail }) => mail.missing))
    if (missing.size > 0) return { lead, reason: 'missing_fields', fields: [...missing] }
    turns.took(mailbox)
    const { ascii, identity } = parsed.address
    return { lead, toAddress: ascii, identity, zone: by.order.useLeadZone ? lead.zone : '', mailbox, mails }
  }
}

function rendersOf(templates: JudgeBy['templates'], { signature }: MailboxRecord): readonly (readonly Render[])[] {
  return templates.map((step) => step.map((content) => createRenderer({ content, signature })))
}

/** A follow-up that answers has the subject of the first mail; programs thread by it. */
function mailsFor(
  lead: Lead,
  by: {
    readonly mailbox: MailboxRecord
    readonly renders: readonly (readonly Render[])[]
    readonly steps: readonly OrderedStep[]
    readonly place: number
  },
): ReadyMail[] {
  const values = mergeValues(lead, by.mailbox.senderName)
  let thread: string | null = null
  return by.renders.map((variants, step) => {
    const variant = by.place % variants.length
    const render = variants[variant]
    if (!render) throw new Error(`step ${step} has no text`)
    const mail = render(values)
    if (thread !== null && by.steps[step]?.threading === 'reply') {
      return { variant, mail: { ...mail, subject: answerSubject(thread) } }
    }
    thread = mail.subject
    return { variant, mail }
  })
}

function obstacleOf(lead: Lead, { mailboxes, now }: JudgeBy): ObstacleReason | null {
  if (lead.review === 'rejected') return 'lead_rejected'
  if (lead.review !== 'approved') return 'not_approved'
  if (lead.isSuppressed) return 'suppressed'
  if (lead.contact !== 'none') return `lead_${lead.contact}`
  if (isUnderWay(lead)) return 'already_queued'
  if (missingFor({ ...lead, domain: domainOfAddress(lead.email) }, now).length > 0) return 'basis_missing'
  const coolDownMs = Math.max(...mailboxes.map(({ policy }) => policy.coolDownDays)) * DAY_MS
  return lead.lastTouchAt !== null && Math.min(lead.lastTouchAt, now) + coolDownMs > now ? 'cool_down' : null
}

function isUnderWay(lead: Lead): boolean {
  return lead.sendStatus === 'pending' || lead.sendStatus === 'processing' || lead.sendStatus === 'uncertain'
}

/** Epoch ms; null for "now". Throws for a moment in the past and one that the clock skips. */
export function momentOf(at: WallTime | null, now: number): number | null {
  if (at === null) return null
  const moment = momentOfWallTime(at)
  if (moment === null) throw new AppError('dispatch.no_such_time', 'no such time', { details: { ...at } })
  if (moment < now) throw new AppError('dispatch.in_the_past', 'in the past', { details: { ...at } })
  return moment
}

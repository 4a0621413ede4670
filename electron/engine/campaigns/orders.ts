/**
 * An order is who gets what, from where and when: a "Dispatch all", or a whole sequence. Looking at it and queueing it go
 * through the same steps, so the page cannot promise what the queue will not take.
 */
import { findLead, leadsByIds } from '#db/queries/lead-rows'
import { selectedLeadIds } from '#db/queries/leads'
import type { MailboxRecord } from '#db/queries/mailboxes'
import { listFirstMailboxes, listStandings, listUnderWay } from '#db/queries/enrolments'
import type { TemplateRecord } from '#db/queries/templates'
import type { Lead, LeadSelection } from '#shared/contract/leads'
import type { AttachedFile, RenderedMail, TemplateContent } from '#shared/contract/templates'
import { domainOfAddress, parseAddress } from '#shared/domain/address'
import { type Aged, agedWords } from '#shared/domain/ageing'
import { missingFor } from '#shared/domain/country-rules'
import { mergeValues } from '#shared/domain/merge-values'
import { isAllowedAgain } from '#shared/domain/gates'
import { DAY_MS } from '#shared/domain/pacing'
import { resolveAtDispatch } from '#shared/domain/dispatch-tokens'
import type { StepDelay } from '#shared/domain/step-delay'
import type { ObstacleReason } from '#shared/domain/obstacle'
import type { EnrolmentStatus, SendPriority, Threading } from '#shared/domain/taxonomy'
import { momentOfWallTime, type WallTime } from '#shared/domain/wall-time'
import { AppError } from '#shared/errors'
import { assertFilesFit } from '../texts/attachments.ts'
import type { Calendars } from '../planning/calendars.ts'
import type { EngineContext } from '../context.ts'
import { dispatchPlace } from '../sending/dispatch-place.ts'
import { type GivenWords, withGivenWords } from './given-words.ts'
import { partsBelow } from '../texts/mail-parts.ts'
import { sourceOf } from '../texts/mail-source.ts'
import type { Mailboxes } from '../mailboxes/mailboxes.ts'
import { createOrderEdits, editedMail, type OrderEdit, type OrderEdits, type Wording } from './order-edits.ts'
import { createOrderMails, type OrderMails, type ReadyMail } from './order-mails.ts'
import { createRenderer } from '../texts/render.ts'
import { createTurns } from './turns.ts'
import type { Templates } from '../texts/templates.ts'

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
  /** The campaign, once it runs: who is in it already stays as they are. */
  readonly campaignId?: number
  /** How many leads are in it already: the texts of a step go on in turn from there. */
  readonly enrolled: number
  /** Mails that the rep wrote over, for single leads of the selection. */
  readonly edits?: readonly OrderEdit[]
}

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
  /** Throws for a template with problems, or with files that a mailbox cannot send. Writes nothing. */
  work(order: Order): Worked
  /** The mails that a lead of the selection would get, whatever stands in its way; null: it is not in it. */
  mailsTo(order: Order, leadId: number): MailsTo | null
  /** One lead's mail, whatever stands in its way. */
  preview(of: MailOf, as: PreviewAs): PreviewedMail
  /** The same mail, or one with other words, as one can write it over; what this lead lacks stands in it as its field. */
  source(of: MailOf, words?: GivenWords | null): TemplateContent
  /** Throws `template.not_found` and `template.invalid`. */
  sound(templateId: number): TemplateRecord
}

export interface MailsTo {
  readonly lead: Lead
  readonly mailbox: MailboxRecord
  /** By step. */
  readonly mails: readonly ReadyMail[]
  readonly templates: Worked['templates']
}

/** Which mail. */
export interface MailOf {
  readonly leadId: number
  readonly templateId: number
  readonly mailboxId: number
  /** The first mail to them, which says who writes and how to opt out; left out: it is. */
  readonly isFirst?: boolean
}

export interface PreviewAs {
  /** Written over by the rep; null: it is the template's. */
  readonly edit: Wording | null
  /** When it would go; null, or a time that is not there: now. */
  readonly at: WallTime | null
}

/** A mail as it would be sent, with what it would carry. */
export interface PreviewedMail extends RenderedMail {
  readonly attachments: readonly AttachedFile[]
  /** Words that will not be true when it goes. */
  readonly aged: readonly Aged[]
}

const NOBODY: ReadonlyMap<number, EnrolmentStatus> = new Map()

/** Leads are read in pieces of this many. */
const PIECE = 500

export function createOrders(
  deps: Pick<EngineContext, 'db' | 'clock'> & {
    readonly templates: Templates
    readonly mailboxes: Mailboxes
    readonly calendars: Calendars
    readonly isErased: (identity: string) => boolean
  },
): Orders {
  function sound(templateId: number): TemplateRecord {
    const template = deps.templates.get(templateId)
    const [problem] = deps.templates.problems(template)
    if (problem)
      throw new AppError('template.invalid', problem.code, { details: { code: problem.code, text: problem.text } })
    return template
  }

  function partsOf(order: Order): Pick<JudgeBy, 'templates' | 'mailboxes' | 'edits' | 'mails'> {
    const templates = order.steps.map((step) => step.templateIds.map(sound))
    const mailboxes = order.mailboxIds.map((id) => deps.mailboxes.get(id))
    const edits = createOrderEdits(order.edits ?? [])
    return { templates, mailboxes, edits, mails: createOrderMails({ steps: order.steps, templates, mailboxes, edits }) }
  }

  function work(order: Order): Worked {
    const parts = partsOf(order)
    const { templates, mailboxes } = parts
    for (const mailbox of mailboxes)
      for (const { attachments } of templates.flat()) assertFilesFit(mailbox, attachments)
    const { scheduledAt } = order
    const judge = createJudge({ order, ...parts, now: scheduledAt ?? deps.clock.now() })
    const ready: Ready[] = []
    const obstacles: Obstacle[] = []
    const ids = selectedLeadIds(deps.db, order.selection)
    for (let from = 0; from < ids.length; from += PIECE) {
      const piece = ids.slice(from, from + PIECE)
      const wroteFirst = mailboxes.length > 1 ? listFirstMailboxes(deps.db, piece) : new Map<number, number>()
      const underWay = listUnderWay(deps.db, piece)
      const members = order.campaignId === undefined ? NOBODY : listStandings(deps.db, order.campaignId, piece)
      for (const lead of leadsByIds(deps.db, piece)) {
        const judged = judge(lead, {
          place: order.enrolled + ready.length,
          isUnderWay: underWay.has(lead.id),
          standing: members.get(lead.id) ?? null,
          wroteFirst: wroteFirst.get(lead.id) ?? null,
        })
        if ('reason' in judged) obstacles.push(judged)
        else if (deps.isErased(judged.identity)) obstacles.push({ lead, reason: 'suppressed', fields: [] })
        else ready.push(judged)
      }
    }
    return { templates, mailboxes, scheduledAt, ready, obstacles }
  }

  /** Whose turn it is depends on those before them, where there is more than one to take turns. */
  function mailsTo(order: Order, leadId: number): MailsTo | null {
    const { templates, mailboxes, edits, mails } = partsOf(order)
    const ids = selectedLeadIds(deps.db, order.selection) as Lead['id'][]
    const at = ids.findIndex((id) => id === leadId)
    const lead = findLead(deps.db, leadId)
    if (at === -1 || !lead) return null
    const hasTurns = mailboxes.length > 1 || templates.some((variants) => variants.length > 1)
    const before = hasTurns ? work({ ...order, selection: { by: 'ids', ids: ids.slice(0, at) } }).ready : []
    const turns = createTurns(mailboxes)
    for (const { mailbox } of before) turns.took(mailbox)
    const wroteFirst = listFirstMailboxes(deps.db, [leadId]).get(leadId) ?? null
    const mailbox = turns.next(knownMailbox({ mailboxes, edits }, { leadId, wroteFirst }))
    return { lead, mailbox, templates, mails: mails.of(lead, { mailbox, place: order.enrolled + before.length }) }
  }

  function made({ leadId, templateId, mailboxId, isFirst = true }: MailOf, words: GivenWords | null = null) {
    const template = sound(templateId)
    const mailbox = deps.mailboxes.get(mailboxId)
    const lead = findLead(deps.db, leadId)
    if (!lead) throw new AppError('lead.not_found', `lead ${leadId}`)
    const given = withGivenWords(template, words)
    const fill = createRenderer({ content: given.content, ...partsBelow(mailbox, { isFirst }) })
    const values = new Map([...mergeValues(lead, mailbox.senderName), ...given.values])
    return { template, mailbox, fill, values }
  }

  function preview(of: MailOf, { edit, at }: PreviewAs): PreviewedMail {
    const { template, mailbox, fill, values } = made(of)
    const approved = edit === null ? fill(values) : editedMail(edit, template.format)
    const place = dispatchPlace(deps, mailbox.policy)
    const moment = Math.max(deps.clock.now(), (at && momentOfWallTime(at)) ?? 0)
    const mail = resolveAtDispatch(approved, moment, place)
    const { subject, text } = mail
    const aged = agedWords({ subject, text, meantFor: moment, at: moment, zone: place.zone, previousAt: null })
    return { ...mail, attachments: template.attachments, aged }
  }

  function source(of: MailOf, words: GivenWords | null = null): TemplateContent {
    const { fill, values } = made(of, words)
    const holes = new Map(fill(values).missing.map((name) => [name, `{{${name}}}`]))
    return sourceOf(fill(new Map([...holes, ...[...values].filter(([name]) => !holes.has(name))])))
  }

  return { work, mailsTo, preview, source, sound }
}

interface JudgeBy {
  readonly order: Order
  readonly templates: readonly (readonly TemplateRecord[])[]
  readonly mailboxes: readonly MailboxRecord[]
  readonly edits: OrderEdits
  readonly mails: OrderMails
  /** When the first mail would go at the earliest, epoch ms. */
  readonly now: number
}

/** Where a lead stands in the order. */
interface Place {
  /** How many come before it. */
  readonly place: number
  /** Some mail is still to go to it. */
  readonly isUnderWay: boolean
  /** In the campaign that it is to be added to; null: it is not in it. */
  readonly standing: EnrolmentStatus | null
  /** The mailbox that wrote to it first; null: none did. */
  readonly wroteFirst: number | null
}

/** May a lead be queued? The gates decide again when it is sent; this is what can be told beforehand. */
function createJudge(by: JudgeBy): (lead: Lead, place: Place) => Ready | Obstacle {
  const turns = createTurns(by.mailboxes)

  return (lead, { place, isUnderWay, standing, wroteFirst }) => {
    const reason = standing === null ? obstacleOf(lead, { ...by, isUnderWay }) : placeTaken(standing)
    if (reason) return { lead, reason, fields: [] }
    const parsed = parseAddress(lead.email)
    if (!parsed.ok) return { lead, reason: 'address_invalid', fields: [] }
    const mailbox = turns.next(knownMailbox(by, { leadId: lead.id, wroteFirst }))
    const mails = by.mails.of(lead, { mailbox, place })
    const missing = new Set(mails.flatMap(({ mail }) => mail.missing))
    if (missing.size > 0) return { lead, reason: 'missing_fields', fields: [...missing] }
    turns.took(mailbox)
    const { ascii, identity } = parsed.address
    return { lead, toAddress: ascii, identity, zone: by.order.useLeadZone ? lead.zone : '', mailbox, mails }
  }
}

/** The one that wrote to them first, else the one whose signature stands in what was written for them; null: neither takes part. */
function knownMailbox(
  { mailboxes, edits }: Pick<JudgeBy, 'mailboxes' | 'edits'>,
  { leadId, wroteFirst }: Pick<Place, 'wroteFirst'> & { readonly leadId: number },
): number | null {
  const known = [...(wroteFirst === null ? [] : [wroteFirst]), ...edits.mailboxesOf(leadId)]
  return known.find((id) => mailboxes.some((mailbox) => mailbox.id === id)) ?? null
}

function placeTaken(standing: EnrolmentStatus): ObstacleReason {
  return standing === 'removed' ? 'taken_out' : 'in_campaign'
}

function obstacleOf(
  lead: Lead,
  { mailboxes, now, isUnderWay }: Pick<JudgeBy, 'mailboxes' | 'now'> & Pick<Place, 'isUnderWay'>,
): ObstacleReason | null {
  return lastingObstacle(lead, { now, isUnderWay }) ?? coolDownObstacle(lead, { mailboxes, now })
}

/** What stands in the way of any mail to them, a first one or not. */
export function lastingObstacle(
  lead: Lead,
  { now, isUnderWay }: Pick<JudgeBy, 'now'> & Pick<Place, 'isUnderWay'>,
): ObstacleReason | null {
  if (lead.review === 'rejected') return 'lead_rejected'
  if (lead.review !== 'approved') return 'not_approved'
  if (lead.isSuppressed) return 'suppressed'
  if (lead.contact !== 'none') return `lead_${lead.contact}`
  if (isUnderWay) return 'already_queued'
  return missingFor({ ...lead, domain: domainOfAddress(lead.email) }, now).length > 0 ? 'basis_missing' : null
}

/** Of a first mail only. */
export function coolDownObstacle(
  lead: Lead,
  { mailboxes, now }: Pick<JudgeBy, 'mailboxes' | 'now'>,
): ObstacleReason | null {
  if (isAllowedAgain(lead, now)) return null
  const coolDownMs = Math.max(...mailboxes.map(({ policy }) => policy.coolDownDays)) * DAY_MS
  return lead.lastTouchAt !== null && Math.min(lead.lastTouchAt, now) + coolDownMs > now ? 'cool_down' : null
}

/** Epoch ms; null for "now". Throws for a moment in the past and one that the clock skips. */
export function momentOf(at: WallTime | null, now: number): number | null {
  if (at === null) return null
  const moment = momentOfWallTime(at)
  if (moment === null) throw new AppError('dispatch.no_such_time', 'no such time', { details: { ...at } })
  if (moment < now) throw new AppError('dispatch.in_the_past', 'in the past', { details: { ...at } })
  return moment
}

/**
 * An order is what the rep has chosen on the Dispatch page: who gets what, from where and when. Looking at it and queueing
 * it go through the same steps, so the page cannot promise what the queue will not take.
 */
import { findLead, leadsByIds } from '#db/queries/lead-rows'
import { selectedLeadIds } from '#db/queries/leads'
import type { MailboxRecord } from '#db/queries/mailboxes'
import type { TemplateRecord } from '#db/queries/templates'
import type { Lead, LeadSelection } from '#shared/contract/leads'
import type { RenderedMail } from '#shared/contract/templates'
import { parseAddress } from '#shared/domain/address'
import { mergeValues } from '#shared/domain/merge-values'
import { DAY_MS } from '#shared/domain/pacing'
import type { NeverCode, SendPriority } from '#shared/domain/taxonomy'
import { momentOfWallTime, type WallTime } from '#shared/domain/wall-time'
import { AppError } from '#shared/errors'
import type { EngineContext } from './context.ts'
import type { Mailboxes } from './mailboxes.ts'
import { createRenderer } from './render.ts'
import type { Templates } from './templates.ts'

export interface Order {
  readonly selection: LeadSelection
  readonly templateId: number
  readonly mailboxId: number
  /** Null: as soon as the rules allow. */
  readonly at: WallTime | null
  readonly priority: SendPriority
  readonly useLeadZone: boolean
}

export type ObstacleReason = NeverCode | 'missing_fields' | 'already_queued' | 'not_approved'

export interface Obstacle {
  readonly lead: Lead
  readonly reason: ObstacleReason
  /** Names of the missing fields; empty for other reasons. */
  readonly fields: readonly string[]
}

/** One lead that can be queued, with its mail as it will be sent. */
export interface Ready {
  readonly lead: Lead
  readonly toAddress: string
  readonly identity: string
  readonly zone: string
  readonly mail: RenderedMail
}

export interface Worked {
  readonly template: TemplateRecord
  readonly mailbox: MailboxRecord
  /** Epoch ms; null for "now". */
  readonly scheduledAt: number | null
  readonly ready: readonly Ready[]
  readonly obstacles: readonly Obstacle[]
}

export interface Orders {
  /** Throws for a template with problems, a moment in the past or one that the clock skips. Writes nothing. */
  work(order: Order): Worked
  /** One lead's mail, whatever stands in its way. */
  preview(leadId: number, templateId: number, mailboxId: number): RenderedMail
}

/** Leads are read in pieces of this many. */
const PIECE = 500

export function createOrders(
  deps: Pick<EngineContext, 'db' | 'clock'> & {
    readonly templates: Templates
    readonly mailboxes: Mailboxes
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

  function work(order: Order): Worked {
    const template = sound(order.templateId)
    const mailbox = deps.mailboxes.get(order.mailboxId)
    const scheduledAt = momentOf(order.at, deps.clock.now())
    const render = createRenderer({ content: template, signature: mailbox.signature })
    const ready: Ready[] = []
    const obstacles: Obstacle[] = []
    const ids = selectedLeadIds(deps.db, order.selection)
    for (let from = 0; from < ids.length; from += PIECE) {
      for (const lead of leadsByIds(deps.db, ids.slice(from, from + PIECE))) {
        const judged = judge(lead, { order, mailbox, render, now: scheduledAt ?? deps.clock.now() })
        if ('reason' in judged) obstacles.push(judged)
        else if (deps.isErased(judged.identity)) obstacles.push({ lead, reason: 'suppressed', fields: [] })
        else ready.push(judged)
      }
    }
    return { template, mailbox, scheduledAt, ready, obstacles }
  }

  function preview(leadId: number, templateId: number, mailboxId: number): RenderedMail {
    const template = sound(templateId)
    const mailbox = deps.mailboxes.get(mailboxId)
    const lead = findLead(deps.db, leadId)
    if (!lead) throw new AppError('lead.not_found', `lead ${leadId}`)
    return createRenderer({ content: template, signature: mailbox.signature })(mergeValues(lead, mailbox.senderName))
  }

  return { work, preview }
}

interface JudgeBy {
  readonly order: Order
  readonly mailbox: MailboxRecord
  readonly render: (values: ReadonlyMap<string, string>) => RenderedMail
  /** When the mail would go at the earliest, epoch ms. */
  readonly now: number
}

/** May this lead be queued? The gates decide again when it is sent; this is what can be told beforehand. */
function judge(lead: Lead, by: JudgeBy): Ready | Obstacle {
  const reason = obstacleOf(lead, by)
  if (reason) return { lead, reason, fields: [] }
  const parsed = parseAddress(lead.email)
  if (!parsed.ok) return { lead, reason: 'address_invalid', fields: [] }
  const mail = by.render(mergeValues(lead, by.mailbox.senderName))
  if (mail.missing.length > 0) return { lead, reason: 'missing_fields', fields: mail.missing }
  const { ascii, identity } = parsed.address
  return { lead, toAddress: ascii, identity, zone: by.order.useLeadZone ? lead.zone : '', mail }
}

function obstacleOf(lead: Lead, { mailbox, now }: JudgeBy): ObstacleReason | null {
  if (lead.review === 'rejected') return 'lead_rejected'
  if (lead.review !== 'approved') return 'not_approved'
  if (lead.isSuppressed) return 'suppressed'
  if (lead.contact !== 'none') return `lead_${lead.contact}`
  if (isUnderWay(lead)) return 'already_queued'
  const coolDownMs = mailbox.policy.coolDownDays * DAY_MS
  return lead.lastTouchAt !== null && Math.min(lead.lastTouchAt, now) + coolDownMs > now ? 'cool_down' : null
}

function isUnderWay(lead: Lead): boolean {
  return lead.sendStatus === 'pending' || lead.sendStatus === 'processing' || lead.sendStatus === 'uncertain'
}

function momentOf(at: WallTime | null, now: number): number | null {
  if (at === null) return null
  const moment = momentOfWallTime(at)
  if (moment === null) throw new AppError('dispatch.no_such_time', 'no such time', { details: { ...at } })
  if (moment < now) throw new AppError('dispatch.in_the_past', 'in the past', { details: { ...at } })
  return moment
}

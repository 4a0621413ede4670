/** A change of a running campaign, carried out on the mail that is not sent yet. */
import type { Writer } from '#db/open'
import type { CampaignRecord, CampaignStep } from '#db/queries/campaigns'
import {
  type ChangingSend,
  listChanging,
  listUnended,
  setBody,
  setDelay,
  setMailPriority,
} from '#db/queries/campaign-sends'
import { isFirstContact } from '#db/queries/enrolments'
import { leadsByIds } from '#db/queries/lead-rows'
import { findVersion } from '#db/queries/templates'
import type { Lead } from '#shared/contract/leads'
import type { RenderedMail } from '#shared/contract/templates'
import { parseAddress } from '#shared/domain/address'
import { answerSubject } from '#shared/domain/answer-subject'
import { dueBy } from '#shared/domain/delay-clock'
import { mergeValues } from '#shared/domain/merge-values'
import type { Calendars } from './calendars.ts'
import { type Enrolling, queueMail } from './enrolling.ts'
import type { Mailboxes } from './mailboxes.ts'
import type { Queue } from './queue.ts'
import { partsBelow } from './mail-parts.ts'
import type { ReadyMail } from './orders.ts'
import { createRenderer } from './render.ts'

/** Numbers of mails. */
export interface Changes {
  /** Waiting ones with a new text. */
  readonly rewritten: number
  /** Waiting ones that keep their text: the new one lacks a field of theirs. */
  readonly kept: number
  readonly cancelled: number
  readonly added: number
}

export interface ChangesDeps {
  readonly mailboxes: Mailboxes
  readonly calendars: Calendars
  readonly moveAllIn: Queue['moveAllIn']
  readonly installSecret: () => string
}

export interface Changing {
  /** As it is from now on. */
  readonly record: CampaignRecord
  readonly before: readonly CampaignStep[]
  readonly after: readonly CampaignStep[]
  /** Of the campaign; mail that the rep moved up alone keeps its own otherwise. */
  readonly hasNewPriority: boolean
}

type Unended = ReturnType<typeof listUnended>[number]
type Render = (lead: Parameters<typeof mergeValues>[0]) => RenderedMail

/** In the transaction that has stored the new steps. A draft has no mail yet. */
export function changeSteps(tx: Writer, deps: ChangesDeps & { readonly now: number }, changing: Changing): Changes {
  const { record, after } = changing
  if (record.status === 'draft') return { rewritten: 0, kept: 0, cancelled: 0, added: 0 }
  const gone = listChanging(tx, record.id).filter(({ step }) => step >= after.length)
  const cancelled = deps.moveAllIn(
    tx,
    gone.map(({ id }) => id),
    () => ({ type: 'cancel_requested', now: deps.now }),
  ).length
  const renders = createRenders(tx, deps)
  const texts = rewrite(tx, { changing, renders })
  recount(tx, deps, changing)
  return { ...texts, cancelled, added: addSteps(tx, deps, { changing, renders }) }
}

interface Renders {
  /** Null for a mailbox that was removed. */
  of(mailboxId: number, text: { readonly versionId: number; readonly isFirst: boolean }): Render | null
}

function createRenders(tx: Writer, deps: ChangesDeps): Renders {
  const made = new Map<string, Render>()
  return {
    of(mailboxId, { versionId, isFirst }) {
      const name = `${mailboxId}|${versionId}|${isFirst}`
      const known = made.get(name)
      if (known) return known
      const content = findVersion(tx, versionId)
      const mailbox = deps.mailboxes.list().find(({ id }) => id === mailboxId)
      if (!content || !mailbox) return null
      const render = createRenderer({ content, ...partsBelow(mailbox, { isFirst }) })
      const filled: Render = (lead) => render(mergeValues(lead, mailbox.senderName))
      made.set(name, filled)
      return filled
    },
  }
}

/** New texts for what waits and was not written over by hand, where the text of its step is another one. An answer keeps the subject of its thread. */
function rewrite(
  tx: Writer,
  { changing: { record, before, after }, renders }: { changing: Changing; renders: Renders },
): Pick<Changes, 'rewritten' | 'kept'> {
  const counts = { rewritten: 0, kept: 0 }
  const changed = new Set(after.flatMap((step) => (hasSameTexts(step, before[step.step]) ? [] : [step.step])))
  if (changed.size === 0) return counts
  const sends = listChanging(tx, record.id).filter(({ step }) => changed.has(step))
  const leads = leadsOf(tx, sends)
  for (const send of sends) {
    const step = after[send.step]
    const lead = leads.get(send.leadId)
    const variant = step ? send.variant % step.variants.length : 0
    const versionId = step?.variants[variant]?.templateVersionId
    const mail =
      lead && versionId !== undefined && send.isByHand === 0
        ? renders.of(send.mailboxId, { versionId, isFirst: isFirstContact(tx, { ...send, campaignId: record.id }) })?.(
            lead,
          )
        : undefined
    if (!mail || versionId === undefined || mail.missing.length > 0) counts.kept += 1
    else {
      setBody(tx, send.id, { variant, versionId, mail: inThread(mail, step, send) })
      counts.rewritten += 1
    }
  }
  return counts
}

function inThread(
  mail: RenderedMail,
  step: CampaignStep | undefined,
  { threadSubject }: Pick<ChangingSend, 'threadSubject'>,
): RenderedMail {
  return step?.threading === 'reply' && threadSubject !== null
    ? { ...mail, subject: answerSubject(threadSubject) }
    : mail
}

function hasSameTexts(after: CampaignStep, before: CampaignStep | undefined): boolean {
  const texts = ({ variants, threading }: CampaignStep): string =>
    JSON.stringify([threading, variants.map(({ templateVersionId }) => templateVersionId)])
  return before !== undefined && texts(after) === texts(before)
}

/**
 * Delays that run already are counted anew from the mail before, with the pauses that have stopped them since, and everything
 * waiting takes the new priority.
 */
function recount(
  tx: Writer,
  { calendars, mailboxes }: ChangesDeps,
  { record, before, after, hasNewPriority }: Changing,
): void {
  if (hasNewPriority) setMailPriority(tx, record.id, record.priority)
  for (const send of listChanging(tx, record.id)) {
    const step = after[send.step]
    const was = before[send.step]
    const isAway = send.dueCode === 'out_of_office'
    if (!step || !was || send.beforeSentAt === null || (send.dueCode !== 'step_delay' && !isAway)) continue
    if (was.delay.days === step.delay.days && was.delay.unit === step.delay.unit) continue
    const mailbox = mailboxes.list().find(({ id }) => id === send.mailboxId)
    if (!mailbox) continue
    const calendar = calendars.of(mailbox.policy, send.zone, true)
    const { days, unit } = was.delay
    const from = send.beforeSentAt
    const clock = { from, due: isAway ? calendar.after(from, days, unit) : send.notBefore }
    const due = dueBy({ calendar, delay: step.delay }, { calendar, delay: was.delay }, clock)
    // Whoever is away waits until they are back all the same.
    if (!isAway || due > send.notBefore) setDelay(tx, send.id, due)
  }
}

/** Steps that are new, for everybody who is still in it. */
function addSteps(
  tx: Writer,
  deps: ChangesDeps & { readonly now: number },
  { changing: { record, before, after }, renders }: { changing: Changing; renders: Renders },
): number {
  const steps = after.slice(before.length)
  if (steps.length === 0) return 0
  const into: Enrolling = {
    campaignId: record.id,
    campaignKey: record.requestKey,
    priority: record.priority,
    scheduledAt: null,
    installSecret: deps.installSecret(),
    now: deps.now,
  }
  const people = listUnended(tx, record.id)
  const leads = leadsOf(tx, people)
  let added = 0
  for (const [place, person] of people.entries()) {
    const lead = leads.get(person.leadId)
    const parsed = lead ? parseAddress(lead.email) : null
    if (!lead || !parsed?.ok) continue
    const { ascii, identity } = parsed.address
    const zone = record.useLeadZone ? lead.zone : ''
    for (const step of steps) {
      const filled = fillFor(lead, person, { step, place, renders })
      if (!filled) break
      const who = { lead, mailboxId: person.mailboxId, toAddress: ascii, identity, zone }
      if (queueMail(tx, { ...who, step: step.step, filled }, into)) added += 1
    }
  }
  return added
}

/** Null where the text lacks a field of the lead, or the mailbox is gone. */
function fillFor(
  lead: Lead,
  person: Unended,
  { step, place, renders }: { step: CampaignStep; place: number; renders: Renders },
): ReadyMail | null {
  const variant = place % step.variants.length
  const versionId = step.variants[variant]?.templateVersionId
  if (versionId === undefined) return null
  const mail = renders.of(person.mailboxId, { versionId, isFirst: false })?.(lead)
  return mail && mail.missing.length === 0 ? { variant, versionId, mail: inThread(mail, step, person) } : null
}

function leadsOf(tx: Writer, rows: readonly { readonly leadId: number }[]): ReadonlyMap<number, Lead> {
  const ids = [...new Set(rows.map(({ leadId }) => leadId))]
  return new Map(leadsByIds(tx, ids).map((lead) => [lead.id, lead]))
}

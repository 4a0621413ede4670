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
import { leadsByIds } from '#db/queries/lead-rows'
import { insertSend } from '#db/queries/sends'
import { findVersion } from '#db/queries/templates'
import type { RenderedMail } from '#shared/contract/templates'
import { parseAddress } from '#shared/domain/address'
import { answerSubject } from '#shared/domain/answer-subject'
import { dueByDelay } from '#shared/domain/delay-clock'
import { mergeValues } from '#shared/domain/merge-values'
import type { Calendars } from './calendars.ts'
import type { Mailboxes } from './mailboxes.ts'
import type { Queue } from './queue.ts'
import { partsBelow } from './mail-parts.ts'
import { createRenderer } from './render.ts'
import { sendKey } from './send-key.ts'

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
}

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

/** New texts for what waits, where the text of its step is another one. An answer keeps the subject of its thread. */
function rewrite(
  tx: Writer,
  { changing: { record, before, after }, renders }: { changing: Changing; renders: Renders },
): Pick<Changes, 'rewritten' | 'kept'> {
  const counts = { rewritten: 0, kept: 0 }
  const changed = new Set(after.flatMap((step) => (hasSameTexts(step, before[step.step]) ? [] : [step.step])))
  if (changed.size === 0) return counts
  const sends = listChanging(tx, record.id).filter(({ step }) => changed.has(step))
  const leads = new Map(
    leadsByIds(tx, [...new Set(sends.map(({ leadId }) => leadId))]).map((lead) => [lead.id as number, lead]),
  )
  for (const send of sends) {
    const step = after[send.step]
    const lead = leads.get(send.leadId)
    const variant = step ? send.variant % step.variants.length : 0
    const versionId = step?.variants[variant]?.templateVersionId
    const mail =
      lead && versionId !== undefined
        ? renders.of(send.mailboxId, { versionId, isFirst: send.step === 0 })?.(lead)
        : undefined
    if (!mail || versionId === undefined || mail.missing.length > 0) counts.kept += 1
    else {
      setBody(tx, send.id, { variant, versionId, mail: inThread(mail, step, send) })
      counts.rewritten += 1
    }
  }
  return counts
}

function inThread(mail: RenderedMail, step: CampaignStep | undefined, { threadSubject }: ChangingSend): RenderedMail {
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
function recount(tx: Writer, { calendars, mailboxes }: ChangesDeps, { record, before, after }: Changing): void {
  setMailPriority(tx, record.id, record.priority)
  for (const send of listChanging(tx, record.id)) {
    const step = after[send.step]
    const was = before[send.step]
    if (!step || !was || send.beforeSentAt === null || send.dueCode !== 'step_delay') continue
    if (was.delay.days === step.delay.days && was.delay.unit === step.delay.unit) continue
    const mailbox = mailboxes.list().find(({ id }) => id === send.mailboxId)
    if (!mailbox) continue
    const calendar = calendars.of(mailbox.policy, send.zone, true)
    const clock = { from: send.beforeSentAt, due: send.notBefore, unit: was.delay.unit }
    setDelay(tx, send.id, dueByDelay(calendar, clock, { before: was.delay, after: step.delay }))
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
  let added = 0
  const people = listUnended(tx, record.id)
  const leads = new Map(
    leadsByIds(
      tx,
      people.map(({ leadId }) => leadId),
    ).map((lead) => [lead.id as number, lead]),
  )
  for (const [place, person] of people.entries()) {
    const lead = leads.get(person.leadId)
    const parsed = lead ? parseAddress(lead.email) : null
    if (!lead || !parsed?.ok) continue
    for (const step of steps) {
      const variant = place % step.variants.length
      const versionId = step.variants[variant]?.templateVersionId
      const mail =
        versionId === undefined ? undefined : renders.of(person.mailboxId, { versionId, isFirst: false })?.(lead)
      if (!mail || versionId === undefined || mail.missing.length > 0) break
      const { ascii, identity } = parsed.address
      const subject = { campaignKey: record.requestKey, step: step.step, identity, generation: 0 }
      const thread = step.threading === 'reply' ? person.threadSubject : null
      const sendId = insertSend(tx, {
        campaignId: record.id,
        step: step.step,
        variant,
        templateVersionId: versionId,
        leadId: person.leadId,
        mailboxId: person.mailboxId,
        key: sendKey(deps.installSecret(), subject),
        toAddress: ascii,
        toIdentity: identity,
        toName: `${lead.firstName} ${lead.lastName}`.trim(),
        priority: record.priority,
        zone: record.useLeadZone ? lead.zone : '',
        notBefore: deps.now,
        scheduledAt: null,
        createdAt: deps.now,
        parked: 'step_before',
        body: thread === null ? mail : { ...mail, subject: answerSubject(thread) },
      })
      if (sendId !== null) added += 1
    }
  }
  return added
}

/**
 * The gates, in the order in which they are asked (DESIGN §4). The sender and the forecast ask the same functions, so
 * what the screen says and what the sender does cannot differ.
 *
 * A `wait` may depend only on what all sends of a lane share (mailbox, campaign, first mail or follow-up, zone, priority).
 * What concerns one send alone is `later`, `hold` or `never`: it leaves the head of its lane, and the next one is asked.
 * That is why looking at the head of each lane is enough.
 */
import type { Calendar } from './calendar.ts'
import { SLOW_BELOW } from './health.ts'
import {
  dailyRoomAt,
  DAY_MS,
  gapEndsAt,
  HOUR_MS,
  type PacingHistory,
  rampRoomAt,
  restartRoomAt,
  roomAt,
  sharedRoomAt,
} from './pacing.ts'
import type { Policy } from './policy.ts'
import type {
  CampaignStatus,
  DueCode,
  GateName,
  LeadContact,
  LeadReview,
  MailboxStatus,
  NeverCode,
  ParkCode,
  WaitCode,
} from './taxonomy.ts'

export type Verdict =
  | { readonly say: 'pass' }
  /** `until` epoch ms, later than now; null: until the rep does something. */
  | { readonly say: 'wait'; readonly until: number | null; readonly because: WaitCode }
  /** This send alone, not before `until` (epoch ms, later than now). */
  | { readonly say: 'later'; readonly until: number; readonly because: DueCode }
  /** This send alone, until somebody lets it go on. */
  | { readonly say: 'hold'; readonly because: ParkCode }
  | { readonly say: 'never'; readonly because: NeverCode }

/** Everything a gate may look at, as it is at `now`. */
export interface GateFacts {
  readonly now: number
  readonly app: { readonly isPaused: boolean }
  readonly campaign: { readonly status: CampaignStatus }
  readonly mailbox: MailboxFacts
  readonly lead: LeadFacts
  /** Working hours in the zone that counts for this send; for a first mail without the days before an absence. */
  readonly calendar: Calendar
  /** When any mailbox wrote to the same company in the last 24 hours, epoch ms, rising; asked only where there is a limit. */
  readonly companyTimes: () => readonly number[]
  /** Does the text say something that is no longer true at `now`? Asked last; null: nobody can tell (a forecast). */
  readonly hasTextAged: (() => boolean) | null
}

/** What gap, caps and ramp look at. */
export type PaceFacts = Pick<GateFacts, 'now' | 'mailbox'>

export interface MailboxFacts {
  readonly status: MailboxStatus
  /** Epoch ms, while resting. */
  readonly restingUntil: number | null
  /** 0–100. */
  readonly health: number
  readonly policy: Policy
  readonly seed: number
  readonly history: PacingHistory
}

export interface LeadFacts {
  readonly isRemoved: boolean
  readonly review: LeadReview
  readonly contact: LeadContact
  /** Its address or its domain is suppressed, other than by a company stop. */
  readonly isSuppressed: boolean
  /** Somebody at its company answered, and the rep wants the company left alone. */
  readonly isCompanyStopped: boolean
  /** The rep has paused this person in this campaign. */
  readonly isPaused: boolean
  /** Its list bounced too often, and the rep has not let it go on. */
  readonly isListHeld: boolean
  /** Until when the recorded ground is enough where the lead lives, epoch ms; null: without end, 0: it is not. */
  readonly basisUntil: number | null
  /** A mail of the same enrolment has left: what follows it is no new contact, whoever else wrote meanwhile. Not there: no. */
  readonly hasBegun?: boolean
  /** Last contact with this person, whoever made it, other than by mail of the same enrolment; epoch ms, null: never. */
  readonly lastTouchAt: number | null
  /** The rep allowed one more mail in spite of the cool-down, epoch ms; not there or null: no. A contact after `at` ends it. */
  readonly allowedAgain?: AllowedAgain | null
}

export interface AllowedAgain {
  readonly at: number
  readonly until: number
}

/** Below this nothing is sent (DESIGN §6). */
export const LEAST_HEALTH = 30

const PASS: Verdict = { say: 'pass' }

/** What the whole mailbox waits for, whoever is next. */
type Gate<F> = readonly [GateName, (facts: F) => Verdict]

const PACE: readonly Gate<PaceFacts>[] = [
  ['gap', minimumGap],
  ['hourly_cap', hourlyCap],
  ['daily_cap', dailyCap],
  ['ramp', ramp],
]

/** What somebody has said or done: it holds from that instant on. */
const WORDS: readonly Gate<GateFacts>[] = [
  ['app', appPaused],
  ['campaign', campaignPaused],
  ['mailbox', mailboxReady],
  ['health', mailboxHealthy],
  ['lead', leadWanted],
  ['suppression', suppression],
  ['contact', leadContact],
  ['company_stop', companyStop],
  ['person', personPaused],
  ['list', listHeld],
  ['basis', lawfulBasis],
]

const COMPANY_CAP: Gate<GateFacts> = ['company_cap', companyCap]

const GATES: readonly Gate<GateFacts>[] = [
  ...WORDS,
  ['cool_down', coolDown],
  ['hours', workingHours],
  ...PACE,
  COMPANY_CAP,
  ['text', textAged],
]

/** What every gate says, in order, whether or not one before it is in the way. */
export function explainGates(facts: GateFacts): { readonly gate: GateName; readonly verdict: Verdict }[] {
  return GATES.map(([gate, ask]) => ({ gate, verdict: ask(facts) }))
}

/** Asks every gate in order; the first that is not `pass` is the send's one reason. */
export function askGates(facts: GateFacts): Verdict {
  return firstOf(GATES, facts)
}

/** Asks the gates that may close between the claim and the first byte: pauses, and that somebody is not to be written to. */
export function askWords(facts: GateFacts): Verdict {
  return firstOf(WORDS, facts)
}

/** Asks only what counts other mail: gap, caps, ramp, and the cap of its company. */
export function askCounts(facts: GateFacts): Verdict {
  return firstOf([...PACE, COMPANY_CAP], facts)
}

/** Asks only what holds every send of the mailbox alike: gap, caps and ramp. Until they pass, nothing of it goes. */
export function askPace(facts: PaceFacts): Verdict {
  return firstOf(PACE, facts)
}

function firstOf<F>(gates: readonly Gate<F>[], facts: F): Verdict {
  for (const [, ask] of gates) {
    const verdict = ask(facts)
    if (verdict.say !== 'pass') return verdict
  }
  return PASS
}

function appPaused({ app }: GateFacts): Verdict {
  return app.isPaused ? waitForRep('app_paused') : PASS
}

function campaignPaused({ campaign }: GateFacts): Verdict {
  return campaign.status === 'active' || campaign.status === 'completed' ? PASS : waitForRep('campaign_paused')
}

function mailboxReady({ mailbox, now }: GateFacts): Verdict {
  switch (mailbox.status) {
    case 'ready':
      return PASS
    case 'paused':
      return waitForRep('mailbox_paused')
    case 'needs_sign_in':
      return waitForRep('mailbox_signed_out')
    case 'resting':
      return waitUntil(mailbox.restingUntil ?? 0, now, 'mailbox_resting')
  }
}

function mailboxHealthy({ mailbox }: GateFacts): Verdict {
  return mailbox.health < LEAST_HEALTH ? waitForRep('mailbox_unhealthy') : PASS
}

function leadWanted({ lead }: GateFacts): Verdict {
  if (lead.isRemoved) return never('lead_removed')
  return lead.review === 'rejected' ? never('lead_rejected') : PASS
}

function suppression({ lead }: GateFacts): Verdict {
  return lead.isSuppressed ? never('suppressed') : PASS
}

function leadContact({ lead }: GateFacts): Verdict {
  switch (lead.contact) {
    case 'none':
      return PASS
    case 'replied':
      return never('lead_replied')
    case 'bounced':
      return never('lead_bounced')
    case 'opted_out':
      return never('lead_opted_out')
  }
}

function companyStop({ lead }: GateFacts): Verdict {
  return lead.isCompanyStopped ? never('company_stop') : PASS
}

function personPaused({ lead }: GateFacts): Verdict {
  return lead.isPaused ? hold('person_paused') : PASS
}

function listHeld({ lead }: GateFacts): Verdict {
  return lead.isListHeld ? hold('list_held') : PASS
}

/** It was asked when the mail was queued; country and ground may have been changed since, and a ground may end. */
function lawfulBasis({ lead, now }: GateFacts): Verdict {
  return lead.basisUntil !== null && lead.basisUntil <= now ? hold('basis_missing') : PASS
}

function textAged({ hasTextAged }: GateFacts): Verdict {
  return hasTextAged?.() ? hold('text_aged') : PASS
}

/** It keeps somebody from being begun with anew. Follow-ups go on, unless the mail that they follow never left. */
function coolDown({ lead, mailbox, now }: GateFacts): Verdict {
  if (lead.hasBegun || lead.lastTouchAt === null || isAllowedAgain(lead, now)) return PASS
  // A touch in the future was just now: the clock was set back.
  return Math.min(lead.lastTouchAt, now) + mailbox.policy.coolDownDays * DAY_MS > now ? never('cool_down') : PASS
}

/** The rep's word holds for one mail: the next contact, also one that the forecast foresees, has used it up. */
export function isAllowedAgain(
  { allowedAgain, lastTouchAt }: Pick<LeadFacts, 'allowedAgain' | 'lastTouchAt'>,
  now: number,
): boolean {
  return !!allowedAgain && now < allowedAgain.until && (lastTouchAt ?? 0) <= allowedAgain.at
}

function workingHours({ calendar, now }: GateFacts): Verdict {
  const opening = calendar.at(now)
  return opening.isOpen ? PASS : { say: 'wait', until: opening.opensAt, because: opening.because }
}

/** A mailbox that is not well takes twice the time. */
function minimumGap({ mailbox, now }: PaceFacts): Verdict {
  const { history, seed, policy, health } = mailbox
  const endsAt = gapEndsAt(history, seed, policy)
  const slowMs = history.last !== null && health < SLOW_BELOW ? endsAt - history.last.at : 0
  return waitUntil(endsAt + slowMs, now, 'gap')
}

function hourlyCap({ mailbox, now }: PaceFacts): Verdict {
  return waitUntil(sharedRoomAt(mailbox.history, mailbox.policy.hourlyCap, HOUR_MS), now, 'hourly_cap')
}

function dailyCap({ mailbox, now }: PaceFacts): Verdict {
  return waitUntil(dailyRoomAt(mailbox.history, mailbox.policy), now, 'daily_cap')
}

function ramp({ mailbox: { history, policy }, now }: PaceFacts): Verdict {
  return waitUntil(Math.max(rampRoomAt(history, policy, now), restartRoomAt(history, policy, now)), now, 'ramp')
}

/** Others may go meanwhile: it concerns the mail to one company. */
function companyCap({ mailbox, companyTimes, now }: GateFacts): Verdict {
  const cap = mailbox.policy.domainCap
  const until = cap === null ? 0 : roomAt(companyTimes(), cap, DAY_MS)
  return until > now ? { say: 'later', until, because: 'domain_cap' } : PASS
}

function waitUntil(until: number, now: number, because: WaitCode): Verdict {
  return until > now ? { say: 'wait', until, because } : PASS
}

function waitForRep(because: WaitCode): Verdict {
  return { say: 'wait', until: null, because }
}

function hold(because: ParkCode): Verdict {
  return { say: 'hold', because }
}

function never(because: NeverCode): Verdict {
  return { say: 'never', because }
}

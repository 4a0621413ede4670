import { expect, test } from 'vitest'
import {
  askGates,
  askPace,
  type GateFacts,
  type LeadFacts,
  type MailboxFacts,
  type Verdict,
} from '#shared/domain/gates'
import { DAY_MS, gapAfter, HOUR_MS, type PacingHistory } from '#shared/domain/pacing'
import { DEFAULT_POLICY, type Policy } from '#shared/domain/policy'
import { fixedCalendar, GOOD_FACTS, GOOD_LEAD, GOOD_MAILBOX, MONDAY_9 as NOW } from './gate-facts.ts'

const MINUTE = 60_000

const ask = (change: Partial<GateFacts>): Verdict => askGates({ ...GOOD_FACTS, ...change })
const mailbox = (change: Partial<MailboxFacts>): Partial<GateFacts> => ({ mailbox: { ...GOOD_MAILBOX, ...change } })
const lead = (change: Partial<LeadFacts>): Partial<GateFacts> => ({ lead: { ...GOOD_LEAD, ...change } })
const policy = (change: Partial<Policy>): Policy => ({ ...DEFAULT_POLICY, ...change })
/** `count` mails, a minute apart, the newest `ago` before now; no gap runs. */
const sentBefore = (count: number, ago: number): PacingHistory => ({
  times: Array.from({ length: count }, (_, i) => NOW - ago - (count - 1 - i) * MINUTE),
  byHand: [],
  last: null,
  restartedAt: null,
})
const forRep = (because: string) => ({ say: 'wait', until: null, because })
const until = (moment: number, because: string) => ({ say: 'wait', until: moment, because })
const never = (because: string) => ({ say: 'never', because })

test('with nothing in the way a send passes', () => {
  expect(ask({})).toEqual({ say: 'pass' })
})

test.each<[string, Partial<GateFacts>, object]>([
  ['the app is paused', { app: { isPaused: true } }, forRep('app_paused')],
  ['the campaign is paused', { campaign: { status: 'paused' } }, forRep('campaign_paused')],
  ['the campaign was cancelled', { campaign: { status: 'cancelled' } }, forRep('campaign_paused')],
  ['the campaign is a draft', { campaign: { status: 'draft' } }, forRep('campaign_paused')],
  ['the mailbox is paused', mailbox({ status: 'paused' }), forRep('mailbox_paused')],
  ['the mailbox is signed out', mailbox({ status: 'needs_sign_in' }), forRep('mailbox_signed_out')],
  ['the mailbox rests', mailbox({ status: 'resting', restingUntil: NOW + 1 }), until(NOW + 1, 'mailbox_resting')],
  ['the mailbox is in bad health', mailbox({ health: 29 }), forRep('mailbox_unhealthy')],
  ['the lead was removed', lead({ isRemoved: true }), never('lead_removed')],
  ['the lead was rejected', lead({ review: 'rejected' }), never('lead_rejected')],
  ['the lead is suppressed', lead({ isSuppressed: true }), never('suppressed')],
  ['the lead replied', lead({ contact: 'replied' }), never('lead_replied')],
  ['mail to the lead bounced', lead({ contact: 'bounced' }), never('lead_bounced')],
  ['the lead opted out', lead({ contact: 'opted_out' }), never('lead_opted_out')],
  ['the company is left alone', lead({ isCompanyStopped: true }), never('company_stop')],
  ['the lead was written to lately', lead({ lastTouchAt: NOW - 59 * DAY_MS }), never('cool_down')],
  [
    'the mail that the rep allowed has been sent',
    lead({ lastTouchAt: NOW - DAY_MS, allowedAgain: { at: NOW - DAY_MS - 1, until: NOW + 1 } }),
    never('cool_down'),
  ],
  [
    'what the rep allowed has expired',
    lead({ lastTouchAt: NOW - DAY_MS, allowedAgain: { at: NOW, until: NOW } }),
    never('cool_down'),
  ],
  [
    'the day is closed',
    { calendar: fixedCalendar({ isOpen: false, opensAt: NOW + 7, because: 'hours' }) },
    until(NOW + 7, 'hours'),
  ],
  [
    'it is a day off',
    { calendar: fixedCalendar({ isOpen: false, opensAt: NOW + 7, because: 'day_off' }) },
    until(NOW + 7, 'day_off'),
  ],
  [
    'the schedule never opens',
    { calendar: fixedCalendar({ isOpen: false, opensAt: null, because: 'never_opens' }) },
    forRep('never_opens'),
  ],
  [
    'the last mail went just now',
    mailbox({ history: { times: [NOW], byHand: [], last: { at: NOW, sendId: 4 }, restartedAt: null } }),
    until(NOW + gapAfter(GOOD_MAILBOX.seed, 4, DEFAULT_POLICY), 'gap'),
  ],
  ['the hour is full', mailbox({ history: sentBefore(10, MINUTE) }), until(NOW - 10 * MINUTE + HOUR_MS, 'hourly_cap')],
  [
    'the day is full',
    mailbox({ history: sentBefore(40, 2 * HOUR_MS) }),
    until(NOW - 2 * HOUR_MS - 39 * MINUTE + DAY_MS, 'daily_cap'),
  ],
  [
    'the ramp is used up',
    mailbox({
      history: sentBefore(5, 2 * HOUR_MS),
      policy: policy({ ramp: { startAt: NOW - HOUR_MS, first: 5, perDay: 5 } }),
    }),
    until(NOW + 22 * HOUR_MS - 4 * MINUTE, 'ramp'),
  ],
])('where %s, that alone holds the send', (_name, change, verdict) => {
  expect(ask(change)).toEqual(verdict)
})

test.each<[string, Partial<GateFacts>]>([
  ['a completed campaign', { campaign: { status: 'completed' } }],
  ['a mailbox whose rest is over', mailbox({ status: 'resting', restingUntil: NOW })],
  ['a mailbox at the least health', mailbox({ health: 30 })],
  ['a lead that nobody has reviewed', lead({ review: 'new' })],
  [
    'a lead whom the rep allowed one more mail in spite of the cool-down',
    lead({ lastTouchAt: NOW - DAY_MS, allowedAgain: { at: NOW - DAY_MS, until: NOW + 1 } }),
  ],
  ['a lead whose cool-down ends now', lead({ lastTouchAt: NOW - 60 * DAY_MS })],
  [
    'a lead written to a moment ago, without a cool-down',
    { ...lead({ lastTouchAt: NOW }), ...mailbox({ policy: policy({ coolDownDays: 0 }) }) },
  ],
  ['an hour with room for one', mailbox({ history: sentBefore(9, MINUTE) })],
  ['an hour whose oldest mail leaves now', mailbox({ history: sentBefore(10, HOUR_MS - 9 * MINUTE) })],
  ['a day with room for one', mailbox({ history: sentBefore(39, 2 * HOUR_MS) })],
  [
    'a ramp with room for one',
    mailbox({ history: sentBefore(4, 2 * HOUR_MS), policy: policy({ ramp: { startAt: NOW, first: 5, perDay: 0 } }) }),
  ],
])('%s holds nothing', (_name, change) => {
  expect(ask(change)).toEqual({ say: 'pass' })
})

/** Everything that can stand in the way at once, in the order of the design; each step takes one away. */
const EVERYTHING: GateFacts = {
  now: NOW,
  app: { isPaused: true },
  campaign: { status: 'paused' },
  mailbox: {
    status: 'paused',
    restingUntil: NOW + 9,
    health: 0,
    seed: 1,
    policy: policy({ hourlyCap: 10, dailyCap: 40, ramp: { startAt: NOW, first: 5, perDay: 0 } }),
    history: { ...sentBefore(40, MINUTE), last: { at: NOW, sendId: 1 } },
  },
  lead: {
    isRemoved: true,
    review: 'rejected',
    contact: 'replied',
    isSuppressed: true,
    isCompanyStopped: true,
    isPaused: true,
    isListHeld: true,
    basisUntil: 0,
    lastTouchAt: NOW,
  },
  companyTimes: () => [],
  hasTextAged: () => true,
  calendar: fixedCalendar({ isOpen: false, opensAt: NOW + 5, because: 'hours' }),
}

const inMailbox = (facts: GateFacts, change: Partial<MailboxFacts>): GateFacts => ({
  ...facts,
  mailbox: { ...facts.mailbox, ...change },
})
const inLead = (facts: GateFacts, change: Partial<LeadFacts>): GateFacts => ({
  ...facts,
  lead: { ...facts.lead, ...change },
})
const inPolicy = (facts: GateFacts, change: Partial<Policy>): GateFacts =>
  inMailbox(facts, { policy: { ...facts.mailbox.policy, ...change } })

test('the first gate in the way is the one reason, and behind it the next shows', () => {
  const steps: [string, (facts: GateFacts) => GateFacts][] = [
    ['app_paused', (facts) => ({ ...facts, app: { isPaused: false } })],
    ['campaign_paused', (facts) => ({ ...facts, campaign: { status: 'active' } })],
    ['mailbox_paused', (facts) => inMailbox(facts, { status: 'resting' })],
    ['mailbox_resting', (facts) => inMailbox(facts, { status: 'needs_sign_in' })],
    ['mailbox_signed_out', (facts) => inMailbox(facts, { status: 'ready' })],
    ['mailbox_unhealthy', (facts) => inMailbox(facts, { health: 100 })],
    ['lead_removed', (facts) => inLead(facts, { isRemoved: false })],
    ['lead_rejected', (facts) => inLead(facts, { review: 'approved' })],
    ['suppressed', (facts) => inLead(facts, { isSuppressed: false })],
    ['lead_replied', (facts) => inLead(facts, { contact: 'none' })],
    ['company_stop', (facts) => inLead(facts, { isCompanyStopped: false })],
    ['person_paused', (facts) => inLead(facts, { isPaused: false })],
    ['list_held', (facts) => inLead(facts, { isListHeld: false })],
    ['basis_missing', (facts) => inLead(facts, { basisUntil: null })],
    ['cool_down', (facts) => inLead(facts, { lastTouchAt: null })],
    ['hours', (facts) => ({ ...facts, calendar: GOOD_FACTS.calendar })],
    ['gap', (facts) => inMailbox(facts, { history: { ...facts.mailbox.history, last: null } })],
    ['hourly_cap', (facts) => inPolicy(facts, { hourlyCap: 50 })],
    ['daily_cap', (facts) => inPolicy(facts, { dailyCap: 500 })],
    ['ramp', (facts) => inPolicy(facts, { ramp: null })],
    ['text_aged', (facts) => ({ ...facts, hasTextAged: null })],
  ]
  let facts = EVERYTHING
  const reasons: string[] = []
  for (const [, takeAway] of steps) {
    const verdict = askGates(facts)
    reasons.push(verdict.say === 'pass' ? 'pass' : verdict.because)
    facts = takeAway(facts)
  }
  expect(reasons).toEqual(steps.map(([reason]) => reason))
  expect(askGates(facts)).toEqual({ say: 'pass' })
})

test('the pace of a mailbox asks gap, hourly cap, daily cap and ramp, and nothing else', () => {
  const free = {
    status: 'paused',
    health: 0,
    history: { times: [], byHand: [], last: null, restartedAt: null },
  } as const
  expect(askPace(inMailbox(EVERYTHING, free))).toEqual({ say: 'pass' })

  const reasons: string[] = []
  let facts = EVERYTHING
  for (const takeAway of [
    (now: GateFacts) => inMailbox(now, { history: { ...now.mailbox.history, last: null } }),
    (now: GateFacts) => inPolicy(now, { hourlyCap: 50 }),
    (now: GateFacts) => inPolicy(now, { dailyCap: 500 }),
    (now: GateFacts) => inPolicy(now, { ramp: null }),
  ]) {
    const verdict = askPace(facts)
    reasons.push(verdict.say === 'pass' ? 'pass' : verdict.because)
    facts = takeAway(facts)
  }
  expect(reasons).toEqual(['gap', 'hourly_cap', 'daily_cap', 'ramp'])
  expect(askPace(facts)).toEqual({ say: 'pass' })
})

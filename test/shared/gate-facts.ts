import type { Calendar, Opening } from '#shared/domain/calendar'
import type { GateFacts, LeadFacts, MailboxFacts } from '#shared/domain/gates'
import { DEFAULT_POLICY } from '#shared/domain/policy'

/** Monday 2 March 2026, 09:00 UTC. */
export const MONDAY_9 = Date.UTC(2026, 2, 2, 9)

export const GOOD_LEAD: LeadFacts = {
  isRemoved: false,
  review: 'approved',
  contact: 'none',
  isSuppressed: false,
  isCompanyStopped: false,
  isPaused: false,
  isListHeld: false,
  basisUntil: null,
  lastTouchAt: null,
}

export const GOOD_MAILBOX: MailboxFacts = {
  status: 'ready',
  restingUntil: null,
  health: 100,
  policy: DEFAULT_POLICY,
  seed: 1,
  history: { times: [], byHand: [], last: null, restartedAt: null },
}

/** A calendar that always says the same. */
export function fixedCalendar(opening: Opening): Calendar {
  return {
    at: () => opening,
    openIn: () => [],
    dateOf: () => '2026-03-02',
    after: (moment, days) => moment + days * 86_400_000,
    countedMs: (from, to) => Math.max(0, to - from),
    onward: (moment, countedMs) => moment + countedMs,
  }
}

export const OPEN = fixedCalendar({ isOpen: true })

/** Nothing in the way. */
export const GOOD_FACTS: GateFacts = {
  now: MONDAY_9,
  app: { isPaused: false },
  campaign: { status: 'active' },
  mailbox: GOOD_MAILBOX,
  lead: GOOD_LEAD,
  calendar: OPEN,
  companyTimes: () => [],
  hasTextAged: () => false,
}

/** A sequence on a calendar: when one person would get each of its mails. */
import type { Calendar } from '#shared/domain/calendar'
import type { MailboxRecord } from '#db/queries/mailboxes'
import type { LeadFacts } from '#shared/domain/gates'
import { plan, type PlannedSend } from '#shared/domain/plan'
import type { StepDelay } from '#shared/domain/step-delay'
import type { DelayUnit } from '#shared/domain/taxonomy'
import { spanOfDate } from '#shared/domain/wall-time'
import type { Calendars } from './calendars.ts'

export interface ExampleDay {
  /** Local, `YYYY-MM-DD`. */
  readonly date: string
  /** May anything go on it? */
  readonly isOpen: boolean
  /** Does a delay in this unit count it? */
  readonly counts: Readonly<Record<DelayUnit, boolean>>
}

export interface SequenceExample {
  /** From the day on which it starts to some days after the last mail, in order. */
  readonly days: ExampleDay[]
  /** By step: the moment, epoch ms, and its local date; null: its hours never open. */
  readonly at: (number | null)[]
  readonly dates: (string | null)[]
}

export interface ExampleOf {
  /** Of the first: 0. */
  readonly delays: readonly StepDelay[]
  readonly mailbox: MailboxRecord
  /** Epoch ms. */
  readonly startAt: number
  readonly zone: string
}

/** Days drawn behind the last mail, and at least. */
const DAYS_AFTER = 3
const LEAST_DAYS = 14
/** A sequence may last for years; more than this nobody can see at once. */
const MOST_DAYS = 400

/**
 * By the planner itself, for a person whom no rule keeps away, in a mailbox that is well and has nothing else to do: what
 * remains are its hours, its days off and the delays.
 */
export function sequenceExample(calendars: Calendars, { delays, mailbox, startAt, zone }: ExampleOf): SequenceExample {
  const calendarOf = (_zone: string, isFollowUp: boolean): Calendar => calendars.of(mailbox.policy, '', isFollowUp)
  const forecasts = plan({
    now: startAt,
    isAppPaused: false,
    mailbox: {
      status: 'ready',
      restingUntil: null,
      health: 100,
      policy: mailbox.policy,
      seed: mailbox.seed,
      history: { times: [], byHand: [], last: null, restartedAt: null },
    },
    campaignStatus: () => 'active',
    calendarOf,
    companyTimes: new Map(),
    joined: new Map(),
    sends: delays.map((delay, step) => mailOf(step, delay, startAt)),
  })
  const at = delays.map((_, step) => forecasts.get(step)?.at ?? null)
  const last = Math.max(startAt, ...at.map((moment) => moment ?? 0))
  const calendar = calendarOf('', true)
  const dates = at.map((moment) => (moment === null ? null : calendar.dateOf(moment)))
  return { at, dates, days: daysFrom(calendar, { startAt, last, zone }) }
}

function mailOf(step: number, delay: StepDelay, startAt: number): PlannedSend {
  return {
    sendId: step,
    campaignId: 0,
    isFollowUp: step > 0,
    leadId: 0,
    zone: '',
    priority: 1,
    notBefore: startAt,
    dueCode: 'scheduled',
    identity: 'somebody',
    lead: WELCOME,
    parked: step === 0 ? null : 'step_before',
    follows: step === 0 ? null : { sendId: step - 1, delay },
  }
}

/** Nothing speaks against writing to them. */
export const WELCOME: LeadFacts = {
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

function daysFrom(
  calendar: Calendar,
  { startAt, last, zone }: { readonly startAt: number; readonly last: number; readonly zone: string },
): ExampleDay[] {
  const days: ExampleDay[] = []
  let behind = 0
  for (let moment = startAt; days.length < MOST_DAYS && (behind < DAYS_AFTER || days.length < LEAST_DAYS);) {
    const date = calendar.dateOf(moment)
    const span = spanOfDate(date, zone)
    if (span === null) break
    const { from, to } = span
    days.push({
      date,
      isOpen: calendar.openIn(from, to).length > 0,
      counts: {
        days: calendar.countedMs(from, to, 'days') > 0,
        working_days: calendar.countedMs(from, to, 'working_days') > 0,
      },
    })
    if (from > last) behind += 1
    moment = to
  }
  return days
}

import type { GateName, NeverCode, WaitCode } from '#shared/domain/taxonomy'
import { formatClock, formatCount, formatDay, formatWhen } from './format.ts'
import type { Tone } from './StatusBadge.tsx'
import { NEVER_TEXTS, WAIT_LABELS, waitText } from './wait-text.ts'

/** What one gate says about a waiting send; the shape of the contract's `sends.explain`. */
export interface GateFacts {
  readonly gate: GateName
  readonly say: GateSay
  readonly because: WaitCode | NeverCode | null
  /** Epoch ms; null: not a matter of time. */
  readonly until: number | null
}

export type GateSay = 'pass' | 'wait' | 'later' | 'hold' | 'never'

/** What each gate asks about, and what it means that it lets the mail through. */
const GATES = {
  app: ['Pause of everything', 'Nothing is paused as a whole.'],
  campaign: ['Pause of the campaign', 'The campaign is not paused.'],
  mailbox: ['The mailbox', 'It is ready to send.'],
  health: ['Health of the mailbox', 'Not too much of its mail came back.'],
  lead: ['The lead', 'It is among your leads, and you did not reject it.'],
  suppression: ['Do-not-contact list', 'Neither the address nor its domain is on it.'],
  contact: ['What came back from them', 'No answer, no returned mail, no opt-out.'],
  company_stop: ['Answers from the company', 'No answer from there stops the others.'],
  person: ['Pause of the person', 'You have not paused this person.'],
  list: ['Mail that came back to the list', 'Not too much of it, or you let the list go on.'],
  basis: ['Ground to write to them', 'The recorded ground is enough in their country.'],
  cool_down: ['Time since the last contact', 'Nobody wrote to this person lately, or this mail follows one of yours.'],
  hours: ['Working hours', 'They are open.'],
  gap: ['Pause between two mails', 'It is over.'],
  hourly_cap: ['The hour’s limit', 'It leaves room for another mail.'],
  daily_cap: ['The day’s limit', 'It leaves room for another mail.'],
  ramp: ['Slow start', 'It leaves room for another mail.'],
  company_cap: ['Limit for the company', 'It leaves room for another mail.'],
  text: ['Dates in the text', 'The text says nothing that is no longer true.'],
} satisfies Record<GateName, readonly [name: string, passes: string]>

/** The word for what a gate says. */
export const SAY_LABELS = {
  pass: { label: 'Passes', tone: 'good' },
  wait: { label: 'Waits', tone: 'waiting' },
  later: { label: 'Waits', tone: 'waiting' },
  hold: { label: 'Holds', tone: 'warning' },
  never: { label: 'Forbids', tone: 'bad' },
} as const satisfies Record<GateSay, { label: string; tone: Tone }>

export function gateName(gate: GateName): string {
  return GATES[gate][0]
}

/** A text is read for the moment in which it is to go. */
const AGES =
  'By then its text says something that is no longer true: it will wait for you. Change it or let it go as it is.'

/** What the gate says, as a sentence. `isReason`: it is what the mail waits for already. */
export function gateText({ gate, say, because, until }: GateFacts, now: number, isReason = false): string {
  if (say === 'pass' || because === null) return GATES[gate][1]
  if (say === 'never') return isNever(because) ? NEVER_TEXTS[because] : 'A rule forbids it.'
  if (!isWait(because)) return 'It waits.'
  if (gate === 'text' && !isReason) return AGES
  const reason = waitText({ code: because, at: null, ahead: 0 }, now)
  if (until === null) return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`
  return until <= now ? 'The time has come; it is asked again.' : `Not before ${formatWhen(until, now)}: ${reason}.`
}

/**
 * Which gate is the reason why the mail has not gone: the first in the way, unless the forecast names something that no
 * gate asks about (other mail that goes first, the rep's own date). Null then.
 */
export function reasonOf(
  gates: readonly GateFacts[],
  wait: { readonly code: WaitCode; readonly willSkip: NeverCode | null } | null,
): GateName | null {
  const first = gates.find(({ say }) => say !== 'pass')
  if (first === undefined) return null
  const isTold = wait === null || first.because === (wait.willSkip ?? wait.code)
  return isTold ? first.gate : null
}

/** "It goes between 10:02 and 10:40." `goes`: what happens then. */
export function rangeText(
  { from, to }: { readonly from: number; readonly to: number },
  now: number,
  goes: 'It goes' | 'Its turn comes' = 'It goes',
): string {
  const [first, last] = [Math.max(from, now), Math.max(to, now)]
  if (formatWhen(first, now) === formatWhen(last, now)) return `${goes} about ${formatWhen(first, now)}.`
  const day = formatDay(first, now)
  if (day !== formatDay(last, now)) return `${goes} between ${formatWhen(first, now)} and ${formatWhen(last, now)}.`
  const times = `between ${formatClock(first)} and ${formatClock(last)}`
  if (day === 'today') return `${goes} ${times}.`
  return `${goes} ${day === 'tomorrow' ? 'tomorrow' : `on ${day}`} ${times}.`
}

/** What the pauses and limits below are gone through for, besides this mail. */
export function aheadText(ahead: number): string {
  if (ahead === 0) return ''
  return ` ${formatCount(ahead, 'mail')} of this mailbox ${ahead === 1 ? 'goes' : 'go'} before it.`
}

function isNever(code: string): code is NeverCode {
  return Object.hasOwn(NEVER_TEXTS, code)
}

function isWait(code: string): code is WaitCode {
  return Object.hasOwn(WAIT_LABELS, code)
}

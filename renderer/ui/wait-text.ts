import type { NeverCode, SendOutcome, SendStage, SendStatus, WaitCode } from '#shared/domain/taxonomy'
import { formatCount, formatWhen } from './format.ts'
import type { Tone } from './StatusBadge.tsx'

/** What a waiting send waits for; the shape of the contract's `Wait`, with what the page may know besides. */
export interface WaitFacts {
  readonly code: WaitCode
  /** Epoch ms; null: nobody can say. */
  readonly at: number | null
  readonly ahead: number
  /** The limits of the mailbox, where the page has them at hand. */
  readonly hourlyCap?: number
  readonly dailyCap?: number
}

/** Each reason as the end of "It goes …"; the time comes before it. */
const REASONS = {
  app_paused: () => 'waiting because everything is paused; press Resume to go on',
  campaign_paused: () => 'waiting because its campaign is paused; resume the campaign to go on',
  mailbox_paused: () => 'waiting because its mailbox is paused; resume the mailbox to go on',
  mailbox_resting: () => 'when the mailbox has rested',
  mailbox_signed_out: () => 'waiting because its mailbox is signed out; sign in on the Mailboxes page',
  mailbox_unhealthy: () => 'waiting because too much of this mailbox’s mail came back; see the Mailboxes page',
  step_before: () => 'once the mail before it has gone',
  person_paused: () => 'waiting because you paused this person; resume them in the campaign',
  list_held: () => 'waiting because too much mail to this list came back; look at the list and let it go on',
  basis_missing: () =>
    'waiting because no ground is on record that is enough in this person’s country; record one on the Leads page, and it goes on',
  text_aged: () => 'waiting because its text says something that is no longer true; change it or send it as it is',
  missed: () => 'waiting because its time passed while this computer slept; send it or leave it out',
  restored: () =>
    'waiting because your data was restored from a backup and it may have left since; look into your Sent folder, then send it or leave it out',
  hours: () => 'when working hours begin',
  day_off: () => 'after the day off',
  away_soon: () => 'after your absence, because first mails stop before it',
  gap: () => 'after the pause between two mails',
  hourly_cap: (wait) => `when the hour’s limit${limit(wait.hourlyCap)} allows the next one`,
  daily_cap: (wait) => `when the day’s limit${limit(wait.dailyCap)} allows the next one`,
  ramp: () => 'when the slow start of this mailbox allows the next one',
  scheduled: () => 'at the time you chose',
  retry: () => 'as the next attempt',
  step_delay: () => 'when the days since the mail before it have passed',
  out_of_office: () => 'when this person is back',
  domain_cap: () => 'when the limit for this company allows the next one',
  taken_back: () => 'when it is sure that Exchange, from which it was taken back, did not send it',
  turn: (wait) => (wait.ahead > 0 ? `after ${formatCount(wait.ahead, 'other mail')}` : 'as the next one'),
  never_opens: () =>
    'waiting because its mailbox has no working hours in the coming year; change them on the Mailboxes page',
} satisfies Record<WaitCode, (wait: WaitFacts) => string>

/** `at 14:32, when the hour’s limit of 10 allows the next one`. One phrase, no full stop. */
export function waitText(wait: WaitFacts, now: number): string {
  const reason = REASONS[wait.code](wait)
  if (wait.at === null) return reason
  if (wait.at <= now) return 'now, as soon as the sender gets to it'
  return `${atText(wait.at, now)}, ${reason}`
}

/** The same beside a badge that says Waiting. */
export function waitRemark(wait: WaitFacts, now: number): string {
  return waitText(wait, now).replace(/^waiting /, '')
}

/** A few words for a narrow column. */
export const WAIT_LABELS = {
  app_paused: 'Paused',
  campaign_paused: 'Campaign paused',
  mailbox_paused: 'Mailbox paused',
  mailbox_resting: 'Mailbox resting',
  mailbox_signed_out: 'Signed out',
  mailbox_unhealthy: 'Mailbox unhealthy',
  step_before: 'The mail before it',
  person_paused: 'Person paused',
  list_held: 'List held',
  basis_missing: 'Ground missing',
  text_aged: 'Text has aged',
  missed: 'Missed',
  restored: 'After a restore',
  hours: 'Outside hours',
  day_off: 'Day off',
  away_soon: 'Before your absence',
  gap: 'Pause between mails',
  hourly_cap: 'Hour’s limit',
  daily_cap: 'Day’s limit',
  ramp: 'Slow start',
  scheduled: 'Your time',
  retry: 'Next attempt',
  step_delay: 'Days in between',
  out_of_office: 'They are away',
  domain_cap: 'Company’s limit',
  taken_back: 'Taken back',
  turn: 'Its turn',
  never_opens: 'No working hours',
} satisfies Record<WaitCode, string>

/** Why a rule forbids a send for good, as a sentence. */
export const NEVER_TEXTS = {
  suppressed: 'The address or its domain is on your do-not-contact list.',
  lead_replied: 'This person has already answered.',
  lead_bounced: 'Mail to this address came back.',
  lead_opted_out: 'This person asked not to be written to.',
  company_stop: 'Somebody at this company has answered, so the others are left alone.',
  cool_down: 'This person was written to not long ago.',
  lead_removed: 'The lead was removed.',
  lead_rejected: 'The lead was rejected in the review.',
  address_invalid: 'The address is not one that mail can be sent to.',
  step_before: 'The mail that it would have followed did not go.',
  left_out: 'You left it out.',
  expired: 'Its time passed while this computer slept, and this campaign lets such mail go.',
} satisfies Record<NeverCode, string>

export interface StatusFacts {
  readonly status: SendStatus
  readonly stage?: SendStage | null
  readonly attempts?: number
}

const STATUS_LABELS = {
  pending: { label: 'Waiting', tone: 'waiting' },
  processing: { label: 'Sending', tone: 'busy' },
  sent: { label: 'Sent', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
  cancelled: { label: 'Cancelled', tone: 'quiet' },
  skipped: { label: 'Skipped', tone: 'quiet' },
  uncertain: { label: 'Uncertain', tone: 'warning' },
} as const satisfies Record<SendStatus, { label: string; tone: Tone }>

/** The status word of a send and its tone, for `StatusBadge`. */
export function sendStatusLabel(send: StatusFacts): { readonly label: string; readonly tone: Tone } {
  if (send.status === 'pending' && (send.attempts ?? 0) > 0) return { label: 'Retrying', tone: 'warning' }
  if (send.stage === 'handed_over') return { label: 'With Exchange', tone: 'waiting' }
  return STATUS_LABELS[send.status]
}

/** `until 09:10`, beside its status word; empty for a mail that no provider holds. `startedAt` (epoch ms) is when it leaves there. */
export function heldText(
  { stage, startedAt }: { readonly stage: SendStage | null; readonly startedAt: number | null },
  now: number,
): string {
  return stage === 'handed_over' && startedAt !== null ? `until ${formatWhen(startedAt, now)}` : ''
}

const OUTCOME_LABELS = {
  none: null,
  bounced: { label: 'Bounced', tone: 'bad' },
  replied: { label: 'Replied', tone: 'good' },
  auto_replied: { label: 'Automatic answer', tone: 'quiet' },
  opted_out: { label: 'Opted out', tone: 'warning' },
} as const satisfies Record<SendOutcome, { label: string; tone: Tone } | null>

/** What came back for a sent mail, to stand beside its status word; null: nothing has. */
export function outcomeLabel(send: {
  readonly status: SendStatus
  readonly outcome: SendOutcome
}): { readonly label: string; readonly tone: Tone } | null {
  return send.status === 'sent' ? OUTCOME_LABELS[send.outcome] : null
}

function limit(cap: number | undefined): string {
  return cap === undefined ? '' : ` of ${cap}`
}

/** `at 14:32`, `tomorrow at 09:00`, `on Mon 09:00`. */
export function atText(at: number, now: number): string {
  const when = formatWhen(at, now)
  if (/^\d/.test(when)) return `at ${when}`
  return when.startsWith('tomorrow ') ? when.replace('tomorrow ', 'tomorrow at ') : `on ${when}`
}

import { formatCount, formatRelative, formatWhen } from '../../ui/format.ts'
import type { Tone } from '../../ui/StatusBadge.tsx'
import { needWords } from './mailbox-needs.ts'
import type { Mailbox } from './use-mailboxes.ts'

/** Below this nothing is sent (DESIGN §6). */
const UNHEALTHY = 30
const SHAKY = 70

export const KIND_LABELS = {
  practice: 'Practice',
  smtp: 'SMTP and IMAP',
  gmail: 'Gmail',
  outlook: 'Outlook',
} satisfies Record<Mailbox['kind'], string>

const STATUS = {
  ready: { label: 'Ready', tone: 'good' },
  paused: { label: 'Paused', tone: 'warning' },
  resting: { label: 'Resting', tone: 'warning' },
  needs_sign_in: { label: 'Needs you', tone: 'bad' },
} as const satisfies Record<Mailbox['status'], { label: string; tone: Tone }>

export function statusBadge({ status, need }: Pick<Mailbox, 'status' | 'need'>): {
  readonly label: string
  readonly tone: Tone
} {
  const isSignIn = status === 'needs_sign_in' && (need === null || need === 'sign_in')
  return isSignIn ? { label: 'Needs sign-in', tone: 'bad' } : STATUS[status]
}

/** What its state means for the mail that waits in it, one sentence. */
export function stateText(mailbox: Mailbox, now: number): string {
  const { waiting } = mailbox.budget
  if (mailbox.status === 'needs_sign_in') return `${needWords(mailbox).text} Waiting mail is kept.`
  if (mailbox.status === 'paused') return 'Paused by you. Nothing goes from here until you resume it.'
  if (mailbox.status === 'resting') return restingText(mailbox, now)
  if (isUnhealthy(mailbox))
    return 'Too much mail came back, so nothing goes from here. Check the addresses of your leads, then resume it.'
  if (waiting === 0) return 'Nothing is waiting here.'
  if (mailbox.nextSendAt === null) return 'Mail is waiting, but it has no date yet. The Queue page says why.'
  return mailbox.nextSendAt <= now
    ? 'The next mail goes now.'
    : `The next mail goes ${nextText(mailbox.nextSendAt, now)}.`
}

const REST_TEXTS = {
  asked: 'The provider is busy, or asked for a rest.',
  day_limit: 'The provider’s limit of the day is used up.',
  offline: 'You are offline, or its servers cannot be reached.',
  silent: 'Its servers did not answer in time.',
  untrusted:
    'Its servers could not prove who they are, so Pacemail does not talk to them. A proxy or the network of a hotel does that.',
  mistake: 'Something went wrong inside Pacemail; the log says what.',
} satisfies Record<NonNullable<Mailbox['restReason']>, string>

function restingText({ restingUntil, restReason }: Mailbox, now: number): string {
  const why = REST_TEXTS[restReason ?? 'asked']
  const verb = restReason === 'asked' || restReason === 'day_limit' || restReason === null ? 'goes on' : 'tries again'
  const when = restingUntil === null ? '' : ` ${nextText(restingUntil, now)}`
  return `${why} It ${verb} by itself${when}; waiting mail is kept.`
}

function nextText(at: number, now: number): string {
  const when = formatWhen(at, now)
  return /^\d/.test(when) ? `at ${when}` : when
}

/** It has stopped by itself until the rep resumes it. */
export function isUnhealthy({ health }: Mailbox): boolean {
  return health < UNHEALTHY
}

const REASONS: Readonly<Record<Mailbox['healthReasons'][number]['outcome'], readonly [one: string, many: string]>> = {
  hard_bounce: ['address does not exist', 'addresses do not exist'],
  soft_bounce: ['mailbox was full or slow', 'mailboxes were full or slow'],
  blocked: ['mail was refused by the other side', 'mails were refused by the other side'],
  opted_out: ['person asked not to be written to', 'people asked not to be written to'],
  complaint: ['person called it spam', 'people called it spam'],
}

/** What the health is made of, one sentence. */
export function healthReasonsText({ healthReasons }: Pick<Mailbox, 'healthReasons'>): string {
  const parts = healthReasons.map(({ outcome, count }) => formatCount(count, ...REASONS[outcome]))
  return `Of the last 50 mails: ${parts.join(', ')}.`
}

export function healthWord(health: number): { readonly label: string; readonly tone: Tone } {
  if (health < UNHEALTHY) return { label: 'Poor', tone: 'bad' }
  return health < SHAKY ? { label: 'Shaky', tone: 'warning' } : { label: 'Good', tone: 'good' }
}

/** Whether its answers are read, and when they were read last. */
export function readingText(mailbox: Pick<Mailbox, 'kind' | 'mayRead' | 'readAt'>, now: number): string {
  if (mailbox.kind === 'practice') return 'Nobody gets this mail, so answers are invented: open “Practice mail”.'
  if (!mailbox.mayRead) return `${NOT_READ} ${HOW_TO_READ[mailbox.kind]}`
  return mailbox.readAt === null
    ? 'Answers have not been read yet.'
    : `Answers read ${formatRelative(mailbox.readAt, now)}.`
}

const NOT_READ =
  'Answers are not read: replies, bounces and opt-outs go unnoticed, and you have to act on them yourself.'

const HOW_TO_READ = {
  smtp: 'Switch it on under Server settings.',
  gmail:
    'Each follow-up begins a thread of its own, and where it is in doubt whether a mail left, you are asked. Sign in again and leave the box for reading ticked.',
  outlook: 'Sign in again and leave the box for reading ticked.',
} satisfies Record<Exclude<Mailbox['kind'], 'practice'>, string>

/** Who used the budget of the last 24 hours, and what is kept free; empty when there is nothing to say. */
export function shareText({ byHand }: Pick<Mailbox['budget'], 'byHand'>, handReserve: number): string {
  const parts = [
    byHand === 0 ? '' : `Of the last 24 hours’ mail ${byHand === 1 ? '1 was' : `${byHand} were`} sent by you.`,
    handReserve === 0 ? '' : `Of the day’s limit ${handReserve} ${handReserve === 1 ? 'is' : 'are'} kept free for you.`,
  ]
  return parts.filter((part) => part !== '').join(' ')
}

import { formatWhen } from '../../ui/format.ts'
import type { Tone } from '../../ui/StatusBadge.tsx'
import type { Mailbox } from './use-mailboxes.ts'

/** Below this nothing is sent (DESIGN §6). */
const UNHEALTHY = 30
const SHAKY = 70

export const KIND_LABELS = { practice: 'Practice', smtp: 'SMTP' } satisfies Record<Mailbox['kind'], string>

const STATUS = {
  ready: { label: 'Ready', tone: 'good' },
  paused: { label: 'Paused', tone: 'warning' },
  resting: { label: 'Resting', tone: 'warning' },
  needs_sign_in: { label: 'Needs sign-in', tone: 'bad' },
} as const satisfies Record<Mailbox['status'], { label: string; tone: Tone }>

export function statusBadge(mailbox: Mailbox): { readonly label: string; readonly tone: Tone } {
  return STATUS[mailbox.status]
}

/** What its state means for the mail that waits in it, one sentence. */
export function stateText(mailbox: Mailbox, now: number): string {
  const { waiting } = mailbox.budget
  if (mailbox.status === 'needs_sign_in')
    return 'The server no longer accepts the password. Sign in; waiting mail is kept.'
  if (mailbox.status === 'paused') return 'Paused by you. Nothing goes from here until you resume it.'
  if (mailbox.status === 'resting') return restingText(mailbox.restingUntil, now)
  if (mailbox.health < UNHEALTHY)
    return 'Too much mail came back, so nothing goes from here. Check the addresses of your leads.'
  if (waiting === 0) return 'Nothing is waiting here.'
  if (mailbox.nextSendAt === null) return 'Mail is waiting, but it has no date yet. The Queue page says why.'
  return mailbox.nextSendAt <= now
    ? 'The next mail goes now.'
    : `The next mail goes ${nextText(mailbox.nextSendAt, now)}.`
}

function restingText(until: number | null, now: number): string {
  return until === null
    ? 'The provider asked for a rest. It goes on by itself.'
    : `The provider asked for a rest. It goes on by itself ${nextText(until, now)}.`
}

function nextText(at: number, now: number): string {
  const when = formatWhen(at, now)
  return /^\d/.test(when) ? `at ${when}` : when
}

export function healthWord(health: number): { readonly label: string; readonly tone: Tone } {
  if (health < UNHEALTHY) return { label: 'Poor', tone: 'bad' }
  return health < SHAKY ? { label: 'Shaky', tone: 'warning' } : { label: 'Good', tone: 'good' }
}

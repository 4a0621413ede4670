/** What a change of a forecast is, and what of all that happened has caused it. */
import type { EventKind } from './taxonomy.ts'

/** Smaller ones are told by no clock on the screen: mail goes a few minutes sooner or later without any reason of note. */
export const LEAST_CHANGE_MS = 15 * 60_000

/** Moments of a forecast, epoch ms; null: it depended on the rep. */
export function hasChanged(from: number | null, to: number | null): boolean {
  if (from === null || to === null) return from !== to
  return Math.abs(to - from) >= LEAST_CHANGE_MS
}

/** What has happened, with the mailbox and the campaign that it concerns; null: none in particular. */
export interface PossibleCause {
  readonly id: number
  readonly kind: EventKind
  readonly sendId: number | null
  readonly leadId: number | null
  readonly campaignId: number | null
  readonly mailboxId: number | null
}

/** Mail that goes as planned, and what no plan asks about. */
const ROUTINE: ReadonlySet<EventKind> = new Set([
  'send_claimed',
  'send_drafted',
  'send_started',
  'send_accepted',
  'send_looked_up',
  'send_released',
  'enrolment_ended',
  'campaign_completed',
  'campaign_archived',
  'failed_checks_accepted',
  'leads_tagged',
  'mailbox_health_changed',
  'mail_unopened',
  'drafts_swept',
  'test_mail_settled',
  'test_mail_received',
  'template_saved',
  'template_archived',
  'backup_made',
])

export function mayChangePlans({ kind }: { readonly kind: EventKind }): boolean {
  return !ROUTINE.has(kind)
}

/** The mail whose time has changed. */
export interface ChangedSend {
  readonly sendId: number
  readonly leadId: number
  readonly campaignId: number
  readonly mailboxId: number
}

/**
 * What is nearest to this mail: what happened to itself, to its person, to its campaign, to everything, to its mailbox, to
 * another campaign, to mail of another mailbox that counts for it as well (`isShared`), to other mail of its mailbox, and at
 * last to another mailbox with such mail. Of what is equally near the newest. Null: nothing; then it is the time that passed
 * otherwise than foreseen.
 */
export function causeOf<C extends PossibleCause, S extends ChangedSend>(
  causes: readonly C[],
  send: S,
  isShared: (cause: C, send: S) => boolean,
): C | null {
  let best: { cause: C; nearness: number } | null = null
  for (const cause of causes) {
    const isElsewhere = cause.mailboxId !== null && cause.mailboxId !== send.mailboxId
    const nearness = nearnessOf(cause, send) || (isElsewhere && isShared(cause, send) ? nearnessElsewhere(cause) : 0)
    if (nearness > 0 && nearness >= (best?.nearness ?? 0)) best = { cause, nearness }
  }
  return best?.cause ?? null
}

function nearnessOf({ sendId, leadId, campaignId, mailboxId }: PossibleCause, send: ChangedSend): number {
  if (sendId === send.sendId) return 9
  if (leadId === send.leadId) return 8
  const isAlone = sendId !== null || leadId !== null
  if (!isAlone && campaignId === send.campaignId) return 7
  if (!isAlone && campaignId === null) return mailboxId === null ? 6 : mailboxId === send.mailboxId ? 5 : 0
  // Other mail takes its turn before, or gives its turn up; what happened to all of a campaign says more than each of its mails.
  return mailboxId === null || mailboxId === send.mailboxId ? (isAlone ? 2 : 4) : 0
}

/** A company and a person are one to all mailboxes: mail of another one counts against their limits as well. */
function nearnessElsewhere({ sendId }: PossibleCause): number {
  return sendId === null ? 1 : 3
}

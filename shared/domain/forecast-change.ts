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

/**
 * What is nearest to this mail: what happened to itself, to its person, to its campaign, to everything, to its mailbox, to
 * another campaign, and at last to other mail of that mailbox. Of what is equally near the newest. Null: nothing; then it is the time that passed
 * otherwise than foreseen.
 */
export function causeOf<C extends PossibleCause>(
  causes: readonly C[],
  send: { readonly sendId: number; readonly leadId: number; readonly campaignId: number; readonly mailboxId: number },
): C | null {
  let best: { cause: C; nearness: number } | null = null
  for (const cause of causes) {
    const nearness = nearnessOf(cause, send)
    if (nearness > 0 && nearness >= (best?.nearness ?? 0)) best = { cause, nearness }
  }
  return best?.cause ?? null
}

function nearnessOf(
  { sendId, leadId, campaignId, mailboxId }: PossibleCause,
  send: { readonly sendId: number; readonly leadId: number; readonly campaignId: number; readonly mailboxId: number },
): number {
  if (sendId === send.sendId) return 7
  if (leadId === send.leadId) return 6
  const isAlone = sendId !== null || leadId !== null
  if (!isAlone && campaignId === send.campaignId) return 5
  if (!isAlone && campaignId === null) return mailboxId === null ? 4 : mailboxId === send.mailboxId ? 3 : 0
  // Other mail takes its turn before, or gives its turn up; what happened to all of a campaign says more than each of its mails.
  return mailboxId === null || mailboxId === send.mailboxId ? (isAlone ? 1 : 2) : 0
}

import type { WaitCode } from '#shared/domain/taxonomy'
import type { Tone } from '../ui/StatusBadge.tsx'
import { WAIT_LABELS, type WaitFacts } from '../ui/wait-text.ts'

/** These are the normal pace: the sender is at work. */
const AT_WORK: ReadonlySet<WaitCode> = new Set(['gap', 'turn', 'retry'])
/** Only the rep can end these. */
const STUCK: ReadonlySet<WaitCode> = new Set([
  'campaign_paused',
  'mailbox_paused',
  'mailbox_signed_out',
  'mailbox_unhealthy',
  'person_paused',
  'list_held',
  'basis_missing',
  'text_aged',
  'missed',
  'restored',
  'never_opens',
])

/** What the sender does about the mail that waits: it sends, or waits for the one thing the next mail waits for. */
export function senderLabel(
  wait: Pick<WaitFacts, 'code' | 'at'> | null,
  now: number,
): { readonly label: string; readonly tone: Tone } {
  if (wait === null || AT_WORK.has(wait.code) || (wait.at !== null && wait.at <= now)) {
    return { label: 'Sending', tone: 'good' }
  }
  return { label: WAIT_LABELS[wait.code], tone: STUCK.has(wait.code) ? 'warning' : 'waiting' }
}

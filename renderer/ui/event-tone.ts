import type { EventKind } from '#shared/domain/taxonomy'
import type { EventFacts } from './event-text.ts'
import type { Tone } from './StatusBadge.tsx'

const TONES: Partial<Record<EventKind, Tone>> = {
  send_accepted: 'good',
  send_proved_sent: 'good',
  campaign_completed: 'good',
  send_refused: 'bad',
  mailbox_signed_out: 'bad',
  send_retried: 'warning',
  send_unanswered: 'warning',
  send_skipped: 'quiet',
  send_cancelled: 'quiet',
  app_paused: 'warning',
  mailbox_paused: 'warning',
  campaign_paused: 'warning',
  clock_jumped: 'warning',
  app_recovered: 'warning',
  database_restored: 'warning',
}

const VERDICT_TONES: Readonly<Record<string, Tone>> = { replied: 'good', opted_out: 'warning', bounced: 'bad' }

/** Whether an event is good news, bad news, or no news. */
export function eventTone({ kind, data }: Pick<EventFacts, 'kind' | 'data'>): Tone {
  if (kind === 'mail_received') return VERDICT_TONES[String(data.verdict)] ?? 'quiet'
  // As a rule it slept.
  if (kind === 'clock_jumped' && Number(data.byMs) > 0) return 'quiet'
  return TONES[kind] ?? 'quiet'
}

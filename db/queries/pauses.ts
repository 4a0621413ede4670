/** When somebody's mail of a campaign stood still, as the events tell it. */
import type { Stop } from '#shared/domain/delay-clock'
import type { Reader } from '../open.ts'
import { statement } from '../statements.ts'

interface PauseEvent {
  readonly at: number
  readonly kind: string
  readonly isTheirs: 0 | 1
}

const BEGINS = new Set(['campaign_paused', 'enrolment_paused'])

/**
 * Pauses of the campaign and of this person in it that are over. What a pause that lasts covers is left out: it counts when
 * that one ends. Oldest first; they may overlap.
 */
export function listStops(db: Reader, { campaignId, leadId }: { campaignId: number; leadId: number }): Stop[] {
  const events = statement<PauseEvent>(
    db,
    `SELECT at, kind, lead_id IS NOT NULL AS isTheirs FROM events INDEXED BY events_stops
     WHERE campaign_id = ? AND (kind = 'campaign_paused' OR kind = 'campaign_resumed' OR kind = 'campaign_cancelled'
       OR kind = 'campaign_completed' OR kind = 'enrolment_paused' OR kind = 'enrolment_resumed'
       OR kind = 'enrolment_removed' OR kind = 'enrolment_ended') AND (lead_id IS NULL OR lead_id = ?) ORDER BY id`,
  ).all(campaignId, leadId)
  const pausedAt = statement<number | null>(
    db,
    `SELECT min(coalesce(campaigns.paused_at, enrolments.paused_at), coalesce(enrolments.paused_at, campaigns.paused_at))
     FROM campaigns JOIN enrolments ON enrolments.campaign_id = campaigns.id AND lead_id = ? WHERE campaigns.id = ?`,
  )
    .pluck()
    .get(leadId, campaignId)
  const stops = [...stopsIn(events, 0), ...stopsIn(events, 1)]
  const end = pausedAt ?? Number.POSITIVE_INFINITY
  return stops
    .map(({ from, to }) => ({ from, to: Math.min(to, end) }))
    .filter(({ from, to }) => to > from)
    .toSorted((one, other) => one.from - other.from)
}

function stopsIn(events: readonly PauseEvent[], isTheirs: 0 | 1): Stop[] {
  const stops: Stop[] = []
  let from: number | null = null
  for (const event of events) {
    if (event.isTheirs !== isTheirs) continue
    if (BEGINS.has(event.kind)) from ??= event.at
    else if (from !== null) {
      stops.push({ from, to: event.at })
      from = null
    }
  }
  return stops
}

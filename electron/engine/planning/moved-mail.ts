/** What more mail means for the mail that waits already: it takes its turn among it. */
import { hasChanged } from '#shared/domain/forecast-change'
import type { Forecast, PlannedSend } from '#shared/domain/plan'
import { localDateOf } from '#shared/domain/wall-time'

export interface MovedMail {
  /** Waiting mails that would go at another time; a few minutes are none. */
  readonly count: number
  /** How much later at most, ms; 0: none of them later. */
  readonly latestMs: number
  /** Campaigns whose last mail would go on another day, epoch ms, in their order. */
  readonly ends: readonly { readonly campaignId: number; readonly from: number; readonly to: number }[]
}

export interface MovedBy {
  readonly waiting: readonly PlannedSend[]
  readonly before: (sendId: number) => Forecast | null
  readonly after: (sendId: number) => Forecast | null
  /** The days are those of this zone. */
  readonly zone: string
}

export function movedMail({ waiting, before, after, zone }: MovedBy): MovedMail {
  let count = 0
  let latestMs = 0
  const ends = new Map<number, { from: number; to: number }>()
  for (const { sendId, campaignId } of waiting) {
    const [from, to] = [before(sendId)?.at ?? null, after(sendId)?.at ?? null]
    if (hasChanged(from, to)) count += 1
    if (from === null || to === null) continue
    latestMs = Math.max(latestMs, to - from)
    const end = ends.get(campaignId)
    ends.set(campaignId, { from: Math.max(from, end?.from ?? 0), to: Math.max(to, end?.to ?? 0) })
  }
  const otherDay = [...ends].filter(([, end]) => localDateOf(end.from, zone) !== localDateOf(end.to, zone))
  return {
    count,
    latestMs: count === 0 ? 0 : latestMs,
    ends: otherDay.map(([campaignId, end]) => ({ campaignId, ...end })).toSorted((a, b) => a.campaignId - b.campaignId),
  }
}

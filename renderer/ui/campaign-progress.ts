/** The mails of a campaign by what became of them; the shape of the contract's `Campaign.progress`. */
export interface CampaignProgress {
  readonly total: number
  readonly sent: number
  readonly failed: number
  readonly uncertain: number
  readonly skipped: number
  readonly cancelled: number
}

/** Everything ended well: nothing is waiting and everything was sent. */
export function isAllSent({ total, sent }: CampaignProgress): boolean {
  return total > 0 && sent === total
}

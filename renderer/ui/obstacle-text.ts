import type { ObstacleReason } from '#shared/domain/obstacle'
import { NEVER_TEXTS } from './wait-text.ts'

/** A lead that will not be queued; the shape of the contract's `Obstacle`. */
export interface ObstacleRow {
  readonly leadId: number
  readonly to: string
  readonly leadName: string
  readonly reason: ObstacleReason
  readonly fields: readonly string[]
}

/** Why this lead gets no mail, as a sentence. */
export function obstacleText({ reason, fields }: Pick<ObstacleRow, 'reason' | 'fields'>): string {
  switch (reason) {
    case 'missing_fields':
      return `No ${fields.join(', no ')}: the template needs it and has no fallback.`
    case 'already_queued':
      return 'A mail for this person is waiting already.'
    case 'not_approved':
      return 'Not approved in the review yet.'
    case 'basis_missing':
      return 'Their country asks for more than is recorded about why you may write to them. The lead’s details say what is missing.'
    case 'in_campaign':
      return 'In this campaign already: they stay as they are.'
    case 'taken_out':
      return 'You took them out of this campaign. “Put back in”, in its list of people, lets them go on where they were.'
    case 'nothing_left':
      return 'No mail of this campaign can go to them any more: they have got it, or its text lacks something of theirs.'
    default:
      return NEVER_TEXTS[reason]
  }
}

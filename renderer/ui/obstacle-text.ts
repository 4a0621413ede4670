import type { NeverCode } from '#shared/domain/taxonomy'
import { NEVER_TEXTS } from './wait-text.ts'

/** A lead that will not be queued; the shape of the contract's `Obstacle`. */
export interface ObstacleRow {
  readonly leadId: number
  readonly to: string
  readonly leadName: string
  readonly reason: NeverCode | 'missing_fields' | 'already_queued' | 'already_in_it' | 'not_approved' | 'basis_missing'
  readonly fields: readonly string[]
}

/** Why this lead gets no mail, as a sentence. */
export function obstacleText({ reason, fields }: Pick<ObstacleRow, 'reason' | 'fields'>): string {
  switch (reason) {
    case 'missing_fields':
      return `No ${fields.join(', no ')}: the template needs it and has no fallback.`
    case 'already_queued':
      return 'A mail for this person is waiting already.'
    case 'already_in_it':
      return 'Is in this campaign already, and stays where they are in it.'
    case 'not_approved':
      return 'Not approved in the review yet.'
    case 'basis_missing':
      return 'Their country asks for more than is recorded about why you may write to them. The lead’s details say what is missing.'
    default:
      return NEVER_TEXTS[reason]
  }
}

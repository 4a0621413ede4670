import type { OutputAt } from '../../api/paths.ts'
import { NEVER_TEXTS } from '../../ui/wait-text.ts'

export type ObstacleRow = OutputAt<'dispatch.check'>['obstacles'][number]

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
    default:
      return NEVER_TEXTS[reason]
  }
}

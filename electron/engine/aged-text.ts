/** Does a waiting mail say something that is no longer true when it goes? */
import type { Reader } from '#db/open'
import { getSendBody, type SendBody } from '#db/queries/sends'
import { findApproval } from '#db/queries/waiting-sends'
import { type Aged, agedWords } from '#shared/domain/ageing'

/** `at` epoch ms; `zone` IANA. Nothing where the rep has said that it goes as it is. */
export function agedIn(
  db: Reader,
  sendId: number,
  { at, zone, body }: { readonly at: number; readonly zone: string; readonly body?: SendBody },
): readonly Aged[] {
  const approval = findApproval(db, sendId)
  if (approval === null || approval.isApprovedLate === 1) return []
  const { subject, text } = body ?? getSendBody(db, sendId)
  return agedWords({ subject, text, meantFor: approval.meantFor, at, zone, previousAt: approval.previousAt })
}

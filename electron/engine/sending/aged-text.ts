/** Does a waiting mail say something that is no longer true when it goes? */
import type { Reader } from '#db/open'
import type { SendBody } from '#db/queries/sends'
import { findApproval } from '#db/queries/waiting-sends'
import { type Aged, agedWords } from '#shared/domain/ageing'
import { type DispatchPlace, resolveAtDispatch } from '#shared/domain/dispatch-tokens'
import { approvedMail } from './leaving-mail.ts'

/** `at` epoch ms; `body` as it reads then. Nothing where the rep has said that it goes as it is. */
export function agedIn(
  db: Reader,
  sendId: number,
  { at, place, body }: { readonly at: number; readonly place: DispatchPlace; readonly body?: SendBody },
): readonly Aged[] {
  const approval = findApproval(db, sendId)
  if (approval === null || approval.isApprovedLate === 1) return []
  const { subject, text } = body ?? resolveAtDispatch(approvedMail(db, sendId), at, place)
  const { meantFor, previousAt, isAnswer } = approval
  return agedWords({ subject: isAnswer ? null : subject, text, meantFor, at, zone: place.zone, previousAt })
}

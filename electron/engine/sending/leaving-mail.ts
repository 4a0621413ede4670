/**
 * A send's mail with its dated fields filled in. The marks are filled in when it leaves; what was approved is kept, so that
 * an attempt on another day is dated anew.
 */
import { type Db, type Reader, write } from '#db/open'
import { findDatedBody, keepLeaving } from '#db/queries/dated-bodies'
import { getSendBody, type SendBody } from '#db/queries/sends'
import { type DispatchPlace, hasMarks, resolveAtDispatch } from '#shared/domain/dispatch-tokens'

/** The mail as approved: marks stand where it is dated at dispatch. */
export function approvedMail(db: Reader, sendId: number): SendBody {
  return findDatedBody(db, sendId) ?? getSendBody(db, sendId)
}

/** The mail as it leaves at `moment` (epoch ms). It is written down before the provider hears of it. */
export function leavingMail(db: Db, sendId: number, { moment, place }: LeavingAt): SendBody {
  const approved = approvedMail(db, sendId)
  if (!hasMarks(approved)) return approved
  const leaving = resolveAtDispatch(approved, moment, place)
  write(db, (tx) => keepLeaving(tx, sendId, leaving))
  return leaving
}

interface LeavingAt {
  readonly moment: number
  readonly place: DispatchPlace
}

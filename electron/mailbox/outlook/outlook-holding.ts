/** Mail that Exchange holds and sends by itself (providers.md §7). */
import { AppError } from '#shared/errors'
import type { MailHolding, TakenBack } from '../mail-provider.ts'
import { decodeDraftRef } from './outlook-draft-ref.ts'
import { findFate, isThrownAway, listHeld, readById, sentAs } from './outlook-drafts.ts'
import { outlookFailure } from './outlook-failure.ts'
import { prepareToLeave, refOfMail, sendOnce } from './outlook-leaving.ts'
import { messagePath } from './outlook-message.ts'
import { isGone, refusalOf, type OutlookSession } from './outlook-session.ts'

export function createOutlookHolding(session: OutlookSession): MailHolding {
  return {
    handOver: async (draftId, mail, { leavesAt, beforeFirstByte }, signal) => {
      const ref = refOfMail(draftId, mail)
      const left = await prepareToLeave(session, { ref, mail, leavesAt }, signal)
      if (left !== null) return { left, restMs: null }
      const { restMs = null } = await sendOnce(session, { ref, beforeFirstByte }, signal)
      return { left: null, restMs }
    },
    takeBack: (key, draftId, signal) => takeBack(session, { key, draftId }, signal),
    listHeld: (signal) => listHeld(session, signal),
  }
}

/**
 * DELETE of what is held cancels it. It counts as taken back only where the message is then seen among the deleted ones, still a
 * draft: one that left at this very moment is seen as sent, and one that cannot be found proves nothing.
 */
async function takeBack(
  session: OutlookSession,
  { key, draftId }: { key: string; draftId: string },
  signal: AbortSignal,
): Promise<TakenBack> {
  const ref = decodeDraftRef(draftId)
  if (ref?.key !== key) throw new AppError('mail.invalid', 'not a draft of this mail')
  const before = await readById(session, ref.id, signal)
  if (before === null) return byTraces(session, { key, draftId }, signal)
  if (!before.isDraft) return sentAs(before)
  if (!(await isThrownAway(session, before, signal))) {
    const answer = await session.ask({ method: 'DELETE', path: messagePath(ref.id) }, signal)
    if (answer.status !== 204 && !isGone(answer)) throw outlookFailure(refusalOf(answer), 'prepare')
  }
  const after = await readById(session, ref.id, signal)
  if (after === null) return byTraces(session, { key, draftId }, signal)
  if (!after.isDraft) return sentAs(after)
  return { fate: (await isThrownAway(session, after, signal)) ? 'taken_back' : 'unknown' }
}

async function byTraces(
  session: OutlookSession,
  of: { key: string; draftId: string },
  signal: AbortSignal,
): Promise<TakenBack> {
  const fate = await findFate(session, of, signal)
  return fate.fate === 'sent' ? fate : { fate: 'unknown' }
}

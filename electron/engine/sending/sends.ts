import { type Writer, write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { findSend, type Send } from '#db/queries/sends'
import { releaseSend, rescheduleSend, setPriority } from '#db/queries/waiting-sends'
import { type SendScope, listSendIds } from '#db/queries/send-views'
import { isHandedOver, type SendFact } from '#shared/domain/send-transitions'
import type { EventKind, SendPriority, SendStatus } from '#shared/domain/taxonomy'
import type { WallTime } from '#shared/domain/wall-time'
import { AppError } from '#shared/errors'
import type { EngineContext } from '../context.ts'
import { momentOf } from '../campaigns/orders.ts'
import type { LookedAgain } from './doubts.ts'
import type { Queue } from './queue.ts'
import { nextGeneration } from './send-key.ts'

export type SendSelection =
  | { readonly by: 'ids'; readonly ids: readonly number[] }
  | { readonly by: 'campaign'; readonly campaignId: number }
  | { readonly by: 'everything' }

export interface Moved {
  readonly changed: number
  /** Too late, or without meaning for these. */
  readonly kept: number
}

/** What the rep may do to sends. */
export interface Sends {
  /** What its provider holds is `kept` and stays there: see `cancelHeld`. */
  cancel(selection: SendSelection): Moved
  /** Takes back and cancels what a provider holds of these; answers for how many that worked, and how many it still holds. */
  cancelHeld(selection: SendSelection): Promise<{ takenBack: number; stillHeld: number }>
  prioritise(selection: SendSelection, priority: SendPriority): Moved
  /** Waiting ones that are not to go, although the sequence goes on without them. */
  leaveOut(selection: SendSelection): Moved
  /** The rep's own date for waiting ones. Throws `dispatch.in_the_past`, `dispatch.no_such_time`. */
  reschedule(selection: SendSelection, at: WallTime): Moved
  /** What stands beside its lane goes on: a text that has aged, or mail that was missed. */
  release(selection: SendSelection): Moved
  /** Failed sends, back to the queue. */
  retry(selection: SendSelection): Moved
  /** The rep's word on an uncertain send. Sent again, it is a new mail under a new key. */
  settle(sendId: number, wasSent: boolean): void
  /** Has the mailbox looked at now for an uncertain send. */
  lookAgain(sendId: number): Promise<LookedAgain>
  /** Skips what waits for suppressed leads; returns how many. */
  skipSuppressed(): number
}

export interface SendsDeps extends Pick<EngineContext, 'db' | 'clock' | 'publish'> {
  readonly queue: Queue
  readonly installSecret: () => string
  /** The plan changed: look again. */
  readonly replan: () => void
  readonly lookNow: (mailboxId: number, sendId: number) => Promise<LookedAgain>
  /** Takes one back from its provider and cancels it; false where that is not to be seen, or too late. */
  readonly takeBack: (mailboxId: number, sendId: number) => Promise<boolean>
  /** Waiting sends whose lead's address or domain is suppressed. */
  readonly listSuppressedPending: () => readonly number[]
}

export function createSends(deps: SendsDeps): Sends {
  const { db, clock, queue } = deps

  /** Null leaves a send alone. */
  function moveAll(ids: readonly number[], factOf: (send: Send) => SendFact | null): Moved {
    const changed = queue.moveAll(ids, factOf).length
    if (changed > 0) deps.replan()
    return { changed, kept: ids.length - changed }
  }

  function chosen(selection: SendSelection, statuses: readonly SendStatus[]): readonly number[] {
    if (selection.by === 'ids') return selection.ids
    const campaignId = selection.by === 'campaign' ? selection.campaignId : null
    const scope: SendScope = { statuses, campaignId, mailboxId: null, leadIds: null }
    return listSendIds(db, scope)
  }

  async function cancelHeld(selection: SendSelection): Promise<{ takenBack: number; stillHeld: number }> {
    const held = chosen(selection, ['processing']).filter(isHeld)
    let takenBack = 0
    for (const id of held) {
      const mailboxId = findSend(db, id)?.mailboxId ?? 0
      if (await deps.takeBack(mailboxId, id)) takenBack += 1
    }
    return { takenBack, stillHeld: held.filter(isHeld).length }
  }

  function isHeld(id: number): boolean {
    const send = findSend(db, id)
    return send !== null && isHandedOver(send.state)
  }

  function prioritise(selection: SendSelection, priority: SendPriority): Moved {
    const ids = chosen(selection, ['pending'])
    const changed = write(db, (tx) => prioritiseIn(tx, { ids, priority, now: clock.now() }))
    deps.publish({ type: 'sends.changed' })
    deps.replan()
    return { changed, kept: ids.length - changed }
  }

  function reschedule(selection: SendSelection, wall: WallTime): Moved {
    const at = momentOf(wall, clock.now()) ?? clock.now()
    const change = (tx: Writer, id: number): boolean => rescheduleSend(tx, id, at)
    return changeEach(chosen(selection, ['pending']), { kind: 'send_moved', data: { at }, change })
  }

  /** Not one that waits for the mail before it: that comes first. */
  function release(selection: SendSelection): Moved {
    return changeEach(chosen(selection, ['pending']), { kind: 'send_released', data: {}, change: releaseSend })
  }

  function changeEach(
    ids: readonly number[],
    {
      kind,
      data,
      change,
    }: {
      kind: EventKind
      data: Record<string, unknown>
      change: (tx: Writer, id: number) => boolean
    },
  ): Moved {
    const now = clock.now()
    const changed = write(db, (tx) => {
      const done = ids.filter((id) => change(tx, id))
      for (const sendId of done) insertEvent(tx, { at: now, kind, sendId, data })
      return done.length
    })
    if (changed > 0) deps.publish({ type: 'sends.changed' })
    if (changed > 0) deps.replan()
    return { changed, kept: ids.length - changed }
  }

  function retry(selection: SendSelection): Moved {
    const ids = chosen(selection, ['failed'])
    const moved = moveAll(ids, (send) =>
      send.state.status === 'failed' ? { type: 'retry_requested', now: clock.now() } : null,
    )
    tellGoingOn(ids)
    return moved
  }

  /** Their campaigns go on, also where they had ended. */
  function tellGoingOn(ids: readonly number[]): void {
    const campaigns = new Set(ids.flatMap((id) => findSend(db, id)?.campaignId ?? []))
    for (const campaignId of campaigns) deps.publish({ type: 'campaigns.changed', campaignId })
    deps.replan()
  }

  function settle(sendId: number, wasSent: boolean): void {
    const send = findSend(db, sendId)
    if (!send) throw new AppError('send.not_found', `send ${sendId}`)
    const now = clock.now()
    const moved = wasSent
      ? queue.move(send, { type: 'settled_sent', now })
      : queue.move(
          send,
          { type: 'settled_unsent', now },
          { attempts: 0, generation: nextGeneration(deps.installSecret(), send) },
        )
    if (!moved) throw new AppError('send.not_uncertain', `send ${sendId} is ${send.state.status}`)
    if (wasSent) deps.replan()
    else tellGoingOn([sendId])
  }

  async function lookAgain(sendId: number): Promise<LookedAgain> {
    const send = findSend(db, sendId)
    if (!send) throw new AppError('send.not_found', `send ${sendId}`)
    if (send.state.status !== 'uncertain') throw new AppError('send.not_uncertain', `send ${sendId}`)
    return deps.lookNow(send.mailboxId, sendId)
  }

  return {
    cancel: (selection) =>
      // The last step first: what goes down with an earlier one is counted as well.
      moveAll(chosen(selection, ['pending', 'processing']).toReversed(), () => ({
        type: 'cancel_requested',
        now: clock.now(),
      })),
    cancelHeld,
    prioritise,
    leaveOut: (selection) =>
      moveAll(chosen(selection, ['pending']), (send) =>
        send.state.status === 'pending' ? { type: 'forbidden', now: clock.now(), because: 'left_out' } : null,
      ),
    reschedule,
    release,
    retry,
    settle,
    lookAgain,
    skipSuppressed: () =>
      moveAll(deps.listSuppressedPending(), () => ({ type: 'forbidden', now: clock.now(), because: 'suppressed' }))
        .changed,
  }
}

function prioritiseIn(
  tx: Writer,
  { ids, priority, now }: { ids: readonly number[]; priority: SendPriority; now: number },
): number {
  const changed = setPriority(tx, ids, priority)
  if (changed > 0) insertEvent(tx, { at: now, kind: 'send_prioritised', data: { priority, sends: changed } })
  return changed
}

import { write, type Db } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { listInFlight, pullBackPacing } from '#db/queries/sends'
import { pullBackTouches } from '#db/queries/touches'
import { pullBackWaiting } from '#db/queries/waiting-sends'
import type { Clock } from '../../platform/clock.ts'
import type { Queue } from './queue.ts'
import { fallFrom } from './sender.ts'
import type { SentMark } from './sent-mark.ts'

/**
 * What a crash left behind, before anything is claimed: sends that had not been asked for go back to the queue with their
 * draft; those that had are in doubt and are looked up, never sent again blindly; what the provider may hold stays so. What a restored backup may
 * have left behind waits for the rep. Running it twice changes nothing more.
 */
export function recover(deps: { db: Db; clock: Clock; queue: Queue; sentMark: SentMark }): {
  putBack: number
  inDoubt: number
} {
  const isOlder = deps.sentMark.isOlder()
  const found = { putBack: 0, inDoubt: 0 }
  for (const send of listInFlight(deps.db)) {
    if (send.state.status !== 'processing') continue
    const fact = fallFrom(send.state.stage, send.notBefore)
    const moved = fact && deps.queue.move(send, fact)
    if (moved?.state.status === 'uncertain') found.inDoubt += 1
    else if (moved) found.putBack += 1
  }
  write(deps.db, (tx) => {
    const now = deps.clock.now()
    const setBack = pullBackPacing(tx, now) + pullBackWaiting(tx, now)
    if (setBack > 0) pullBackTouches(tx, now)
    if (setBack > 0) insertEvent(tx, { at: now, kind: 'clock_jumped', data: { sendsSetBack: setBack } })
    if (found.putBack + found.inDoubt > 0) insertEvent(tx, { at: now, kind: 'app_recovered', data: found })
  })
  deps.sentMark.begin(isOlder)
  return found
}

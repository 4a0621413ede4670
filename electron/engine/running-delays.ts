/** Delay clocks that run already, when the calendar they count in changes. */
import { type Reader, type Writer, write } from '#db/open'
import { listRunningDelays, setDelay } from '#db/queries/campaign-sends'
import type { Calendars } from './calendars.ts'
import type { Policy } from '#shared/domain/policy'
import type { EngineContext } from './context.ts'

/** The mailboxes with their schedules. */
export type Schedules = () => readonly { readonly id: number; readonly policy: Policy }[]

export interface RunningDelays {
  /** Makes a change of the calendars; what is counting by them is moved by as much as its days moved. */
  recountAround<T>(change: (tx: Writer) => T, takeEffect: () => void): T
}

export function createRunningDelays(
  deps: Pick<EngineContext, 'db'> & { readonly calendars: Calendars; readonly policies: Schedules },
): RunningDelays {
  /** When each is due by the calendars of this moment, epoch ms. A pause since then is not part of it. */
  function dueTimes(reader: Reader): Map<number, number> {
    const policies = new Map(deps.policies().map(({ id, policy }) => [id, policy]))
    const due = new Map<number, number>()
    for (const { id, mailboxId, zone, beforeSentAt, days, unit } of listRunningDelays(reader)) {
      const policy = policies.get(mailboxId)
      if (policy) due.set(id, deps.calendars.of(policy, zone, true).after(beforeSentAt, days, unit))
    }
    return due
  }

  return {
    recountAround: (change, takeEffect) =>
      write(deps.db, (tx) => {
        const before = dueTimes(tx)
        const result = change(tx)
        takeEffect()
        const after = dueTimes(tx)
        for (const { id, notBefore } of listRunningDelays(tx)) {
          const movedMs = (after.get(id) ?? 0) - (before.get(id) ?? 0)
          if (movedMs !== 0) setDelay(tx, id, notBefore + movedMs)
        }
        return result
      }),
  }
}

import { write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { getSetting, setSetting } from '#db/queries/settings'
import type { Absence } from '#shared/domain/absences'
import type { EngineContext } from '../context.ts'
import type { RunningDelays } from './running-delays.ts'

/** When the rep is away, for all mailboxes. */
export interface Away {
  /** The same array until something changes: calendars are kept by it. */
  list(): readonly Absence[]
  /** Replaces them; delay clocks that run already are worked out anew. */
  save(absences: readonly Absence[]): readonly Absence[]
  /** Another process may have changed them. */
  reload(): void
}

export function createAway(
  deps: Pick<EngineContext, 'db' | 'clock' | 'publish'> & {
    /** What counts days already. */
    readonly delays: RunningDelays
    /** The plan changed: look again. */
    readonly replan: () => void
  },
): Away {
  let known: readonly Absence[] | null = null

  function list(): readonly Absence[] {
    known ??= getSetting(deps.db, 'absences')
    return known
  }

  return {
    list,
    save(absences) {
      const sorted = absences.toSorted((a, b) => a.from.localeCompare(b.from))
      write(deps.db, (tx) => {
        deps.delays.moveTo(tx, deps.delays.dueUnder({ absences: sorted }))
        setSetting(tx, 'absences', sorted)
        insertEvent(tx, { at: deps.clock.now(), kind: 'absences_changed', data: { absences: sorted } })
      })
      known = sorted
      deps.publish({ type: 'app.changed' })
      deps.publish({ type: 'sends.changed' })
      deps.replan()
      return list()
    },
    reload() {
      known = null
    },
  }
}

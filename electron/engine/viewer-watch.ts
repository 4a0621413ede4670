import { dataVersion } from '#db/open'
import type { PushedEvent } from '#shared/contract/events'
import type { Disarm } from '../platform/clock.ts'
import type { EngineContext } from './context.ts'

/** Lets a viewer's page hear of what the owner, another process, has changed. */
export interface ViewerWatch {
  start(): void
  close(): void
}

/** The page is never told more often, ms (DESIGN §8). */
const LOOK_EVERY_MS = 5_000

/** Which fact it was cannot be told from the file: the page asks for everything it shows. */
const EVERYTHING: readonly PushedEvent[] = [
  { type: 'app.changed' },
  { type: 'sends.changed' },
  { type: 'leads.changed' },
  { type: 'templates.changed' },
  { type: 'mailboxes.changed' },
  { type: 'suppressions.changed' },
  { type: 'incoming.changed' },
  { type: 'history.changed' },
]

export function createViewerWatch(
  deps: Pick<EngineContext, 'db' | 'clock' | 'publish'> & {
    /** What was worked out or kept from the file is void. */
    readonly reload: () => void
  },
): ViewerWatch {
  let seen = dataVersion(deps.db)
  let disarm: Disarm = () => {}

  function look(): void {
    const now = dataVersion(deps.db)
    if (now !== seen) {
      seen = now
      deps.reload()
      for (const event of EVERYTHING) deps.publish(event)
    }
    arm()
  }

  function arm(): void {
    disarm = deps.clock.at(deps.clock.now() + LOOK_EVERY_MS, look)
  }

  return { start: arm, close: () => disarm() }
}

/** Whether the app looks for a newer one: off until the rep says so, because it asks a server. */
import { write } from '#db/open'
import { getSetting, setSetting } from '#db/queries/settings'
import type { EngineContext } from '../context.ts'

export interface Updates {
  isOn(): boolean
  save(isOn: boolean): void
  /** From now on the host does what the rep has chosen. */
  start(): void
}

export function createUpdates({ db, native }: Pick<EngineContext, 'db' | 'native'>): Updates {
  const isOn = (): boolean => getSetting(db, 'looksForUpdates')
  const tellHost = (): void => native.lookForUpdates(isOn())

  return {
    isOn,
    save(next) {
      write(db, (tx) => setSetting(tx, 'looksForUpdates', next))
      tellHost()
    },
    start: tellHost,
  }
}

import { NO_CLIENTS } from '#electron/engine/mailboxes/oauth-clients'
import { createEngine, type Engine } from '#electron/engine/engine'
import type { MailRoom } from '#electron/mailbox/mail-room'
import { createKeyFileSecrets } from '#electron/platform/key-file-secrets'
import type { Dns } from '#electron/platform/dns'
import { silentLog } from '#electron/platform/log'
import { createNodeDisk } from '#electron/platform/node-disk'
import { createSimulatedClock, type SimulatedClock } from '#electron/platform/simulated-clock'
import { createSystemRandom } from '#electron/platform/system-random'
import { createWebNative } from '#electron/platform/web-native'
import { createFakeDns } from '#test/fakes/fake-dns'
import type { PushedEvent } from '#shared/contract/events'

/** The engine of a process that is killed: everything real but the clock. */
export function createKillEngine(deps: {
  readonly dataFolder: string
  readonly startAt: number
  readonly mail: MailRoom
  readonly dns?: Dns
  readonly publish: (event: PushedEvent) => void
}): { engine: Engine; clock: SimulatedClock } {
  const clock = createSimulatedClock(deps.startAt, 'UTC')
  const engine = createEngine({
    clock,
    random: createSystemRandom(),
    log: silentLog,
    secrets: createKeyFileSecrets(deps.dataFolder),
    disk: createNodeDisk(deps.dataFolder),
    dns: deps.dns ?? createFakeDns(),
    native: createWebNative(),
    mail: deps.mail,
    publish: deps.publish,
    dataFolder: deps.dataFolder,
    importWorker: new URL('../../electron/engine/imports/import-worker.ts', import.meta.url),
    backupWorker: new URL('../../electron/engine/records/backup-worker.ts', import.meta.url),
    version: 'killed',
    builtIn: NO_CLIENTS,
  })
  return { engine, clock }
}

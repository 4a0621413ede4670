import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createHandlers } from '#electron/api/handlers'
import { createEngine, type Engine } from '#electron/engine/engine'
import { createEventStream } from '#electron/host/event-stream'
import { createRouter } from '#electron/host/route'
import { NO_CLIENTS, type BuiltInClients } from '#electron/engine/mailboxes/oauth-clients'
import type { MailRoom } from '#electron/mailbox/mail-room'
import { mailRoom } from '#electron/mailbox/open-provider'
import type { Dns } from '#electron/platform/dns'
import { createFileLog } from '#electron/platform/file-log'
import type { Secrets } from '#electron/platform/secrets'
import { createSimulatedClock, type SimulatedClock } from '#electron/platform/simulated-clock'
import type { Random } from '#electron/platform/random'
import { createSystemClock } from '#electron/platform/system-clock'
import { createSystemRandom } from '#electron/platform/system-random'
import { hostForTest, type RunningHost } from './host-for-test.ts'
import { MONDAY_9 } from './start-test-engine.ts'
import { createFakeDns } from '#test/fakes/fake-dns'

export interface ServedApp extends AsyncDisposable {
  /** The address to open; the web host's works once. */
  readonly url: string
  /** Before a page opens it. */
  readonly prepare: RunningHost['prepare']
  readonly engine: Engine
  /** The engine's time; the page and the host have the machine's. */
  readonly clock: SimulatedClock
  readonly dataFolder: string
  readonly secrets: Secrets
  /** Moves the engine's time; what is in flight finishes at each step. */
  run(ms: number): Promise<void>
}

export interface ServeChoices {
  /** Where Google and Microsoft are played. */
  readonly mail?: MailRoom
  readonly builtIn?: BuiltInClients
  /** Without it: name servers that know no name, and every domain takes mail. */
  readonly dns?: Dns
  /** Also the engine's time, for servers that are played. */
  readonly clock?: SimulatedClock
  /** The engine's, so that a run can be repeated; the host has the system's. */
  readonly random?: Random
  /** Any free one unless given. */
  readonly port?: number
  /** Without it: plenty. */
  readonly freeBytes?: () => number
}

/** The third composition root: a host with everything real but the engine's clock. */
export async function serveForTest(choices: ServeChoices = {}): Promise<ServedApp> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'pacemail-e2e-'))
  const clock = choices.clock ?? createSimulatedClock(MONDAY_9, 'UTC')
  const log = createFileLog(join(dataFolder, 'logs', 'pacemail.log'))
  const host = await hostForTest()
  const secrets = await host.createSecrets(dataFolder)
  const random = createSystemRandom()
  const stream = createEventStream()
  const engine = createEngine({
    clock,
    random: choices.random ?? random,
    log,
    secrets,
    disk: { freeBytes: choices.freeBytes ?? (() => 1e12) },
    dns: choices.dns ?? createFakeDns(),
    native: host.createNative({ clock, log }),
    mail: choices.mail ?? mailRoom,
    builtIn: choices.builtIn ?? NO_CLIENTS,
    publish: stream.publish,
    dataFolder,
    importWorker: new URL('../../electron/engine/imports/import-worker.ts', import.meta.url),
    backupWorker: new URL('../../electron/engine/records/backup-worker.ts', import.meta.url),
    version: '0.0.0-test',
  })
  await engine.start()
  const hostClock = createSystemClock()
  const app = { handlers: createHandlers(engine), role: engine.role }
  const router = createRouter({ app, clock: hostClock, random, log })
  const pageFolder = fileURLToPath(new URL('../../dist/renderer', import.meta.url))
  const port = choices.port ?? 0
  const running = await host.start({ router, stream, log, clock: hostClock, random, pageFolder, port })
  return {
    url: running.url,
    prepare: running.prepare,
    engine,
    clock,
    dataFolder,
    secrets,
    run: (ms) => clock.advance(ms, () => engine.rooms.sender.idle()),
    async [Symbol.asyncDispose]() {
      await running.close()
      await router.close(1_000)
      await engine.close()
      log.close()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

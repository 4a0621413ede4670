/**
 * The process that the demo kills: the whole engine on a real database and a real practice folder. Only its clock is
 * simulated: it moves to the next wake-up as soon as nothing is in flight.
 */
import { createEngine, type Engine } from '../engine/engine.ts'
import { NO_CLIENTS } from '../engine/mailboxes/oauth-clients.ts'
import { mailRoom } from '../mailbox/open-provider.ts'
import { silentLog } from '../platform/log.ts'
import { createKeyFileSecrets } from '../platform/key-file-secrets.ts'
import { createNodeDisk } from '../platform/node-disk.ts'
import { createNodeDns } from '../platform/node-dns.ts'
import { createSimulatedClock, type SimulatedClock } from '../platform/simulated-clock.ts'
import { createSystemRandom } from '../platform/system-random.ts'
import { createWebNative } from '../platform/web-native.ts'
import { prepareMainJob } from './main-job.ts'
import type { SenderOrder, SenderReport } from './messages.ts'

// Ctrl+C reaches this process as well; the demo ends it, and where the demo itself was killed it ends with it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
process.once('disconnect', () => process.exit(1))
process.once('message', (order: SenderOrder) => {
  run(order).then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
      process.exit(1)
    },
  )
})

async function run(order: SenderOrder): Promise<void> {
  const clock = createSimulatedClock(order.startAt, order.zone)
  const engine = createEngine({
    clock,
    random: createSystemRandom(),
    log: silentLog,
    secrets: createKeyFileSecrets(order.dataFolder),
    disk: createNodeDisk(order.dataFolder),
    dns: createNodeDns(),
    native: createWebNative(),
    mail: mailRoom,
    publish: () => {},
    dataFolder: order.dataFolder,
    importWorker: new URL('../engine/imports/import-worker.ts', import.meta.url),
    backupWorker: new URL('../engine/records/backup-worker.ts', import.meta.url),
    version: 'demo',
    builtIn: NO_CLIENTS,
  })
  await engine.start()
  await prepareMainJob(engine.rooms)
  await sendAll(engine, clock)
  await engine.close()
}

async function sendAll(engine: Engine, clock: SimulatedClock): Promise<void> {
  const { rooms } = engine
  for (;;) {
    await rooms.sender.idle()
    const { waiting, nextSendAt } = rooms.app.status()
    await tell({ waiting, now: clock.now() })
    if (waiting === 0 || nextSendAt === null) return
    await clock.next()
  }
}

async function tell(report: SenderReport): Promise<void> {
  await new Promise<void>((resolve) => process.send?.(report, () => resolve()))
}

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createHandlers } from './api/handlers.ts'
import { createEngine, type Engine } from './engine/engine.ts'
import packageFile from '../package.json' with { type: 'json' }
import { builtInClients } from './built-in-clients.ts'
import { createEventStream, type EventStream } from './host/event-stream.ts'
import { createRouter, type Router } from './host/route.ts'
import { endpointsFrom } from './mailbox/endpoints.ts'
import { createMailRoom } from './mailbox/open-provider.ts'
import type { Clock } from './platform/clock.ts'
import { type ErrorReports, openErrorReports } from './platform/error-reports.ts'
import { createFileLog, type FileLog } from './platform/file-log.ts'
import type { Native } from './platform/native.ts'
import { createNodeDisk } from './platform/node-disk.ts'
import { createNodeDns } from './platform/node-dns.ts'
import type { Random } from './platform/random.ts'
import type { Secrets } from './platform/secrets.ts'
import { createSystemClock } from './platform/system-clock.ts'
import { createSystemRandom } from './platform/system-random.ts'

/** Calls that run when the app ends get this long; the engine closes after them. */
const DRAIN_MS = 5_000

/** What both compositions share before anything can fail: a folder, a log, time. */
export interface Ground {
  readonly dataFolder: string
  readonly logFile: string
  readonly log: FileLog
  readonly reports: ErrorReports
  readonly clock: Clock
  readonly random: Random
}

export interface Booted {
  readonly engine: Engine
  readonly router: Router
  readonly stream: EventStream
  /** Calls first, then the engine, the log last. */
  close(): Promise<void>
}

/** Throws the file system's error when the folder cannot be made. */
export function prepareGround(dataFolder: string, host: Native['host']): Ground {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const logFile = join(dataFolder, 'logs', 'pacemail.log')
  const log = createFileLog(logFile)
  const clock = createSystemClock()
  const reports = openErrorReports({ dataFolder, clock, host, version: packageFile.version })
  // A crash is a crash: recovery is built for it. The log learns why, and the rep finds a report of it.
  process.on('uncaughtExceptionMonitor', (error) => {
    log.error('crashed', error)
    reports.write({ source: 'program', isCrash: true, error })
  })
  return { dataFolder, logFile, log, reports, clock, random: createSystemRandom() }
}

/** The product behind a router, the same for both hosts. Throws what `engine.start` throws; nothing is left open then. */
export async function boot(
  ground: Ground,
  host: { secrets: Secrets; native: Native; importWorker: URL; backupWorker: URL },
): Promise<Booted> {
  const { dataFolder, log, clock, random } = ground
  const stream = createEventStream()
  const engine = createEngine({
    ...host,
    dataFolder,
    clock,
    random,
    log,
    disk: createNodeDisk(dataFolder),
    dns: createNodeDns(),
    mail: createMailRoom(endpointsFrom(process.env)),
    builtIn: builtInClients,
    publish: stream.publish,
    version: packageFile.version,
  })
  await start(engine)
  const router = createRouter({ app: { handlers: createHandlers(engine), role: engine.role }, clock, random, log })
  log.info('started', { version: packageFile.version, host: host.native.host, role: engine.role() })

  async function close(): Promise<void> {
    await router.close(DRAIN_MS)
    await engine.close()
    log.info('stopped')
    log.close()
  }

  return { engine, router, stream, close }
}

async function start(engine: Engine): Promise<void> {
  try {
    await engine.start()
  } catch (error) {
    await engine.close().catch(() => {})
    throw error
  }
}

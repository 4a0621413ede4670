import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { boot, prepareGround, type Booted, type Ground } from './boot.ts'
import { readFlags, USAGE, type Flags } from './host/flags.ts'
import { startFailure } from './host/start-failure.ts'
import { stopOnSignals } from './platform/stop-on-signals.ts'
import { startWsHost, type WsHost } from './host/ws-host.ts'
import { dataFolderOf } from './platform/data-folder.ts'
import { createKeyFileSecrets } from './platform/key-file-secrets.ts'
import { createWebNative, hasDisplay, openQuietly } from './platform/web-native.ts'

const PAGE_FOLDER = fileURLToPath(new URL('../dist/renderer', import.meta.url))
const IMPORT_WORKER = new URL('./engine/imports/import-worker.ts', import.meta.url)
const BACKUP_WORKER = new URL('./engine/records/backup-worker.ts', import.meta.url)

/** Pacemail without Electron: the same product as a page of this machine's browser. Runs until a signal ends it. */
export async function serve(flags: Flags): Promise<void> {
  // A terminal that is gone must not take the sender with it.
  process.stdout.on('error', () => {})
  const dataFolder = dataFolderOf(flags.data)
  let ground: Ground | null = null
  try {
    ground = prepareGround(dataFolder, 'web')
    await run(ground, flags)
  } catch (error) {
    ground?.log.error('could not start', error)
    process.stderr.write(`${startFailure(error, { dataFolder, logFile: ground?.logFile ?? 'none' })}\n`)
    process.exit(1)
  }
}

async function run(ground: Ground, flags: Flags): Promise<void> {
  const secrets = createKeyFileSecrets(ground.dataFolder)
  const booted = await boot(ground, {
    secrets,
    native: createWebNative(),
    importWorker: IMPORT_WORKER,
    backupWorker: BACKUP_WORKER,
  })
  const host = await openHost(ground, booted, flags)
  stopOnSignals(ground.clock, async () => {
    await host.close()
    await booted.close()
  })
  if (booted.engine.role() === 'viewer') {
    say('Another Pacemail is open on this data folder and does the sending; this one only shows.')
  }
  if (!existsSync(PAGE_FOLDER)) say('The page has not been built yet: npm start builds it.')
  say(`Pacemail is ready at ${host.url}`)
  if (!flags.noOpen && (process.platform !== 'linux' || hasDisplay())) await openQuietly(host.url)
}

async function openHost(ground: Ground, booted: Booted, flags: Flags): Promise<WsHost> {
  try {
    return await startWsHost({ ...ground, ...booted, pageFolder: PAGE_FOLDER, port: flags.port })
  } catch (error) {
    await booted.close()
    throw error
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

if (import.meta.main) {
  const flags = readFlags(process.argv.slice(2))
  if (typeof flags === 'string') {
    process.stderr.write(`${flags}\n${USAGE}\n`)
    process.exit(2)
  }
  await serve(flags)
}

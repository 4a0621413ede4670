import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { electronBinary, fetchElectron } from './desktop-runtime.ts'
import { readFlags, USAGE, type Flags } from './host/flags.ts'
import { buildPage, isBuildStale } from './page-build.ts'
import { onStopSignal } from './platform/stop-on-signals.ts'
import { createSystemClock } from './platform/system-clock.ts'
import { hasDisplay } from './platform/web-native.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

const flags = readFlags(process.argv.slice(2))
if (typeof flags === 'string') {
  process.stderr.write(`${flags}\n${USAGE}\n`)
  process.exit(2)
}
await start(flags)

/** `npm start`: the desktop app where it can run, else the same app in the browser, after one sentence on why. */
async function start(wanted: Flags): Promise<void> {
  // An address is asked for: that is the browser's way, whatever else could run.
  const isAddressWanted = wanted.noOpen || wanted.port !== 0
  const obstacle = wanted.web ? '' : await desktopObstacle({ mayFetch: !isAddressWanted })
  const isDesktop = obstacle === null && !isAddressWanted
  if (!(await build(isDesktop))) process.exit(1)
  if (isDesktop) {
    await runDesktop(wanted)
    say('The desktop window could not open here, so Pacemail runs in your browser.')
  } else if (obstacle !== null && obstacle !== '') {
    say(obstacle)
  }
  const { serve } = await import('./serve.ts')
  await serve(wanted)
}

/** Null when Electron can run here, else a plain sentence. */
async function desktopObstacle({ mayFetch }: { mayFetch: boolean }): Promise<string | null> {
  if (process.platform === 'linux' && !hasDisplay()) return 'There is no screen here, so Pacemail runs in a browser.'
  if (electronBinary() !== null) return null
  const isUnwanted = process.env['ELECTRON_SKIP_BINARY_DOWNLOAD'] !== undefined || process.env['CI'] !== undefined
  if (mayFetch && !isUnwanted) {
    say('Fetching the desktop runtime, once (about 120 MB)…')
    await fetchElectron(createSystemClock())
  }
  return electronBinary() === null
    ? "Electron's runtime is not here and could not be fetched, so Pacemail runs in your browser."
    : null
}

async function build(isDesktopToo: boolean): Promise<boolean> {
  try {
    if (isBuildStale({ isDesktopToo })) say('Building the window…')
    await buildPage({ isDesktopToo })
    return true
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'The window could not be built.'}\n`)
    return false
  }
}

/** Ends with the desktop app. Returns only when that ended before it was ready: missing libraries, no permission. */
function runDesktop(wanted: Flags): Promise<void> {
  const args = [ROOT, ...(wanted.data === undefined ? [] : ['--data', wanted.data])]
  const { ELECTRON_RUN_AS_NODE: _unwanted, ...env } = process.env
  return new Promise((resolve) => {
    let isDone = false
    const child = spawn(electronBinary() ?? '', args, { env, stdio: ['ignore', 'pipe', 'ignore'] })
    onStopSignal(createSystemClock(), (signal) => {
      isDone = true
      child.kill(signal)
    })
    child.stdout.on('data', (piece: Buffer) => {
      isDone ||= piece.includes('Pacemail is ready')
      process.stdout.write(piece)
    })
    child.on('error', () => resolve())
    child.on('close', (code) => {
      if (isDone || code === 0) process.exit(code ?? 0)
      resolve()
    })
  })
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

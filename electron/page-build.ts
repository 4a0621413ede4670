import { spawn } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** What a build depends on, and the file it writes last. */
const PAGE = {
  sources: ['renderer', 'shared', 'vite.config.ts', 'package-lock.json'],
  built: 'dist/renderer/index.html',
}
const DESKTOP = { sources: [...PAGE.sources, 'electron', 'db', 'package.json'], built: 'dist/main/main.js' }

/** Is there no page (or no desktop program) yet, or one older than its sources? */
export function isBuildStale(options: { isDesktopToo: boolean }): boolean {
  const targets = options.isDesktopToo ? [PAGE, DESKTOP] : [PAGE]
  return targets.some(({ sources, built }) => newest(sources) > changedAt(join(ROOT, built)))
}

/** Builds quietly, in a process of its own: the bundler's memory is gone when the sender runs. Throws with its output. */
export async function buildPage(options: { isDesktopToo: boolean }): Promise<void> {
  if (!isBuildStale(options)) return
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js')
  const args = [vite, 'build', '--logLevel', 'error', ...(options.isDesktopToo ? ['--app'] : [])]
  const output = await run(args)
  if (output !== null) throw new Error(`the window could not be built:\n${output}`)
}

/** Null when it went well, else what it said. */
function run(args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    // A test runner's NODE_ENV would make a page for developers: slower, and full of this machine's paths.
    const env = { ...process.env, NODE_ENV: 'production' }
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    })
    const said: Buffer[] = []
    child.stdout.on('data', (piece: Buffer) => said.push(piece))
    child.stderr.on('data', (piece: Buffer) => said.push(piece))
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code) => resolve(code === 0 ? null : Buffer.concat(said).toString('utf8')))
  })
}

function newest(paths: readonly string[]): number {
  return Math.max(...paths.map((path) => newestIn(join(ROOT, path))))
}

function newestIn(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return 0
  if (!found.isDirectory()) return found.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newestIn(join(path, name))))
}

/** 0 when it is not there. */
function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

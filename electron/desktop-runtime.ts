import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Clock } from './platform/clock.ts'

const ELECTRON = fileURLToPath(new URL('../node_modules/electron', import.meta.url))
/** A locked-down network often answers nothing at all; a newcomer should not wait longer than this for a first byte. */
const PATIENCE_MS = 20_000

/** Electron's program, or null when it has not been fetched. */
export function electronBinary(): string | null {
  try {
    const binary = join(ELECTRON, 'dist', readFileSync(join(ELECTRON, 'path.txt'), 'utf8'))
    return existsSync(binary) ? binary : null
  } catch {
    return null
  }
}

/** One silent try, given up after 20 s in which nothing arrived. Whether it worked, `electronBinary` tells. */
export async function fetchElectron(clock: Clock): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pacemail-'))
  const env = { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder }
  const child = spawn(process.execPath, [join(ELECTRON, 'install.js')], { stdio: 'ignore', windowsHide: true, env })
  const ended = new AbortController()
  try {
    await Promise.race([closed(child, ended), givenUp(clock, folder, ended.signal)])
  } finally {
    ended.abort()
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}

function closed(child: ChildProcess, ended: AbortController): Promise<void> {
  return new Promise((resolve) => {
    child.on('error', () => resolve())
    child.on('close', () => resolve())
    ended.signal.addEventListener('abort', () => resolve())
  })
}

/** Ends when a while has brought nothing new. */
async function givenUp(clock: Clock, folder: string, signal: AbortSignal): Promise<void> {
  let seenBytes = -1
  for (let bytes = 0; bytes > seenBytes && !signal.aborted; bytes = sizeOf(folder)) {
    seenBytes = bytes
    await clock.sleep(PATIENCE_MS, signal).catch(() => {})
  }
}

function sizeOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const sizes = files.map((file) => statSync(join(file.parentPath, file.name), { throwIfNoEntry: false })?.size ?? 0)
  return sizes.reduce((sum, size) => sum + size, 0)
}

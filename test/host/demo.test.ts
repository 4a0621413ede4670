import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

const DEMO = fileURLToPath(new URL('../../electron/demo.ts', import.meta.url))
const SLOW = { timeout: 90_000 }

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pacemail-demo-test-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** A demo in a process group of its own, as a terminal starts it. */
function startDemo(): { demo: ChildProcess; complained: () => string } {
  const demo = spawn(process.execPath, [DEMO, '--json'], {
    detached: true,
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complained = ''
  demo.stderr?.on('data', (piece: Buffer) => (complained += piece.toString()))
  return { demo, complained: () => complained }
}

function mailsSent(): number {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return names.filter((name) => name.endsWith('.eml')).length
}

test.skipIf(process.platform === 'win32').each([
  ['Ctrl+C, which reaches the sender as well', (pid: number) => process.kill(-pid, 'SIGINT')],
  ['a signal to the demo alone', (pid: number) => process.kill(pid, 'SIGTERM')],
])('%s ends the demo with its sender and its folder', SLOW, async (_how, stop) => {
  const { demo, complained } = startDemo()
  const pid = demo.pid ?? 0
  const ended = once(demo, 'close')
  await expect.poll(mailsSent, { timeout: 60_000 }).toBeGreaterThan(0)
  stop(pid)
  await ended
  expect(complained()).toBe('')
  expect(readdirSync(folder)).toEqual([])
  // Nobody of the group is left.
  expect(() => process.kill(-pid, 0)).toThrow('ESRCH')
})

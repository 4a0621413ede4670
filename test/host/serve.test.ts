import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

const SERVE = fileURLToPath(new URL('../../electron/serve.ts', import.meta.url))
const SLOW = { timeout: 90_000 }

let folder: string
let started: ChildProcess[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pacemail-serve-'))
  started = []
})
afterEach(async () => {
  for (const child of started.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    child.kill('SIGKILL')
    await once(child, 'close')
  }
  rmSync(folder, { recursive: true })
})

interface Program {
  readonly child: ChildProcess
  /** Everything it said on stdout until it was ready, or until it ended. */
  readonly said: string
  readonly complained: string
}

/** The real program on the real engine, as far as its ready line or its end. */
async function run(...args: string[]): Promise<Program> {
  const child = spawn(process.execPath, [SERVE, '--no-open', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  started.push(child)
  let said = ''
  let complained = ''
  child.stderr.on('data', (piece: Buffer) => (complained += piece.toString()))
  await new Promise<void>((resolve) => {
    child.on('close', () => resolve())
    child.stdout.on('data', (piece: Buffer) => {
      said += piece.toString()
      if (/ready at .*\n/.test(said)) resolve()
    })
  })
  return { child, said, complained }
}

async function endOf({ child }: Program): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close')
  return child.exitCode
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

const READY = /^Pacemail is ready at http:\/\/127\.0\.0\.1:(\d+)\/#launch=[\w-]{43}$/

test('its start ends with one line for the chosen port, and SIGINT ends it cleanly', SLOW, async () => {
  const port = await freePort()
  const program = await run('--data', folder, '--port', String(port))
  const lines = program.said.trimEnd().split('\n')
  expect(READY.exec(lines.at(-1) ?? '')?.[1]).toBe(String(port))
  expect(lines.filter((line) => READY.test(line))).toHaveLength(1)
  program.child.kill('SIGINT')
  expect(await endOf(program)).toBe(0)
  expect(program.complained).toBe('')
  expect(readFileSync(join(folder, 'logs', 'pacemail.log'), 'utf8')).toMatch(/"msg":"stopped"\}\n$/)
})

test('a second start on the same folder only shows, and says so; SIGTERM ends both', SLOW, async () => {
  const first = await run('--data', folder)
  const second = await run('--data', folder)
  expect(second.said).toContain('Another Pacemail is open on this data folder')
  expect(second.said.trimEnd().split('\n').at(-1)).toMatch(READY)
  for (const program of [first, second]) {
    program.child.kill('SIGTERM')
    expect(await endOf(program)).toBe(0)
  }
})

test('a damaged database is said in a sentence and left as it is', SLOW, async () => {
  const file = join(folder, 'pacemail.db')
  const garbage = 'this is no database '.repeat(500)
  writeFileSync(file, garbage)
  const program = await run('--data', folder)
  expect(await endOf(program)).toBe(1)
  expect(program.said).toBe('')
  expect(program.complained).toMatch(/^Pacemail could not start\. The database .* Nothing in it was changed\./)
  expect(program.complained).not.toContain('    at ')
  expect(readFileSync(file, 'utf8')).toBe(garbage)
})

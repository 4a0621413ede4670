import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { takeLock } from '#db/lock'
import { AppError } from '#shared/errors'
import { tempFolder } from '#test/support/test-db'

interface Holder extends AsyncDisposable {
  readonly child: ChildProcessByStdio<Writable, Readable, null>
  /** What it said: `held` or `refused`. */
  readonly said: string
}

/** Another process that tries to take the lock, and holds it when it got it. */
async function startHolder(file: string): Promise<Holder> {
  const script = fileURLToPath(new URL('../support/hold-lock.ts', import.meta.url))
  const child = spawn(process.execPath, [script, file], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, said: said.toString().trim(), [Symbol.asyncDispose]: () => end(child, 'SIGKILL') }
}

async function end(child: Holder['child'], signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

test('one lock can be taken once, and again when it is released', () => {
  using folder = tempFolder()
  const file = join(folder.path, 'deep', 'owner.lock')
  const lock = takeLock(file)
  expect(lock).not.toBeNull()
  expect(takeLock(file)).toBeNull()
  lock?.release()
  const again = takeLock(file)
  expect(again).not.toBeNull()
  again?.release()
})

test('releasing twice is harmless, and does not release what somebody else holds by then', () => {
  using folder = tempFolder()
  const file = join(folder.path, 'owner.lock')
  const first = takeLock(file)
  first?.release()
  const second = takeLock(file)
  first?.release()
  expect(takeLock(file)).toBeNull()
  second?.release()
})

test('another that only looks at the file, as one does on its way to the lock, does not make it look taken', () => {
  using folder = tempFolder()
  const file = join(folder.path, 'owner.lock')
  takeLock(file)?.release()
  const looking = new Database(file, { readonly: true })
  looking.exec('BEGIN')
  looking.prepare('SELECT count(*) FROM sqlite_master').get()
  const lock = takeLock(file)
  expect(lock).not.toBeNull()
  lock?.release()
  looking.close()
})

test('a second process does not get what this one holds', async () => {
  using folder = tempFolder()
  const file = join(folder.path, 'owner.lock')
  const lock = takeLock(file)
  await using other = await startHolder(file)
  expect(other.said).toBe('refused')
  lock?.release()
})

test('a lock is free as soon as its holder is killed', async () => {
  using folder = tempFolder()
  const file = join(folder.path, 'owner.lock')
  await using holder = await startHolder(file)
  expect(holder.said).toBe('held')
  expect(takeLock(file)).toBeNull()
  await end(holder.child, 'SIGKILL')
  const lock = takeLock(file)
  expect(lock).not.toBeNull()
  lock?.release()
})

test('a frozen holder still holds it: time frees nothing', async () => {
  using folder = tempFolder()
  const file = join(folder.path, 'owner.lock')
  await using holder = await startHolder(file)
  holder.child.kill('SIGSTOP')
  expect(takeLock(file)).toBeNull()
})

test('a holder that lets go frees it', async () => {
  using folder = tempFolder()
  const file = join(folder.path, 'owner.lock')
  await using holder = await startHolder(file)
  const ended = once(holder.child, 'exit')
  holder.child.stdin.end()
  await ended
  const lock = takeLock(file)
  expect(lock).not.toBeNull()
  lock?.release()
})

test.skipIf(process.platform === 'win32')('a folder that cannot be written says so', () => {
  using folder = tempFolder()
  chmodSync(folder.path, 0o755)
  const inside = join(folder.path, 'inside')
  mkdirSync(inside, { mode: 0o555 })
  const isRoot = process.geteuid?.() === 0
  if (isRoot) process.seteuid?.(65_534)
  try {
    expect(() => takeLock(join(inside, 'owner.lock'))).toThrow(AppError)
    expect(() => takeLock(join(inside, 'deeper', 'owner.lock'))).toThrow(
      expect.objectContaining({ code: 'db.readonly' }),
    )
  } finally {
    if (isRoot) process.seteuid?.(0)
  }
})

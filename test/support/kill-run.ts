/**
 * The parent of a crash test: prepares a queue, starts the process that works on it, has it killed and starts it again.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { createKeyFileSecrets } from '#electron/platform/key-file-secrets'
import { type Arrival, readPracticeFolder } from './kill-mail.ts'
import { type FullDisk, isChildMoment, type Kill, type KillOrder } from './kill-order.ts'
import { openPostOffice, type PostOffice } from './kill-post-office.ts'
import { ALWAYS, policyWith, startTestEngine } from './start-test-engine.ts'
import { dispatchAll, stock, SENDER } from './stock.ts'

export interface KillRun extends AsyncDisposable {
  readonly dataFolder: string
  /** The database. */
  readonly file: string
  /** Starts the process and waits for its end. True: it was killed; false: it had sent all it could. Throws when it failed. */
  start(kill: Kill | null): Promise<boolean>
  /** Every mail that arrived. */
  arrived(): Arrival[]
  /** Drafts that lie in the practice mailbox. */
  strayDrafts(): string[]
}

/** Short, so that the pace can be seen in what arrived; simulated, so it costs nothing. */
export const KILL_GAP = { min: 60_000, max: 120_000 }

/** A data folder with `count` mails waiting in one mailbox; `program` is what works on it. */
export async function prepareKillRun(program: string, kind: 'practice' | 'smtp', count: number): Promise<KillRun> {
  const folder = mkdtempSync(join(tmpdir(), 'pacemail-kill-'))
  const dataFolder = join(folder, 'data')
  const office = kind === 'smtp' ? await openPostOffice() : null
  const startAt = await prepare(dataFolder, count, office)
  const file = join(dataFolder, 'pacemail.db')
  const practice = join(dataFolder, 'practice', '1')

  return {
    dataFolder,
    file,
    async start(kill) {
      const order = { dataFolder, startAt: Math.max(startAt, lastMoment(file)) + 1_000 }
      const wasKilled = await runChild({ order, kill, office, program })
      await office?.quiet()
      return wasKilled
    },
    arrived: () => (office ? [...office.taken] : readPracticeFolder(practice).sent),
    strayDrafts: () => readPracticeFolder(practice).drafts,
    async [Symbol.asyncDispose]() {
      await office?.[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function prepare(dataFolder: string, count: number, office: PostOffice | null): Promise<number> {
  await using app = await startTestEngine({ dataFolder, secrets: createKeyFileSecrets(dataFolder) })
  await app.api.app.pause({})
  const pace = { hours: ALWAYS, gapMs: KILL_GAP, hourlyCap: 50, dailyCap: 500 }
  const goods = await stock(app, count, pace)
  if (office === null) {
    await dispatchAll(app, goods)
    return app.clock.now()
  }
  const mailbox = await app.api.mailboxes.addSmtp({
    address: 'rep@sender.example',
    senderName: 'Robin',
    signature: '',
    smtp: office.settings,
    password: 'none asked for',
  })
  await app.api.mailboxes.savePolicy({ mailboxId: mailbox.id, policy: policyWith(pace) })
  await app.api.mailboxes.saveSender({ mailboxId: mailbox.id, ...SENDER })
  await dispatchAll(app, { ...goods, mailboxId: mailbox.id })
  await app.api.mailboxes.remove({ mailboxId: goods.mailboxId })
  return app.clock.now()
}

/** The newest moment that the dead process knew, epoch ms: the next one goes on from there. */
function lastMoment(file: string): number {
  const db = new Database(file, { readonly: true, fileMustExist: true })
  try {
    return Number(db.prepare('SELECT max(at) FROM events').pluck().get())
  } finally {
    db.close()
  }
}

async function runChild({
  order,
  kill,
  office,
  program,
}: {
  readonly order: Omit<KillOrder, 'kill'>
  readonly kill: Kill | null
  readonly office: PostOffice | null
  readonly program: string
}): Promise<boolean> {
  const own = kill !== null && 'at' in kill && isChildMoment(kill.at) ? kill : null
  const isLimited = kill !== null && 'fileBlocks' in kill
  const command = [process.execPath, program, JSON.stringify({ ...order, kill: own, diesWhenStuck: isLimited })]
  const [path = '', ...args] = isLimited ? withLimit(kill, command) : command
  const child = spawn(path, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: isLimited ? process.env : { ...process.env, NODE_COMPILE_CACHE: `${program}.cache` },
  })
  const die = (): void => void child.kill('SIGKILL')
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString()
  })
  if (kill !== null && 'afterMs' in kill) child.stdout.once('data', () => setTimeout(die, kill.afterMs))
  if (office !== null) {
    let hits = 0
    office.onMoment = (moment) => {
      if (kill === null || !('at' in kill) || kill.at !== moment) return
      hits += 1
      if (hits === kill.hit) die()
    }
  }
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (...end) => resolve(end))
  })
  if (signal === 'SIGKILL') return true
  if (code === 0) return false
  throw new Error(`the process ended with ${code ?? signal ?? 'nothing'}: ${complaint}`)
}

/** The shell sets the limit and becomes the process. */
function withLimit({ fileBlocks }: FullDisk, command: readonly string[]): string[] {
  return ['/bin/sh', '-c', 'ulimit -f "$0" && exec "$@"', String(fileBlocks), ...command]
}

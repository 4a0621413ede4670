/**
 * The process that crash tests kill: the whole engine on a real database with the real mailboxes. It dies where its order
 * says; without one it sends all it has and ends with 0.
 */
import fs from 'node:fs/promises'
import { writeSync } from 'node:fs'
import { flushCompileCache, syncBuiltinESMExports } from 'node:module'
import type { Engine } from '#electron/engine/engine'
import type { MailProvider } from '#electron/mailbox/mail-provider'
import { killRoom } from './kill-room.ts'
import type { SimulatedClock } from '#electron/platform/simulated-clock'
import type { PushedEvent } from '#shared/contract/events'
import { createKillEngine } from './kill-engine.ts'
import type { ChildMoment, KillOrder } from './kill-order.ts'

/** No queue of these tests takes longer; it says that the process hangs. */
const MOST_STEPS = 2_000
/** So many wake-ups without an end say that the disk is full, where that may be. */
const STUCK_STEPS = 200

const order = JSON.parse(process.argv[2] ?? '') as KillOrder
let hits = 0

function at(moment: ChildMoment): void {
  if (order.kill?.at !== moment) return
  hits += 1
  if (hits === order.kill.hit) process.kill(process.pid, 'SIGKILL')
}

/** Tells which commit was the last from what is published after it. */
function createCommitWatch() {
  const stages = new Map<number, number>()
  let hasLooked = false

  function publish(event: PushedEvent): void {
    if (event.type !== 'sends.moved') return
    if (event.status === 'processing') return at(stageOf(event.sendId))
    stages.delete(event.sendId)
    if (event.status === 'uncertain') return at('doubt committed')
    if (hasLooked) at('proof committed')
    else at(event.status === 'pending' ? 'putting back committed' : 'outcome committed')
    hasLooked = false
  }

  function stageOf(sendId: number): ChildMoment {
    const stage = stages.get(sendId) ?? 0
    stages.set(sendId, stage + 1)
    return (['claim committed', 'draft committed', 'sending committed'] as const)[stage] ?? 'sending committed'
  }

  return {
    publish,
    looked() {
      hasLooked = true
    },
  }
}

function fragile(provider: MailProvider, looked: () => void): MailProvider {
  return {
    ...provider,
    async createDraft(mail, signal) {
      at('before the draft')
      const draft = await provider.createDraft(mail, signal)
      at('after the draft')
      return draft
    },
    async sendDraft(draftId, mail, beforeFirstByte, signal) {
      at('before the send')
      const ask = (): boolean => {
        at('before the first byte')
        const may = beforeFirstByte()
        if (may) at('first byte allowed')
        return may
      }
      const answer = await provider.sendDraft(draftId, mail, ask, signal)
      at('after the answer')
      return answer
    },
    async findDraft(key, draftId, signal) {
      at('before the look')
      const fate = await provider.findDraft(key, draftId, signal)
      at('after the look')
      looked()
      return fate
    },
  }
}

/** The practice mailbox drafts and sends by renaming: dies right before the one and right after the other. */
function watchRenames(): void {
  const { rename } = fs
  fs.rename = async (from, to) => {
    if (String(from).endsWith('.eml.tmp')) at('draft half written')
    await rename(from, to)
    if (/[\\/]sent[\\/]/.test(String(to))) at('mail renamed')
  }
  syncBuiltinESMExports()
}

async function sendAll(engine: Engine, clock: SimulatedClock): Promise<void> {
  const { rooms } = engine
  const [mailbox] = rooms.mailboxes.list()
  for (let step = 0; step < (order.diesWhenStuck ? STUCK_STEPS : MOST_STEPS); step += 1) {
    await rooms.sender.idle()
    const { waiting, uncertain } = rooms.app.status()
    if (waiting === 0 && (uncertain === 0 || mailbox?.kind === 'smtp')) return
    await clock.next()
  }
  throw new Error('the queue does not come to an end')
}

async function run(): Promise<void> {
  const commits = createCommitWatch()
  watchRenames()
  const { engine, clock } = createKillEngine({
    dataFolder: order.dataFolder,
    startAt: order.startAt,
    mail: { ...killRoom, open: async (account, means) => fragile(await killRoom.open(account, means), commits.looked) },
    publish: commits.publish,
  })
  // A killed process leaves no compiled code behind for the next one unless told to.
  flushCompileCache()
  writeSync(1, 'begun\n')
  await engine.start()
  engine.rooms.app.resume()
  await sendAll(engine, clock)
  await engine.close()
}

function die(): void {
  process.kill(process.pid, 'SIGKILL')
}

// A delivery that waits for room keeps nothing else alive: without its clock the process would just end.
if (order.diesWhenStuck) {
  process.once('beforeExit', die)
  await run().catch(die)
  process.off('beforeExit', die)
} else {
  await run()
}

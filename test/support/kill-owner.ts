/**
 * One of several processes on one data folder. It says on its output what it has become and what it has done, a word a
 * line, and does what is written to its input: `take over`, `send`, `end`.
 */
import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { killRoom } from './kill-room.ts'
import { AppError } from '#shared/errors'
import { createKillEngine } from './kill-engine.ts'
import type { KillOrder } from './kill-order.ts'

const order = JSON.parse(process.argv[2] ?? '') as KillOrder
const say = (word: string): void => void writeSync(1, `${word}\n`)

const { engine, clock } = createKillEngine({
  ...order,
  mail: killRoom,
  publish: (event) => {
    if (event.type === 'sends.moved' && event.status === 'sent') say('sent')
  },
})

async function tried(work: () => Promise<void>): Promise<void> {
  try {
    await work()
    say(engine.role())
  } catch (error) {
    say(error instanceof AppError ? error.code : String(error))
  }
}

/** All that may go while this process is the owner. */
async function send(): Promise<void> {
  engine.rooms.app.resume()
  for (;;) {
    await engine.rooms.sender.idle()
    if (engine.rooms.app.status().waiting === 0) return say('done')
    await clock.next()
  }
}

await tried(() => engine.start())
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'take over') await tried(() => engine.takeOver())
  if (line === 'send') await send()
  if (line === 'end') break
}
await engine.close()

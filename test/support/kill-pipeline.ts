/**
 * A process that searches for leads and is killed at it: the whole engine on a real database, name servers that are played.
 * With people in its order it begins a search; without it goes on with the one that it finds. It ends with 0 when done.
 */
import { createFakeDns } from '#test/fakes/fake-dns'
import { createKillEngine } from './kill-engine.ts'
import { killRoom } from './kill-room.ts'

export interface PipelineOrder {
  readonly dataFolder: string
  readonly startAt: number
  /** CSV text of a new search. */
  readonly people: string | null
  /** Dies at this question to a name server, or at this fact about the search; null: never. */
  readonly kill: { readonly at: 'question' | 'moved'; readonly hit: number } | null
}

const order = JSON.parse(process.argv[2] ?? '') as PipelineOrder
let hits = 0

function at(moment: 'question' | 'moved'): void {
  if (order.kill?.at !== moment) return
  hits += 1
  if (hits === order.kill.hit) process.kill(process.pid, 'SIGKILL')
}

let changed = Promise.withResolvers<void>()

const dns = createFakeDns()
dns.onAsk = () => at('question')

const { engine } = createKillEngine({
  dataFolder: order.dataFolder,
  startAt: order.startAt,
  mail: killRoom,
  dns,
  publish(event) {
    if (event.type !== 'pipeline.moved') return
    at('moved')
    const before = changed
    changed = Promise.withResolvers()
    before.resolve()
  },
})

async function ended(runId: number): Promise<void> {
  for (;;) {
    const next = changed.promise
    if (!engine.rooms.pipeline.get(runId).steps.some(({ state }) => state === 'running')) return
    await next
  }
}

await engine.start()
const { pipeline } = engine.rooms
const { runId } = order.people === null ? (pipeline.list()[0] ?? { runId: 0 }) : pipeline.create('Killed')
if (order.people !== null) {
  pipeline.addInput(runId, 'people', { text: order.people, name: 'people.csv' })
  pipeline.run({ runId, step: 'find_contacts', mode: 'again' })
}
await ended(runId)
const [, , check] = pipeline.get(runId).steps
if (check?.state === 'waiting') {
  pipeline.run({ runId, step: 'check_addresses', mode: 'again' })
  await ended(runId)
}
await engine.close()

/** A process that dies in the middle of changing, or of taking back, the tags of all leads: after the first piece. */
import { createKillEngine } from './kill-engine.ts'
import { killRoom } from './kill-room.ts'

export interface BulkOrder {
  readonly dataFolder: string
  readonly startAt: number
  readonly dieIn: 'change' | 'undo'
}

const order = JSON.parse(process.argv[2] ?? '') as BulkOrder
const { engine } = createKillEngine({ ...order, mail: killRoom, publish: () => {} })
const everybody = { search: '', review: null, tag: null, listId: null, written: null } as const

await engine.start()
await engine.rooms.leads.close()
// The first piece is on disk when the call returns; the others would follow.
const change = engine.rooms.leads.tag({ by: 'filter', except: [], filter: everybody }, { add: ['fair'], remove: [] })
if (order.dieIn === 'change') process.kill(process.pid, 'SIGKILL')
const { undoId } = await change
if (undoId === null) throw new Error('nothing was changed')
await engine.rooms.leads.close()
void engine.rooms.leads.undo(undoId)
process.kill(process.pid, 'SIGKILL')

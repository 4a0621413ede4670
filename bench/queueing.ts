import { join } from 'node:path'
import type { Case } from './figures.ts'
import { addLeads, scheduleAll, startStocked } from './ground.ts'
import { collectGarbage, median, timeOf } from './measure.ts'

/** "Dispatch all": every mail rendered, keyed and stored with its event, in one transaction. */
export const queueing: Case = {
  title: 'Queueing',
  async run({ folder, isQuick }) {
    const dataFolder = join(folder, 'queueing')
    await using app = await startStocked(dataFolder, 0)
    const times: number[] = []
    for (let round = 0; round < (isQuick ? 1 : 5); round += 1) {
      const listId = addLeads(dataFolder, 10_000)
      collectGarbage()
      times.push(await timeOf(() => scheduleAll(app, { listId, key: `round ${round}` })))
    }
    const aim = { is: 'below', value: 1_000 } as const
    return { figures: [{ name: '10,000 sends queued', value: median(times), unit: 'ms', aim }] }
  },
}

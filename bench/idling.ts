import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { HOUR_MS } from '#shared/domain/pacing'
import type { TestEngine } from '#test/support/start-test-engine'
import type { Case } from './figures.ts'
import { scheduleAll, startStocked } from './ground.ts'

const HOURS = 10

/** How often the engine's clock wakes it while nothing is due: the safety tick of 15 minutes and the daily copy. */
export const idling: Case = {
  title: 'Wake-ups while nothing is due',
  async run({ folder }) {
    const dataFolder = join(folder, 'idling')
    mkdirSync(dataFolder)
    await using app = await startStocked(dataFolder, 100)
    const empty = await wakeUpsOf(app)
    scheduleAll(app, { listId: null, key: 'tomorrow' })
    const waiting = await wakeUpsOf(app)
    const aim = { is: 'below', value: 1 } as const
    return {
      figures: [
        { name: 'wake-ups, empty queue', value: empty, unit: 'a minute', aim },
        { name: 'wake-ups, 100 sends waiting for tomorrow', value: waiting, unit: 'a minute', aim },
      ],
      notes: [`counted over ${HOURS} simulated hours, each wake-up of the clock that the whole engine shares.`],
    }
  },
}

/** Per simulated minute. */
async function wakeUpsOf(app: TestEngine): Promise<number> {
  let settled = 0
  await app.clock.advance(HOURS * HOUR_MS, async () => {
    settled += 1
    await app.engine.rooms.sender.idle()
  })
  // The last one is the end of the time, not a wake-up.
  return (settled - 1) / (HOURS * 60)
}

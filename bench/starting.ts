import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { buildPage } from '#electron/page-build'
import type { Case, Figure } from './figures.ts'
import { leadsFolder } from './leads.ts'
import { median } from './measure.ts'
import { startServer } from './server.ts'

/** What runs right after a start is over by then, ms. */
const SETTLE_MS = 2_000

/** The browser host as `npm start` runs it, on the database of the case before: start, memory, and what idling costs. */
export const starting: Case = {
  title: 'Starting and idling with that database',
  async run({ folder, isQuick }) {
    if (!existsSync(leadsFolder(folder))) return skipped('the case with 100,000 leads did not run')
    try {
      await buildPage({ isDesktopToo: false })
    } catch (error) {
      return skipped(`the page could not be built: ${error instanceof Error ? error.message : String(error)}`)
    }
    const starts: number[] = []
    const memory: number[] = []
    const idle: Figure[] = []
    const rounds = isQuick ? 1 : 5
    for (let round = 0; round < rounds; round += 1) {
      await using server = await startServer(leadsFolder(folder))
      starts.push(server.readyMs)
      const megabytes = server.memoryMb()
      if (megabytes !== null) memory.push(megabytes)
      if (round === rounds - 1) idle.push(...(await idleCpu(server, isQuick ? 3_000 : 15_000)))
    }
    return {
      figures: [
        { name: 'from the start of the process to ready', value: median(starts), unit: 'ms' },
        ...(memory.length > 0 ? [{ name: 'memory then', value: median(memory), unit: 'MB' } as const] : []),
        ...idle,
      ],
      notes: memory.length > 0 ? [] : ['memory and CPU time are read from /proc, which this system does not have.'],
    }
  },
}

async function idleCpu(server: { cpuMs(): number | null }, forMs: number): Promise<Figure[]> {
  await sleep(SETTLE_MS)
  const from = performance.now()
  const before = server.cpuMs()
  await sleep(forMs)
  const after = server.cpuMs()
  if (before === null || after === null) return []
  const perMinute = ((after - before) * 60_000) / (performance.now() - from)
  return [{ name: 'CPU time while idle, mail waiting for tomorrow', value: perMinute, unit: 'ms a minute' }]
}

function skipped(reason: string) {
  return { figures: [], notes: [`skipped: ${reason}`] }
}

import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { buildPage } from '#electron/page-build'
import { launchBrowser } from '#test/support/browser'
import type { Case, Figure } from './figures.ts'
import { leadsFolder } from './leads.ts'
import { median } from './measure.ts'
import { changePage, scroll, search } from './page-work.ts'
import { startServer } from './server.ts'

const PAGES = ['Leads', 'Dispatch', 'Campaigns', 'Queue', 'Templates', 'Mailboxes', 'Activity', 'Insights', 'Settings']
/** Each finds another number of leads than the one before, so that every one of them has an answer to wait for. */
const SEARCHES = ['l', 'li', 'k', 'kh', 'b', 'be', 'g', 'gr']
/** A page that was just opened still reads ahead, ms. */
const SETTLE_MS = 2_000

/** The window itself, in a real Chromium on the web host, with the leads and the queue of the cases before. */
export const page: Case = {
  title: 'The window with 100,000 leads and 5,000 queued mails',
  async run({ folder, isQuick }) {
    if (!existsSync(leadsFolder(folder))) return skipped('the case with 100,000 leads did not run')
    const browser = await launchBrowser().catch((error: unknown) =>
      error instanceof Error ? error.message : 'no reason',
    )
    if (typeof browser === 'string') return skipped(`no Chromium could be started: ${browser}`)
    try {
      await buildPage({ isDesktopToo: false })
      return { figures: await measured(browser, { folder: leadsFolder(folder), isQuick }), notes: NOTES }
    } finally {
      await browser.close()
    }
  },
}

const NOTES = [
  'a page counts as changed when nothing on it is still loading; each was opened once before, as a rep has by noon.',
  'a search is timed from the letter to the list that answers it. A frame is dropped when it comes more than half a frame late.',
  'no graphics card: Chromium draws in software here, so dropped frames are more than on a desk.',
]

async function measured(
  browser: Browser,
  { folder, isQuick }: { folder: string; isQuick: boolean },
): Promise<Figure[]> {
  await using server = await startServer(folder)
  const window = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  const from = performance.now()
  await window.goto(server.url)
  await window.getByRole('grid', { name: 'Leads' }).getByRole('row').nth(1).waitFor()
  const firstScreen = performance.now() - from
  const devtools = await window.context().newCDPSession(window)
  const changes = await pageChanges(window, isQuick ? 2 : 7)
  await window.evaluate(changePage, 'Leads')
  const searches = await searchTimes(window, isQuick ? 1 : 5)
  const gaps = await window.evaluate(scroll, { step: 90, frames: isQuick ? 60 : 300 })
  return [
    { name: 'from opening the address to the first leads', value: firstScreen, unit: 'ms', aim: below(1_000) },
    ...changes,
    { name: 'a letter in the search', value: median(searches), unit: 'ms', aim: below(50) },
    { name: 'the slowest letter in the search', value: Math.max(...searches), unit: 'ms', aim: below(50) },
    ...frameFigures(gaps),
    ...(await restFigures(devtools, isQuick ? 3_000 : 15_000)),
    ...memoryOf(server.memoryMb()),
  ]
}

function below(value: number) {
  return { is: 'below', value } as const
}

/** Each page was opened before, so that its program is there. */
async function pageChanges(window: Page, rounds: number): Promise<Figure[]> {
  const times = new Map<string, number[]>(PAGES.map((name) => [name, []]))
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of PAGES) {
      const took = await window.evaluate(changePage, name)
      if (round > 0) times.get(name)?.push(took)
    }
  }
  const figures = PAGES.map((name): Figure => {
    return { name: `  to ${name}`, value: median(times.get(name) ?? []), unit: 'ms', aim: below(100) }
  })
  const slowest = Math.max(...figures.map(({ value }) => value))
  return [{ name: 'the slowest change of page', value: slowest, unit: 'ms', aim: below(100) }, ...figures]
}

async function searchTimes(window: Page, rounds: number): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    for (const text of SEARCHES) times.push(await window.evaluate(search, text))
    await window.evaluate(search, '')
  }
  return times
}

function frameFigures(gaps: readonly number[]): Figure[] {
  const usual = median(gaps)
  const late = gaps.filter((gap) => gap > usual * 1.5)
  return [
    { name: 'frames dropped while scrolling', value: (late.length / gaps.length) * 100, unit: '%' },
    { name: 'a frame while scrolling', value: usual, unit: 'ms' },
    { name: 'the slowest frame while scrolling', value: Math.max(...gaps), unit: 'ms' },
  ]
}

/** What the page costs while nobody touches it, and the memory of its program. */
async function restFigures(devtools: CDPSession, forMs: number): Promise<Figure[]> {
  await devtools.send('Performance.enable')
  const metric = async (name: string): Promise<number> => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    return metrics.find((each) => each.name === name)?.value ?? Number.NaN
  }
  await sleep(SETTLE_MS)
  const before = await metric('TaskDuration')
  await sleep(forMs)
  const busySeconds = (await metric('TaskDuration')) - before
  await devtools.send('HeapProfiler.collectGarbage')
  return [
    { name: 'work of the page while idle', value: (busySeconds * 1_000 * 60_000) / forMs, unit: 'ms a minute' },
    { name: 'memory of the page', value: (await metric('JSHeapUsedSize')) / 1_048_576, unit: 'MB' },
  ]
}

function memoryOf(megabytes: number | null): Figure[] {
  return megabytes === null ? [] : [{ name: 'memory of the sender then', value: megabytes, unit: 'MB' }]
}

function skipped(reason: string) {
  return { figures: [], notes: [`skipped: ${reason}`] }
}

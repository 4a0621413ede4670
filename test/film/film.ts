/**
 * `npm run film`: plays Monday morning on the practice mailbox in a real Chromium and writes the animated picture of the
 * README and its last picture, for those who asked their system for less motion.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Locator, Page } from 'playwright-core'
import { createHandlers } from '#electron/api/handlers'
import { buildPage } from '#electron/page-build'
import type { PacemailClient } from '#shared/contract/index'
import { launchBrowser } from '#test/support/browser'
import { type ServedApp, serveForTest } from '#test/support/serve-for-test'
import { createTestRandom } from '#test/support/start-test-engine'
import { type Camera, createCamera } from './camera.ts'

const MINUTE = 60_000
const SIZE = { width: 960, height: 600 }

const PEOPLE = [
  'Ada,Berg,Nordlicht Optik,Head of Purchasing',
  'Bea,Cole,Harbor Tools,Owner',
  'Carl,Dorn,Feinwerk Dorn,Managing Director',
  'Dina,Elm,Elm & Sons,Operations',
  'Dina,Elm,Elm & Sons,Operations',
  'Emil,Fox,Foxglove Prints,Founder',
  'Gwen,Hart,Hartmann Bikes,Head of Service',
  'Ivo,Jansen,Jansen Kegs,Plant Manager',
]
const FILE = [
  'First name,Last name,Company,Title,Email',
  ...PEOPLE.map((person) => {
    const [first = '', last = '', company = ''] = person.toLowerCase().split(',')
    return `${person},${first}.${last}@${company.replaceAll(/\W/g, '')}.example`
  }),
  'Kim,Lind,Lindhof,Sales,no address',
].join('\n')

async function main(): Promise<void> {
  await buildPage({ isDesktopToo: false })
  await using app = await serveForTest({ random: createTestRandom(7) })
  await furnish(app)
  const browser = await launchBrowser()
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: SIZE.width / 1280,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'UTC',
  })
  const page = await context.newPage()
  await page.clock.setFixedTime(app.clock.now())
  await app.prepare(page)
  await page.goto(app.url)
  const camera = createCamera(page, SIZE)
  const scene = { app, page, camera }
  await importFile(scene)
  await review(scene)
  await dispatch(scene)
  await watch(scene)
  const film = await camera.develop()
  writeFileSync(docs('film.gif'), film)
  await page.screenshot({ path: docs('film-still.png') })
  process.stdout.write(`docs/film.gif: ${Math.round(film.length / 1_000)} kB\n`)
  await browser.close()
}

interface Scene {
  readonly app: ServedApp
  readonly page: Page
  readonly camera: Camera
}

const VERDICTS = ['Approve', 'Approve', 'Approve', 'Reject', 'Approve', 'Approve', 'Approve']

/** The samples of last week, and a template for those whom the rep met since. */
async function furnish(app: ServedApp): Promise<void> {
  const api = createHandlers(app.engine) as unknown as PacemailClient
  await api.app.addSamples({})
  const body =
    'Hi {{firstName}},\n\nit was good to meet you at the fair on Thursday. You said that {{company}} answers every request by hand. May I show you in fifteen minutes how others do it in five?\n\nBest wishes'
  const content = { subject: 'After the fair, {{firstName}}', body, format: 'plain' as const }
  await api.templates.save({ templateId: null, name: 'After the fair', content })
}

async function importFile({ page, camera }: Scene): Promise<void> {
  await page.getByRole('grid', { name: 'Leads' }).getByText('Frieda Anders').waitFor()
  await camera.hold(1_500)
  await camera.press(page.getByRole('link', { name: 'Import', exact: true }))
  const choose = button(page, 'Choose a file')
  await choose.waitFor()
  const asking = page.waitForEvent('filechooser')
  await camera.press(choose)
  await (await asking).setFiles({ name: 'From the fair.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) })
  await button(page, 'Check all rows').waitFor()
  await camera.hold(1_800)
  await camera.press(button(page, 'Check all rows'))
  await page.getByRole('row').filter({ hasText: 'no address' }).waitFor()
  await camera.hold(2_600)
  await camera.press(button(page, 'Go on with 7 leads'))
  await button(page, 'Import 7 leads').waitFor()
  await camera.hold(1_000)
  await camera.press(button(page, 'Import 7 leads'))
  await page.getByText('7 leads added').waitFor()
  await camera.press(button(page, 'Review these leads'))
  await page.getByRole('grid', { name: 'Leads' }).getByText('Ada Berg').waitFor()
}

async function review({ page, camera }: Scene): Promise<void> {
  await camera.hold(900)
  await camera.press(button(page, 'Review with mails'))
  const desk = page.getByRole('region', { name: 'Review' })
  await desk.getByRole('combobox', { name: 'Template' }).waitFor()
  let pointedAt = ''
  for (const [index, verdict] of VERDICTS.entries()) {
    await desk.getByText(`${index + 1} of 7`).waitFor()
    await desk.getByText(/^Hi /).waitFor()
    await camera.hold(index === 0 ? 2_200 : 450)
    // Where the pointer stands already, one press after the other.
    await (verdict === pointedAt ? button(desk, verdict).click() : camera.press(button(desk, verdict)))
    pointedAt = verdict
  }
  await button(page, /^Approved\s*6$/).waitFor()
}

async function dispatch({ page, camera }: Scene): Promise<void> {
  await camera.press(page.getByRole('navigation').getByRole('link', { name: 'Dispatch' }))
  await button(page, 'Dispatch all (6)').waitFor()
  await page.getByRole('region', { name: 'Preview' }).getByText('it was good to meet you').waitFor()
  await camera.hold(3_000)
  await camera.press(button(page, 'Dispatch all (6)'))
  await page
    .getByText(/^Queued \(\d\/6 sent\)$/)
    .first()
    .waitFor()
  await camera.hold(1_800)
}

/** The first ones have gone; the others stand in the day. */
async function watch({ app, page, camera }: Scene): Promise<void> {
  await app.run(12 * MINUTE)
  await page.clock.setFixedTime(app.clock.now())
  await camera.press(page.getByRole('navigation').getByRole('link', { name: 'Queue' }))
  await page.getByRole('grid', { name: 'Waiting' }).getByRole('row').nth(1).waitFor()
  await page.getByRole('region', { name: 'Today, by mailbox' }).getByRole('button').first().waitFor()
  await camera.hold(4_000)
}

function button(place: Page | Locator, name: string | RegExp): Locator {
  return typeof name === 'string'
    ? place.getByRole('button', { name, exact: true })
    : place.getByRole('button', { name })
}

function docs(name: string): string {
  return fileURLToPath(new URL(`../../docs/${name}`, import.meta.url))
}

await main()

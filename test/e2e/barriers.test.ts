import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findBarriers } from '#test/support/axe'
import { launchBrowser, openPage } from '#test/support/browser'
import { serveForTest } from '#test/support/serve-for-test'
import { MONDAY_9 } from '#test/support/start-test-engine'

const PAGES = [
  'leads',
  'leads/import',
  'leads/find',
  'dispatch',
  'campaigns',
  'campaigns/new',
  'queue',
  'answers',
  'templates',
  'mailboxes',
  'activity',
  'insights',
  'settings',
]

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
})

test.for(['light', 'dark'] as const)('axe finds no barrier on any page, %s', async (scheme) => {
  await using app = await serveForTest()
  const { page, problems } = await openPage(browser, { url: app.url, scheme, now: MONDAY_9 })
  await page.getByRole('button', { name: 'Try it with sample leads' }).waitFor()
  const barriers = { start: await findBarriers(page) } as Record<string, string[]>

  await page.getByRole('button', { name: 'Try it with sample leads' }).click()
  await page.getByRole('grid', { name: 'Leads' }).getByText('Frieda Anders').waitFor()
  const { rows } = app.engine.rooms.leads.list({ filter: EVERYBODY, sort: 'oldest', offset: 0, limit: 60 })
  await app.engine.rooms.leads.review({ by: 'ids', ids: rows.slice(0, 20).map((lead) => lead.id) }, 'approved')
  for (const name of PAGES) {
    await page.goto(`${page.url().split('#')[0]}#/${name}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    // Looked at while it is still loading, and when it stands.
    const early = await findBarriers(page)
    await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
    barriers[name] = [...early, ...(await findBarriers(page))]
  }

  expect(Object.fromEntries(Object.entries(barriers).filter(([, found]) => found.length > 0))).toEqual({})
  expect(problems).toEqual([])
  await page.context().close()
})

const EVERYBODY = { search: '', review: null, tag: null, listId: null, written: null }

/** What journeys through the page have in common. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { createHandlers } from '#electron/api/handlers'
import { launchBrowser, type Look, openPage, type WatchedPage } from './browser.ts'
import type { ServedApp } from './serve-for-test.ts'
import type { TestEngine } from './start-test-engine.ts'

/** No lead is filtered away. */
export const EVERYBODY = { search: '', review: null, tag: null, listId: null, written: null }

/**
 * A browser for all tests of a file; the answer opens an app in it. The page's clock stands at the engine's start, so that
 * "today" is the same day in both. A test fails when one of its pages had a problem, whether it asks for them or not.
 */
export function browserOfFile(): (app: ServedApp, look?: Look) => Promise<WatchedPage> {
  let browser: Browser
  const opened: WatchedPage[] = []
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser.close()
  })
  afterEach(() => {
    expect(opened.splice(0).flatMap(({ problems }) => problems)).toEqual([])
  })
  return async (app, look = {}) => {
    const watched = await openPage(browser, { url: app.url, prepare: app.prepare, now: app.clock.now(), ...look })
    opened.push(watched)
    return watched
  }
}

/** To a page of the navigation. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

/** To an address within the app, such as `templates?template=new`. */
export async function visit(page: Page, address: string): Promise<void> {
  await page.goto(`${page.url().split('#')[0]}#/${address}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

/** From the first page to the sample leads. */
export async function startWithSamples(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try it with sample leads' }).click()
  await page.getByRole('grid', { name: 'Leads' }).getByText('Frieda Anders').waitFor()
}

/** The leads that came first are approved. */
export async function approveFirst(app: ServedApp, count: number): Promise<void> {
  const { leads } = app.engine.rooms
  const { rows } = leads.list({ filter: EVERYBODY, sort: 'oldest', offset: 0, limit: count })
  await leads.review({ by: 'ids', ids: rows.map((lead) => lead.id) }, 'approved')
}

/** The API without the page in between, as `stock` wants it. */
export function asTestEngine(app: ServedApp): TestEngine {
  return { ...app, api: createHandlers(app.engine) } as unknown as TestEngine
}

/** What the first moments of the page do with a rep who does not wait for it. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser, openPage } from '#test/support/browser'
import { asTestEngine } from '#test/support/journey'
import { serveForTest } from '#test/support/serve-for-test'

let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

/** What the host answers, and the code of one page, come only when they are let go. */
async function hold(page: Page, file: string): Promise<{ letAnswersCome: () => void; letFileCome: () => void }> {
  const host = Promise.withResolvers<void>()
  const code = Promise.withResolvers<void>()
  await page.routeWebSocket(/\/socket$/, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((frame) => {
      const isAnswer = String(frame).includes('"type":"reply"')
      void (isAnswer ? host.promise : Promise.resolve()).then(() => socket.send(frame))
    })
  })
  await page.route(`**/assets/${file}-*.js`, async (route) => {
    await code.promise
    await route.continue()
  })
  return { letAnswersCome: host.resolve, letFileCome: code.resolve }
}

test('a page that is chosen before the first answer came stays chosen', async () => {
  await using app = await serveForTest()
  await asTestEngine(app).api.app.addSamples({})
  const held = Promise.withResolvers<Awaited<ReturnType<typeof hold>>>()
  const prepare = async (page: Page): Promise<void> => held.resolve(await hold(page, 'SettingsPage'))
  const { page, problems } = await openPage(browser, { url: app.url, now: app.clock.now(), prepare })
  const { letAnswersCome, letFileCome } = await held.promise
  await page.getByRole('navigation').getByRole('link', { name: 'Leads' }).waitFor()
  const asked = page.waitForRequest(/SettingsPage/)
  await page.evaluate(() => {
    globalThis.location.hash = '#/settings'
  })
  await asked
  letAnswersCome()
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
  letFileCome()
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
  expect(page.url()).toContain('#/settings')
  expect(problems).toEqual([])
  await page.context().close()
})

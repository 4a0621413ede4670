import { expect, test } from 'vitest'
import { approveFirst, asTestEngine, browserOfFile, EVERYBODY, startWithSamples, visit } from '#test/support/journey'
import { serveForTest, type ServedApp } from '#test/support/serve-for-test'

const PAGES = [
  'leads',
  'leads/import',
  'leads/find',
  'leads/moving-in',
  'dispatch',
  'campaigns',
  'campaigns/new',
  'queue',
  'answers',
  'templates?template=new',
  'mailboxes',
  'activity',
  'insights',
  'settings',
]

const open = browserOfFile()

test('at a zoom of 200 % no page has to be scrolled sideways, and all pages are in reach', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { isStill: true })
  await startWithSamples(page)
  await approveFirst(app, 20)
  await queueAll(app)
  // What a laptop of 1280 × 800 has left.
  await page.setViewportSize({ width: 640, height: 400 })
  const wide: Record<string, number> = {}
  for (const name of PAGES) {
    await visit(page, name)
    await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    if (sideways > 0) wide[name] = sideways
  }
  expect(wide).toEqual({})

  await page.getByRole('button', { name: 'Navigation' }).click()
  await page.getByRole('navigation').getByRole('link', { name: 'Queue' }).click()
  await page.getByRole('heading', { level: 1, name: 'Queue' }).waitFor()
  expect(problems).toEqual([])
  await page.context().close()
})

/** So that the strip has its longest words. */
async function queueAll(app: ServedApp): Promise<void> {
  const { api } = asTestEngine(app)
  const [template] = await api.templates.list({})
  const [mailbox] = await api.mailboxes.list({})
  await api.dispatch.queue({
    selection: { by: 'filter', filter: { ...EVERYBODY, review: 'approved' }, except: [] },
    templateId: template!.id,
    mailboxId: mailbox!.id,
    at: null,
    priority: 1,
    useLeadZone: false,
    requestKey: 'once',
    acceptsFailedChecks: true,
  })
}

test('nothing moves where the system asks for less motion', async () => {
  await using app = await serveForTest()
  const { page } = await open(app, { isStill: true })
  await startWithSamples(page)
  await page.keyboard.press('Shift+?')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  const longest = await page.evaluate(() =>
    Math.max(
      0,
      ...document.getAnimations().map((each) => Number(each.effect?.getComputedTiming().duration ?? 0)),
      ...Array.from(document.querySelectorAll('*')).map(
        (element) => parseFloat(getComputedStyle(element).transitionDuration) * 1_000,
      ),
    ),
  )
  expect(longest).toBeLessThan(1)
  await page.context().close()
})

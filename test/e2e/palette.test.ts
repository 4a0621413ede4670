import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { findBarriers } from '#test/support/axe'
import { browserOfFile, startWithSamples } from '#test/support/journey'
import { serveForTest } from '#test/support/serve-for-test'

const open = browserOfFile()

test.for(['light', 'dark'] as const)('everything is reached by typing, from everywhere, %s', async (scheme) => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { scheme, isStill: true })
  await startWithSamples(page)

  await page.getByRole('searchbox', { name: 'Search leads' }).focus()
  await page.keyboard.press('Control+k')
  await page.getByRole('option', { name: /^Leads/ }).waitFor()
  expect(await findBarriers(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await focused(page)).toBe('Search leads')

  // What is typed at once is for the palette, although the page has a key for each of these letters.
  await page.keyboard.press('Control+k')
  await page.keyboard.type('noor')
  await page.getByRole('option', { name: /^Noor Rahimi/ }).waitFor()
  expect(await findBarriers(page)).toEqual([])
  await page.keyboard.press('Enter')
  await page.getByRole('complementary', { name: 'Lead' }).getByText('Noor Rahimi').waitFor()
  expect(await isLost(page)).toBe(false)

  await page.keyboard.press('Control+k')
  await page.keyboard.type('first hello')
  await page.getByRole('option', { name: /^First hello/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Templates' }).waitFor()
  await page.getByRole('textbox', { name: 'Subject' }).waitFor()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('stop')
  await page.keyboard.press('Enter')
  await page.getByText('Everything is paused.').waitFor()
  expect(app.engine.rooms.app.isPaused()).toBe(true)
  expect(problems).toEqual([])
  await page.context().close()
})

test('the arrows go round through all groups, and the field says which line they stand on', async () => {
  await using app = await serveForTest()
  const { page } = await open(app, { isStill: true })
  await startWithSamples(page)
  await page.getByRole('button', { name: 'Go to, do or find' }).click()
  await page.getByRole('option', { name: /^Leads/ }).waitFor()
  expect(await active(page)).toMatch(/^Leads/)
  await page.keyboard.press('ArrowUp')
  expect(await active(page)).toMatch(/^Colours like the system/)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  expect(await active(page)).toMatch(/^Dispatch/)
  await page.keyboard.type('zzzz')
  await page.getByText('Nothing has all of these words.').waitFor()
  await page.context().close()
})

test('it does not open over a dialog, whose text would be lost', async () => {
  await using app = await serveForTest()
  const { page } = await open(app, { isStill: true })
  await startWithSamples(page)
  await page.keyboard.press('Shift+?')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Go to, do or find anything').waitFor()
  await page.keyboard.press('Control+k')
  expect(await page.getByRole('dialog').count()).toBe(1)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.context().close()
})

test('a page that takes what had the focus with it has the focus itself', async () => {
  await using app = await serveForTest()
  const { page } = await open(app, { isStill: true })
  await startWithSamples(page)
  await page.getByRole('grid', { name: 'Leads' }).focus()
  await page.keyboard.press('g')
  await page.keyboard.press('q')
  await page.getByRole('heading', { level: 1, name: 'Queue' }).waitFor()
  await page.waitForFunction(() => document.activeElement?.id === 'main')
  expect(await isLost(page)).toBe(false)
  await page.context().close()
})

test('a button that was busy has the focus again, and what is dealt with leaves it to the page', async () => {
  await using app = await serveForTest()
  const { page } = await open(app, { isStill: true })
  await startWithSamples(page)
  await page.getByRole('button', { name: 'Pause', exact: true }).press('Enter')
  const resume = page.getByRole('button', { name: 'Resume' })
  await resume.and(page.locator(':focus')).waitFor()
  await page.getByRole('button', { name: 'Columns' }).press('Enter')
  await page.getByRole('checkbox', { name: 'Tags' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('searchbox', { name: 'Search leads' }).fill('frieda')
  await page.getByRole('button', { name: 'Show all' }).press('Enter')
  await page.getByRole('button', { name: 'Show all' }).waitFor({ state: 'detached' })
  await page.locator('#main:focus').waitFor()
  expect(await isLost(page)).toBe(false)
  await page.context().close()
})

/** The name of what has the focus. */
async function focused(page: Page): Promise<string | null> {
  return page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null)
}

async function isLost(page: Page): Promise<boolean> {
  return page.evaluate(() => document.activeElement === null || document.activeElement === document.body)
}

/** The line that the field tells of. */
async function active(page: Page): Promise<string> {
  return page.evaluate(() => {
    const id = document.activeElement?.getAttribute('aria-activedescendant') ?? ''
    return document.getElementById(id)?.textContent ?? ''
  })
}

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { findBarriers } from '#test/support/axe'
import { browserOfFile, startWithSamples } from '#test/support/journey'
import { serveForTest } from '#test/support/serve-for-test'

const open = browserOfFile()

test('the columns are chosen, stay chosen, and go where there is no room for them', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { isStill: true })
  await startWithSamples(page)
  await press(page, 'Columns')
  await page.getByRole('checkbox', { name: 'Tags' }).press('Space')
  await page.getByRole('checkbox', { name: 'Where from' }).press('Space')
  expect(await findBarriers(page)).toEqual([])
  await page.keyboard.press('Escape')
  const wanted = ['Name', 'Company', 'Email', 'Review', 'Newest mail', 'Added ↓', 'Where from']
  expect(await heads(page)).toEqual(wanted)

  await page.reload()
  await page.getByRole('grid', { name: 'Leads' }).getByText('Frieda Anders').waitFor()
  expect(await heads(page)).toEqual(wanted)
  await page.setViewportSize({ width: 900, height: 800 })
  await page.getByRole('columnheader', { name: 'Where from' }).waitFor({ state: 'detached' })
  expect(await heads(page)).toEqual(['Name', 'Email', 'Review', 'Newest mail'])
  expect(problems).toEqual([])
  await page.context().close()
})

test('a filter is kept under a name, shown again with two presses, and forgotten', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { isStill: true })
  await startWithSamples(page)
  await page.keyboard.press('/')
  await page.keyboard.type('harbor')
  await page.getByRole('grid', { name: 'Leads' }).getByText('Frieda Anders').waitFor({ state: 'detached' })
  await press(page, 'Saved filters')
  await page.getByRole('textbox', { name: 'Save what is shown as' }).fill('By the sea')
  await page.keyboard.press('Enter')
  const list = page.getByRole('list', { name: 'Saved filters' })
  await list.getByRole('button', { name: 'By the sea', exact: true }).waitFor()
  expect(await findBarriers(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Show all' }).click()
  await page.getByRole('grid', { name: 'Leads' }).getByText('Frieda Anders').waitFor()

  await page.reload()
  await press(page, 'Saved filters')
  await list.getByRole('button', { name: 'By the sea', exact: true }).press('Enter')
  await page.getByRole('grid', { name: 'Leads' }).getByText('Frieda Anders').waitFor({ state: 'detached' })
  expect(await page.getByRole('searchbox', { name: 'Search leads' }).inputValue()).toBe('harbor')
  await press(page, 'Saved filters: By the sea')
  await page.getByRole('button', { name: 'Forget “By the sea”' }).press('Enter')
  await page.getByText('Nothing saved yet.').waitFor()
  expect(app.engine.rooms.leadFilters.list()).toEqual([])
  expect(problems).toEqual([])
  await page.context().close()
})

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).press('Enter')
}

async function heads(page: Page): Promise<string[]> {
  return (await page.getByRole('columnheader').allTextContents()).slice(1)
}

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
  // The focus goes to the list once that is open; a key pressed before would be another button's.
  await list.locator('button:focus').waitFor()
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

test('a lead is typed over in its row: Enter saves, Escape leaves it, a wrong address is said, and it can be undone', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { isStill: true })
  await startWithSamples(page)
  const table = page.getByRole('grid', { name: 'Leads' })
  await table.focus()
  await page.keyboard.press('F2')
  const row = table.getByRole('row', { name: 'Change Frieda Anders' })
  await page.keyboard.type('Friederike')
  expect(await findBarriers(page)).toEqual([])
  await row.getByRole('textbox', { name: 'Email address' }).fill('not an address')
  await page.keyboard.press('Enter')
  await row.getByRole('alert').waitFor()
  await row.getByRole('textbox', { name: 'Email address' }).fill('fa@falkenried.example')
  await page.keyboard.press('Enter')
  await table.getByText('Friederike Anders').waitFor()
  await table.getByText('fa@falkenried.example').waitFor()
  expect(await focusIsOnTable(page)).toBe(true)
  await page.keyboard.press('Control+z')
  await table.getByText('Frieda Anders').waitFor()

  await page.getByRole('button', { name: 'Change Frieda Anders here' }).click()
  await row.getByRole('textbox', { name: 'Company' }).fill('Somewhere else')
  await page.keyboard.press('Escape')
  await table.locator('#lead-row-0').getByText('Falkenried Messtechnik').waitFor()
  expect(await focusIsOnTable(page)).toBe(true)
  expect(problems).toEqual([])
  await page.context().close()
})

test('what is being typed into a row stays while the table is scrolled', async () => {
  await using app = await serveForTest()
  const { page } = await open(app, { isStill: true })
  await startWithSamples(page)
  const table = page.getByRole('grid', { name: 'Leads' })
  await table.focus()
  await page.keyboard.press('F2')
  await page.keyboard.type('Friederike')
  await table.evaluate((element) => element.scrollTo(0, element.scrollHeight))
  await table.getByText('Ava Lindqvist').waitFor()
  await table.evaluate((element) => element.scrollTo(0, 0))
  expect(await page.getByRole('textbox', { name: 'First name' }).inputValue()).toBe('Friederike')
  await page.context().close()
})

async function focusIsOnTable(page: Page): Promise<boolean> {
  return page.evaluate(() => document.activeElement?.getAttribute('role') === 'grid')
}

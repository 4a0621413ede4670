import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { findBarriers } from '#test/support/axe'
import { browserOfFile, goTo, startWithSamples, visit } from '#test/support/journey'
import { serveForTest } from '#test/support/serve-for-test'

const open = browserOfFile()
const CSV = 'email,first name\nann@corp.example,Ann\nbob@corp.example,Bob\n'

/** As a file that is held over the page, and let go there. */
async function hold(page: Page, ...names: readonly string[]): Promise<{ letGo: (at?: string) => Promise<void> }> {
  const dataTransfer = await page.evaluateHandle(
    ([given, text]) => {
      const held = new DataTransfer()
      for (const name of given) held.items.add(new File([text], name))
      return held
    },
    [names, CSV] as const,
  )
  await page.dispatchEvent('#main', 'dragenter', { dataTransfer })
  await page.dispatchEvent('#main', 'dragover', { dataTransfer })
  return {
    letGo: async (at = '#main') => {
      await page.dispatchEvent(at, 'dragover', { dataTransfer })
      await page.dispatchEvent(at, 'drop', { dataTransfer })
    },
  }
}

const words = 'Drop a CSV or Excel file to import it'

test.for(['light', 'dark'] as const)('a list dropped anywhere opens the import with it, %s', async (scheme) => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { scheme, isStill: true })
  await startWithSamples(page)
  await goTo(page, 'Queue')
  const file = await hold(page, 'leads.csv')
  await page.getByText(words).waitFor()
  expect(await findBarriers(page)).toEqual([])
  await file.letGo()
  await page.getByRole('heading', { name: 'What is in which column?' }).waitFor()
  expect(await page.getByText(words).count()).toBe(0)
  await page.getByText('ann@corp.example').first().waitFor()

  await (await hold(page, 'other.csv')).letGo()
  await page.getByText('An import is under way, and goes on.').waitFor()
  await page.getByText('ann@corp.example').first().waitFor()
  expect(problems).toEqual([])
})

test.each([
  ['a picture', ['photo.png'], 'This cannot be dropped here. Drop a CSV or Excel file'],
  ['two lists', ['a.csv', 'b.csv'], 'One file at a time, please'],
])('%s is refused with what can be dropped', async (_title, names, sentence) => {
  await using app = await serveForTest()
  const { page, problems } = await open(app)
  await startWithSamples(page)
  await (await hold(page, ...names)).letGo()
  await page.getByText(sentence).waitFor()
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Leads')
  expect(problems).toEqual([])
})

test('where a page takes files itself, it goes first; on the import, what kind of list was said stays', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app)
  await startWithSamples(page)
  await visit(page, 'leads/import?for=suppressions')
  await (await hold(page, 'never.csv')).letGo()
  await page.getByRole('heading', { name: 'What is in which column?' }).waitFor()
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Import a do-not-contact list')
  await visit(page, 'templates?template=new')
  const file = await hold(page, 'price-list.csv')
  await page.getByText(words).waitFor()
  await file.letGo('textarea')
  await page.getByText('price-list.csv').waitFor()
  expect(await page.getByText(words).count()).toBe(0)
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Templates')
  expect(problems).toEqual([])
})

test('a list that the app was opened with is imported like one that was chosen', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app)
  await startWithSamples(page)
  const uploadId = app.engine.rooms.uploads.put('leads.csv', Buffer.from(CSV))
  await visit(page, `leads/import?upload=${uploadId}`)
  await page.getByRole('heading', { name: 'What is in which column?' }).waitFor()
  expect(page.url()).not.toContain('upload')
  await page.getByRole('button', { name: 'Cancel the import' }).click()
  await page.getByText('The import was cancelled').waitFor()
  await visit(page, 'leads/import?refused=file.too_large')
  await page.getByText('The file is larger than 100 MB').waitFor()
  expect(problems).toEqual([])
})

test('the settings begin where a menu leads', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app)
  await visit(page, 'settings?section=shortcuts')
  const heading = page.getByRole('heading', { name: 'Keyboard shortcuts' })
  await expect.poll(() => heading.evaluate((element) => element === document.activeElement)).toBe(true)
  expect(problems).toEqual([])
})

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openErrorReports } from '#electron/platform/error-reports'
import { findBarriers } from '#test/support/axe'
import { browserOfFile, goTo } from '#test/support/journey'
import { type ServedApp, serveForTest } from '#test/support/serve-for-test'

const open = browserOfFile()

/** Something that nothing in the page catches. */
async function stumble(page: Page): Promise<void> {
  await page.evaluate(() => {
    queueMicrotask(() => {
      throw new Error('cannot draw ann@corp.example')
    })
    void Promise.reject(new Error('a promise of the page'))
  })
}

const crashed = (app: ServedApp): void =>
  openErrorReports({ dataFolder: app.dataFolder, clock: app.clock, version: '0.0.0', host: 'web' }).write({
    source: 'program',
    isCrash: true,
    error: new Error('no such column'),
  })

test.for(['light', 'dark'] as const)(
  'an error of the page is kept here, read, copied, saved and deleted, and tells no address, %s',
  async (scheme) => {
    await using app = await serveForTest()
    const { page, problems } = await open(app, { scheme, isStill: true })
    await goTo(page, 'Settings')
    const section = page.getByRole('region', { name: 'Error reports' })
    await section.getByText('There are none.').waitFor()
    await stumble(page)
    await section.getByRole('row', { name: /cannot draw <address>/ }).waitFor()
    await section.getByRole('row', { name: /a promise of the page/ }).waitFor()
    expect(await findBarriers(page)).toEqual([])

    await section
      .getByRole('row', { name: /cannot draw/ })
      .getByRole('button', { name: /^Look/ })
      .press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Error report' })
    await page.locator('[role=dialog]:focus-within').waitFor()
    const text = await dialog.getByLabel('The report', { exact: true }).inputValue()
    expect(text).toContain('cannot draw <address>')
    expect(text).toContain('page: #/settings')
    expect(text).not.toContain('ann@')
    expect(await findBarriers(page)).toEqual([])
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Save as a file' }).press('Enter'),
    ])
    expect(file.suggestedFilename()).toMatch(/^pacemail-error-\d+-\d+\.txt$/)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    for (const left of [1, 0]) {
      await section
        .getByRole('button', { name: /^Delete/ })
        .first()
        .press('Enter')
      await expect.poll(() => section.getByRole('button', { name: /^Delete/ }).count()).toBe(left)
    }
    await section.getByText('There are none.').waitFor()
    // The two that were wanted, and no other.
    expect(problems.splice(0).toSorted()).toEqual(['a promise of the page', 'cannot draw ann@corp.example'])
  },
)

test('after a crash one line says so, leads to the report, and is not said again', async () => {
  await using app = await serveForTest()
  crashed(app)
  const { page, problems } = await open(app, { isStill: true })
  await page.getByText('Pacemail crashed (09:00) and is back.').waitFor()
  expect(await findBarriers(page)).toEqual([])
  await page.getByRole('link', { name: 'See the report' }).press('Enter')
  await page.getByRole('region', { name: 'Error reports' }).getByText('no such column').waitFor()
  await page.getByText('Pacemail crashed').waitFor({ state: 'detached' })
  await page.reload()
  await page.getByRole('region', { name: 'Error reports' }).getByText('no such column').waitFor()
  expect(await page.getByText('Pacemail crashed').count()).toBe(0)
  expect(problems).toEqual([])
})

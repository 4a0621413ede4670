import { readFileSync } from 'node:fs'
import { unzipSync } from 'fflate'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findBarriers } from '#test/support/axe'
import { launchBrowser, openPage } from '#test/support/browser'
import { serveForTest } from '#test/support/serve-for-test'
import { MONDAY_9 } from '#test/support/start-test-engine'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
})

test.for(['light', 'dark'] as const)(
  'a person is erased by the keyboard, and all data is taken away, %s',
  async (scheme) => {
    await using app = await serveForTest()
    const { page, problems } = await openPage(browser, { url: app.url, scheme, now: MONDAY_9 })
    await page.getByRole('button', { name: 'Try it with sample leads' }).click()
    await page.getByRole('grid', { name: 'Leads' }).getByText('Frieda Anders').waitFor()
    const { rows } = app.engine.rooms.leads.list({
      filter: { search: 'Frieda Anders', review: null, tag: null, listId: null, written: null },
      sort: 'oldest',
      offset: 0,
      limit: 1,
    })
    const { email } = rows[0]!

    const go = (place: string) => page.goto(`${page.url().split('#')[0]}#/${place}`)
    await page.getByRole('grid', { name: 'Leads' }).getByText('Frieda Anders').click()
    await page.keyboard.press('Enter')
    await page.getByRole('complementary', { name: 'Lead' }).waitFor()
    await page.getByRole('button', { name: 'Erase…' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: `Erase ${email}` })
    await dialog.getByText('What stays').waitFor()
    const confirm = dialog.getByRole('button', { name: 'Erase for good' })
    expect(await confirm.isDisabled()).toBe(true)
    expect(await findBarriers(page)).toEqual([])
    await dialog.getByRole('textbox').fill(email)
    await page.keyboard.press('Enter')
    await page.getByText('The person was erased.').waitFor()
    expect(app.engine.rooms.people.find(email)).toMatchObject({ leads: 0, isErased: true })

    await go('settings')
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export everything' }).click()
    const file = await download
    expect(file.suggestedFilename()).toBe('pacemail-data.zip')
    const files = unzipSync(readFileSync(await file.path()))
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['README.txt', 'leads.csv', 'sends.csv']))
    expect(Buffer.from(files['leads.csv'] ?? []).toString('utf8')).not.toContain(email)

    await go('insights')
    await page.getByRole('heading', { name: 'System health' }).waitFor()
    await page.getByText('90 days').click()
    await page.getByRole('region', { name: 'Your day' }).getByText('Tomorrow').waitFor()
    await go('activity')
    await page.getByText('A person was erased.').waitFor()
    await page.getByPlaceholder('Person, address or campaign').fill('nobody at all')
    await page.getByText('Nothing of this kind').waitFor()
    await page.getByRole('button', { name: 'Show everything' }).first().click()
    await page.getByText('A person was erased.').waitFor()
    expect(await findBarriers(page)).toEqual([])
    expect(problems).toEqual([])
    await page.context().close()
  },
)

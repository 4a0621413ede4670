import { readFileSync } from 'node:fs'
import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { findBarriers } from '#test/support/axe'
import { browserOfFile, EVERYBODY, startWithSamples, visit } from '#test/support/journey'
import { serveForTest } from '#test/support/serve-for-test'

const open = browserOfFile()

test.for(['light', 'dark'] as const)(
  'a person is erased by the keyboard, and all data is taken away, %s',
  async (scheme) => {
    await using app = await serveForTest()
    const { page, problems } = await open(app, { scheme })
    await startWithSamples(page)
    const { rows } = app.engine.rooms.leads.list({
      filter: { ...EVERYBODY, search: 'Frieda Anders' },
      sort: 'oldest',
      offset: 0,
      limit: 1,
    })
    const { email } = rows[0]!

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

    await visit(page, 'mailboxes')
    await page.getByRole('img', { name: /^Nothing sent in 14 days\. The limit is 40 a day\.$/ }).waitFor()
    await page.getByRole('img', { name: /^Health 100 of 100\. Below 60 it sends slowly/ }).waitFor()
    expect(await findBarriers(page)).toEqual([])
    await visit(page, 'settings')
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export everything' }).click()
    const file = await download
    expect(file.suggestedFilename()).toBe('pacemail-data.zip')
    const files = unzipSync(readFileSync(await file.path()))
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['README.txt', 'leads.csv', 'sends.csv']))
    expect(Buffer.from(files['leads.csv'] ?? []).toString('utf8')).not.toContain(email)

    await page.getByRole('switch', { name: 'Also send it to me by mail' }).click()
    await page.getByText('The next digest is mailed to you@practice.example.').waitFor()
    await visit(page, 'insights')
    await page.getByRole('heading', { name: 'System health' }).waitFor()
    await page.getByText('90 days').click()
    await page.getByRole('region', { name: 'Your day' }).getByText('Tomorrow').waitFor()
    await visit(page, 'activity')
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

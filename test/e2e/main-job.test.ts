import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { listPracticeMail } from '#electron/mailbox/practice/practice-mail'
import { browserOfFile, goTo, startWithSamples } from '#test/support/journey'
import { serveForTest } from '#test/support/serve-for-test'

const HOUR = 3_600_000
const DAY = 24 * HOUR

const open = browserOfFile()

async function approveSamples(page: Page): Promise<void> {
  await startWithSamples(page)
  await page.getByRole('button', { name: 'Choose all leads in this filter' }).click()
  await page.getByRole('region', { name: 'Chosen leads' }).getByRole('button', { name: 'Approve' }).click()
  await page.getByRole('button', { name: /^Approved\s*53$/ }).waitFor()
}

/** One mail is written over; a field cannot stand in it, and another filter does not lose it. */
async function editOneMail(page: Page): Promise<void> {
  const rows = page.getByRole('grid', { name: 'Recipients' })
  const preview = page.getByRole('region', { name: 'Preview' })
  const search = page.getByRole('textbox', { name: 'Search' })
  await search.fill('noor')
  await page.getByRole('button', { name: 'Dispatch all (1)' }).waitFor()
  await rows.press('e')
  const form = page.getByRole('dialog', { name: 'The mail to Noor Rahimi' })
  await page.keyboard.press('Escape')
  await form.waitFor({ state: 'detached' })
  await rows.press('e')
  await form.getByLabel('Text').fill('Only for {{firstName}}')
  await page.keyboard.press('Escape')
  await form.getByRole('button', { name: 'Save the text' }).click()
  await form.getByRole('alert').getByText('“firstName” cannot stand in a single mail.').waitFor()
  await form.getByLabel('Subject').fill('Only for you, Noor')
  await form.getByLabel('Text').fill('Hello Noor.')
  await form.getByRole('button', { name: 'Save the text' }).click()
  await preview.getByText('Hello Noor.').waitFor()
  await preview.getByRole('button', { name: 'Reset' }).click()
  await page
    .getByRole('alert')
    .filter({ hasText: 'as the template has it' })
    .getByRole('button', { name: 'Undo' })
    .click()
  await rows.getByText('Ready, edited').waitFor()
  await search.fill('')
  await page.getByRole('button', { name: 'Dispatch all (53)' }).waitFor()
  await page.getByRole('status').getByText('1 mail edited by hand.').waitFor()
}

test('from the first start to "All emails dispatched", by mouse', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app)
  await approveSamples(page)
  await goTo(page, 'Dispatch')
  await editOneMail(page)
  await page.getByRole('button', { name: 'Dispatch all (53)' }).click()
  await page.getByText('Queued (1/53 sent)').first().waitFor()
  await app.run(HOUR)
  await page
    .getByText(/Queued \(\d\/53 sent\)/)
    .first()
    .waitFor()

  await page.reload()
  await app.run(10 * DAY)
  await page.getByText('All emails dispatched').first().waitFor()

  await goTo(page, 'Mailboxes')
  await page.getByRole('button', { name: 'Practice mail' }).click()
  await page.getByRole('dialog').getByText('A question about').first().waitFor()
  const { total } = await listPracticeMail(join(app.dataFolder, 'practice', '1'), { offset: 0, limit: 1 })
  expect(total).toBe(53)
  const byHand = page.getByRole('dialog').getByText('Only for you, Noor')
  await byHand.first().waitFor()
  expect(await byHand.count()).toBe(1)
  expect(problems).toEqual([])
  await page.context().close()
})

test('leads are reviewed with the keyboard alone, and a mistake is taken back', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app)
  await page.getByRole('button', { name: 'Try it with sample leads' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('grid', { name: 'Leads' }).getByText('Frieda Anders').waitFor()
  await page.getByRole('grid', { name: 'Leads' }).focus()

  for (const key of ['a', 'a', 'r', 'a']) await page.keyboard.press(key)
  await page.getByRole('button', { name: /^Approved\s*3$/ }).waitFor()
  await page.getByRole('button', { name: /^Rejected\s*1$/ }).waitFor()

  await page.keyboard.press('Control+z')
  await page.getByRole('button', { name: /^Approved\s*2$/ }).waitFor()

  await page.keyboard.press('/')
  await page.keyboard.type('frieda')
  await page.getByText('Noor Rahimi').waitFor({ state: 'detached' })
  await page.getByRole('grid', { name: 'Leads' }).getByText('Frieda Anders').waitFor()
  expect(problems).toEqual([])
  await page.context().close()
})

test('a file of the rep becomes leads: columns, verdicts, list', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app)
  await startWithSamples(page)
  const file = 'E-Mail;Vorname;Firma\nzoë@müller.example;Zoë;=1+1\njan@müller.example;Jan;Müller\nbroken@@x;Bad;Row\n'
  await page
    .getByRole('link', { name: 'Import' })
    .or(page.getByRole('button', { name: 'Import' }))
    .first()
    .click()
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'kunden.csv', mimeType: 'text/csv', buffer: Buffer.from(file, 'latin1') })

  await page.getByRole('button', { name: 'Check all rows' }).click()
  await page.getByRole('button', { name: /Go on with 1 lead/ }).click()
  await page.getByRole('button', { name: /^Import 1 lead/ }).click()
  await page.getByRole('button', { name: 'Review these leads' }).click()
  await page.getByRole('grid', { name: 'Leads' }).getByText('Jan').first().waitFor()
  expect(problems).toEqual([])
  await page.context().close()
})

test('what a column becomes can be read beside long examples', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app)
  await page.getByRole('link', { name: 'Import it first' }).click()
  const long = 'ball bearings and everything that belongs to them '.repeat(4)
  const file = `Email,First name,Company,Product\n${[1, 2, 3].map((n) => `p${n}@corp.example,${long},${long},${long}`).join('\n')}\n`
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'long.csv', mimeType: 'text/csv', buffer: Buffer.from(file) })
  const choice = page.getByRole('combobox', { name: '“Email” becomes' })
  expect((await choice.boundingBox())?.width).toBeGreaterThan(200)
  const table = page.getByRole('table', { name: 'Columns of the file' })
  expect(await table.evaluate((found) => found.scrollWidth - (found.parentElement?.clientWidth ?? 0))).toBeLessThan(2)
  expect(problems).toEqual([])
  await page.context().close()
})

test('a schedule turns the button, and the queue says when and why each mail waits', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app)
  await approveSamples(page)
  await goTo(page, 'Dispatch')
  await page.getByText('At a time', { exact: true }).click()
  await page
    .getByRole('button', { name: /tomorrow/i })
    .first()
    .click()
  await page.getByRole('button', { name: 'Schedule all (53)' }).click()
  await page.getByText('Queued (0/53 sent)').first().waitFor()
  await app.run(HOUR)
  expect(app.engine.rooms.sendList.byStatus().get('pending')).toBe(53)

  await goTo(page, 'Queue')
  await page.getByText(/09:00/).first().waitFor()
  await page.getByRole('button', { name: 'Pause' }).first().click()
  await page
    .getByText(/paused/i)
    .first()
    .waitFor()
  expect(problems).toEqual([])
  await page.context().close()
})

import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { listPracticeMail } from '#electron/mailbox/practice/practice-mail'
import { findBarriers } from '#test/support/axe'
import { chooseTemplate, fillCampaign, haveSamples, press } from '#test/support/campaign-samples'
import { browserOfFile, visit } from '#test/support/journey'
import { serveForTest } from '#test/support/serve-for-test'

const DAY = 24 * 3_600_000

const open = browserOfFile()

test('before the start one mail is edited for one person, keeps its words when its template changes, and leaves with them', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { isStill: true })
  await haveSamples(app, page)
  fillCampaign(app)
  await visit(page, '/campaigns/1')
  const people = page.getByRole('grid', { name: 'People' })
  const row = people.getByRole('row').nth(2)
  await row.click()
  const drawer = page.getByRole('dialog').first()
  await editSecondMail(page, drawer)
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'detached' })
  await row.getByText('By hand').waitFor()
  const start = page.getByRole('region', { name: 'Start' })
  await start.getByText('1 mail edited by hand.').waitFor()
  expect(await findBarriers(page)).toEqual([])

  await page.getByRole('button', { name: 'Edit' }).click()
  await chooseTemplate(page, 2, 'First hello')
  await page.getByRole('button', { name: 'Save' }).click()
  const question = page.getByRole('dialog', { name: 'Save this change?' })
  await question.getByText('Mail 2 gets another text: 1 mail that you edited by hand keeps your words.').waitFor()
  expect(await findBarriers(page)).toEqual([])
  await question.getByRole('button', { name: 'Save the change' }).click()
  await page.getByText('Saved: 1 mail that you edited by hand keeps your words.').waitFor()
  await row.getByText('Read again').waitFor()
  await start.getByText('look for “Read again” among the people').waitFor()
  expect(await findBarriers(page)).toEqual([])

  await row.click()
  await drawer.getByRole('tab', { name: 'Mail 2, edited by hand' }).click()
  await drawer.getByText('Written for another text').waitFor()
  expect(await findBarriers(page)).toEqual([])
  await drawer.getByRole('button', { name: 'Keep my words' }).click()
  await drawer.getByText('Written for another text').waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'detached' })
  await row.getByText('By hand').waitFor()

  await start.getByRole('button', { name: 'Start with 4 people' }).click()
  await page.getByText(/of 12 mails sent/).waitFor()
  await app.run(10 * DAY)
  await page.getByText('12 of 12 mails sent').waitFor()
  const { rows } = await listPracticeMail(join(app.dataFolder, 'practice', '1'), { offset: 0, limit: 20 })
  const texts = rows.map(({ text }) => text.split('\n')[0])
  expect(texts.filter((text) => text === 'Only for you, written by hand.')).toHaveLength(1)
  expect(texts.filter((text) => text?.endsWith(', just a word.'))).toHaveLength(4)
  expect(problems).toEqual([])
  await page.context().close()
})

/** With the keyboard: no field may stand in it, nothing is lost by Escape, and the template's text can be had for a look. */
async function editSecondMail(page: Page, drawer: Locator): Promise<void> {
  await press(page, drawer.getByRole('tab', { name: 'Mail 2' }))
  await drawer.getByText('Goes 3 working days after mail 1, as an answer in the same thread').waitFor()
  await drawer.getByText(', just a word.').waitFor()
  expect(await findBarriers(page)).toEqual([])
  await press(page, drawer.getByRole('button', { name: 'Edit' }))
  const form = page.getByRole('dialog', { name: /^The mail to / })
  const text = form.getByLabel('Text')
  await text.and(page.locator(':focus')).waitFor()
  await text.fill('Only for {{firstName}}')
  await page.keyboard.press('Escape')
  expect(await findBarriers(page)).toEqual([])
  await form.getByRole('button', { name: 'Save the text' }).click()
  await form.getByRole('alert').getByText('“firstName” cannot stand in a single mail.').waitFor()
  await text.fill('Only for you, written by hand.')
  await press(page, form.getByRole('button', { name: 'Save the text' }))
  await form.waitFor({ state: 'detached' })
  await drawer.getByText('Only for you, written by hand.').waitFor()
  await drawer.getByRole('button', { name: 'Edit' }).and(page.locator(':focus')).waitFor()
  await drawer.getByRole('button', { name: 'Reset' }).click()
  await drawer.getByText(', just a word.').waitFor()
  await page
    .getByRole('alert')
    .filter({ hasText: 'as the template has it' })
    .getByRole('button', { name: 'Undo' })
    .click()
  await drawer.getByText('Only for you, written by hand.').waitFor()
  expect(await findBarriers(page)).toEqual([])
}

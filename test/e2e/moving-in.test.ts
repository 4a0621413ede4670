import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { findBarriers } from '#test/support/axe'
import { browserOfFile, startWithSamples } from '#test/support/journey'
import { serveForTest } from '#test/support/serve-for-test'

const open = browserOfFile()

async function choose(page: Page, name: string, text: string): Promise<void> {
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
}

const GONE = 'Domain or address\ngone.example\nann@left.example\nnot an address\n'
const OUTREACH = [
  'Recipient,Sent at,Subject',
  'frieda.anders@falkenried.example,2026-02-20 10:00,Spring',
  'someone@else.example,2026-02-21 11:30,Spring',
  'someone@else.example,never,Spring',
].join('\n')
const PENDING = 'Email,Name,Next step\nnew.person@else.example,Nina Person,2\nann@left.example,Ann Left,2\n'

test.for(['light', 'dark'] as const)('a rep moves in from another tool, %s', { timeout: 180_000 }, async (scheme) => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { scheme, isStill: true })
  await startWithSamples(page)
  await page.getByRole('navigation').getByRole('link', { name: 'Leads' }).click()
  await page.getByRole('link', { name: 'Import', exact: true }).click()
  await page.getByRole('link', { name: 'Bring along' }).click()
  await page.getByRole('heading', { level: 1, name: 'Moving in' }).waitFor()
  expect(await findBarriers(page)).toEqual([])

  // 1. Who must not be written to.
  await page.getByRole('link', { name: 'Import a do-not-contact list' }).click()
  await choose(page, 'unsubscribed.csv', GONE)
  await page.getByRole('button', { name: 'Check all rows' }).click()
  await page.getByText('Neither address nor domain').first().waitFor()
  expect(await findBarriers(page)).toEqual([])
  await page.getByRole('button', { name: 'Never write to these 2 entries' }).click()
  await page.getByText('2 entries added').waitFor()

  // 2. Mail that was sent already.
  await page.goto(`${page.url().split('#')[0]}#/leads/moving-in`)
  await page.getByRole('link', { name: 'Import a file of sent mail' }).click()
  await choose(page, 'outreach.csv', OUTREACH)
  await page.getByLabel('Dates such as 3/4/2026').waitFor()
  expect(await findBarriers(page)).toEqual([])
  await page.getByRole('button', { name: 'Check all rows' }).click()
  await page.getByRole('button', { name: 'See what 2 mails would change' }).click()
  await page.getByText('2 contacts with 2 people').waitFor()
  await page.getByText('1 lead could be written to now').waitFor()
  expect(await findBarriers(page)).toEqual([])
  await page.getByRole('button', { name: 'Add 2 contacts to the history' }).click()
  await page.getByText('2 contacts added to the history.').waitFor()
  await page.getByRole('button', { name: 'Look through the Sent folder' }).click()
  await page.getByText('No contact was found.').waitFor()

  // 3. What still waits there.
  await page.getByRole('link', { name: 'Import waiting people' }).click()
  await choose(page, 'waiting.csv', PENDING)
  await page.getByRole('button', { name: 'Check all rows' }).click()
  await page.getByText('Would be queued').first().waitFor()
  await page.getByText('Do not contact').first().waitFor()
  await page.getByRole('button', { name: 'Go on with 1 lead' }).click()
  await page.getByRole('button', { name: 'Import 1 lead' }).click()
  await page.getByText('1 lead with the tag “moved in”').waitFor()
  expect(await findBarriers(page)).toEqual([])
  await page.getByRole('button', { name: 'Add them to a campaign…' }).click()
  await page.getByRole('menuitem', { name: 'New campaign' }).click()
  await page.getByRole('heading', { level: 1, name: 'New campaign' }).waitFor()

  // The same file again adds nobody.
  await page.goto(`${page.url().split('#')[0]}#/leads/moving-in`)
  await page.getByRole('link', { name: 'Import waiting people' }).click()
  await choose(page, 'waiting.csv', PENDING)
  await page.getByRole('button', { name: 'Check all rows' }).click()
  await page.getByText('Already a lead').first().waitFor()
  await page.getByRole('button', { name: 'Go on with 1 lead' }).click()
  await page.getByRole('button', { name: 'Import 1 lead' }).click()
  await page.getByText('1 lead with the tag “moved in”').waitFor()
  await page.getByRole('button', { name: 'Write to them in Dispatch' }).click()
  await page.getByText('Nina Person').first().waitFor()

  // The lead knows of the contact, and may be written to once on the rep's word.
  await page.goto(`${page.url().split('#')[0]}#/leads?q=Frieda`)
  await page.getByRole('grid', { name: 'Leads' }).getByText('Frieda Anders').dblclick()
  const contacts = page.getByRole('region', { name: 'Contacts so far' })
  await contacts.getByText('imported from outreach.csv').waitFor()
  await contacts.getByRole('button', { name: 'Allow one more mail' }).click()
  await page.getByRole('button', { name: 'Allow one mail' }).click()
  await contacts.getByText('One more mail is allowed').waitFor()
  expect(await findBarriers(page)).toEqual([])

  await page.goto(`${page.url().split('#')[0]}#/settings`)
  await page.getByLabel('Domains of one company').fill('acme.example, acme-group.example')
  await page.getByRole('button', { name: 'They are one company' }).click()
  await page.getByRole('button', { name: 'Take acme-group.example out' }).waitFor()
  expect(await findBarriers(page)).toEqual([])
  expect(problems).toEqual([])
})

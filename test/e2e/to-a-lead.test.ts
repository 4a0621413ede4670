import { expect, test } from 'vitest'
import type { Lead } from '#shared/contract/leads'
import { findBarriers } from '#test/support/axe'
import { browserOfFile, EVERYBODY, startWithSamples } from '#test/support/journey'
import { type ServedApp, serveForTest } from '#test/support/serve-for-test'

const open = browserOfFile()

test('a link to a lead opens the details of that lead, and the keys act on them', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app)
  await startWithSamples(page)
  const { id, firstName, lastName } = editOldest(app)

  await page.getByRole('navigation').getByRole('link', { name: 'Activity' }).click()
  await page.getByRole('link', { name: 'Lead', exact: true }).first().click()
  const details = page.getByRole('complementary', { name: 'Lead' })
  await details.getByRole('heading', { name: `${firstName} ${lastName}` }).waitFor()
  expect(await findBarriers(page)).toEqual([])

  await page.getByRole('grid', { name: 'Leads' }).focus()
  await page.keyboard.press('a')
  await page.getByText('1 lead approved').waitFor()
  expect(app.engine.rooms.leads.get(id).review).toBe('approved')

  await page.getByRole('button', { name: 'Show all' }).click()
  await page.getByRole('grid', { name: 'Leads' }).getByText('Frieda Anders').waitFor()
  expect(problems).toEqual([])
  await page.context().close()
})

/** The last one in the table, whose edit is told in the activity. */
function editOldest({ engine }: ServedApp): Lead {
  const { leads } = engine.rooms
  const [oldest] = leads.list({ filter: EVERYBODY, sort: 'oldest', offset: 0, limit: 1 }).rows
  if (oldest === undefined) throw new Error('there are no samples')
  leads.edit({ leadId: oldest.id, revision: oldest.revision, edit: { title: 'Head of care' } })
  return oldest
}

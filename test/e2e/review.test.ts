import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { findBarriers } from '#test/support/axe'
import { browserOfFile, EVERYBODY, startWithSamples } from '#test/support/journey'
import { type ServedApp, serveForTest } from '#test/support/serve-for-test'

const open = browserOfFile()

test.for(['light', 'dark'] as const)(
  'leads are reviewed one by one beside the mail they would get, a key each, %s',
  async (scheme) => {
    await using app = await serveForTest()
    const { page, problems } = await open(app, { scheme, isStill: true })
    await startWithSamples(page)
    const [first, second, third] = newestNames(app)

    await page.keyboard.press('v')
    await mailTo(page, first!)
    expect(await findBarriers(page)).toEqual([])
    await page.keyboard.press('a')
    await mailTo(page, second!)
    await page.keyboard.press('r')
    await mailTo(page, third!)
    await page.keyboard.press('k')
    await mailTo(page, second!)
    await page.getByRole('group', { name: 'Review' }).getByRole('button', { name: 'Rejected', pressed: true }).waitFor()
    expect(app.engine.rooms.leads.facets().byReview).toMatchObject({ approved: 1, rejected: 1 })

    await page.keyboard.press('Control+z')
    await page.getByText('Taken back.').waitFor()
    expect(app.engine.rooms.leads.facets().byReview).toMatchObject({ approved: 1, rejected: 0 })

    await page.keyboard.press('Escape')
    const table = page.getByRole('grid', { name: 'Leads' })
    await table.waitFor()
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Leads')
    expect(await table.locator('[data-current]').textContent()).toContain(second)
    expect(problems).toEqual([])
    await page.context().close()
  },
)

test('who is reviewed leaves the filter, and the next one is there; the chosen template stays', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { isStill: true })
  await startWithSamples(page)
  app.engine.rooms.templates.save(null, 'Second note', { subject: 'Once more', body: 'Hello.', format: 'plain' })
  await page.getByRole('button', { name: /^New\s*53$/ }).click()
  await page.getByRole('button', { name: 'Review with mails' }).click()
  const review = page.getByRole('region', { name: 'Review' })
  await review.getByRole('combobox', { name: 'Template' }).click()
  await page.getByRole('option', { name: 'Second note' }).click()
  await review.getByText('Once more').waitFor()
  await review.getByText('1 of 53').waitFor()
  await review.getByRole('button', { name: 'Approve' }).click()
  await review.getByText('1 of 52').waitFor()

  await page.reload()
  await review.getByText('Once more').waitFor()
  await review.getByText('1 of 52').waitFor()
  expect(problems).toEqual([])
  await page.context().close()
})

/** As the table has them: newest first. */
function newestNames(app: ServedApp): string[] {
  const { rows } = app.engine.rooms.leads.list({ filter: EVERYBODY, sort: 'newest', offset: 0, limit: 3 })
  return rows.map(({ firstName }) => firstName)
}

/** The mail and the details are of this person. */
async function mailTo(page: Page, firstName: string): Promise<void> {
  await page.getByRole('region', { name: 'Review' }).getByText(`Hi ${firstName},`).waitFor()
  await page
    .getByRole('complementary', { name: 'Lead' })
    .getByRole('heading', { name: new RegExp(firstName) })
    .waitFor()
}

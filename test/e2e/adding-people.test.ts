import { expect, test } from 'vitest'
import { findBarriers } from '#test/support/axe'
import { asTestEngine, browserOfFile, visit } from '#test/support/journey'
import { serveForTest } from '#test/support/serve-for-test'
import { ALWAYS } from '#test/support/start-test-engine'
import { stepsAfter } from '#test/support/sequence'
import { stock } from '#test/support/stock'

const open = browserOfFile()

test('before people are added to a campaign that goes first, it is said how far the mail that waits moves for them', async () => {
  await using app = await serveForTest()
  const engine = asTestEngine(app)
  const { leadIds, mailboxId, templateId } = await stock(engine, 12, { hours: ALWAYS, dailyCap: 2 })
  const start = async (name: string, { ids, priority }: { ids: readonly number[]; priority: 0 | 2 }) => {
    const { id: campaignId } = await engine.api.campaigns.create({
      name,
      steps: stepsAfter(templateId, [0]),
      mailboxIds: [mailboxId],
      at: null,
      priority,
      useLeadZone: false,
      missed: 'spread',
      expiresAfterHours: null,
    })
    const selection = { by: 'ids', ids: ids as never[] } as const
    await engine.api.campaigns.addLeads({ campaignId, selection, acceptsFailedChecks: true })
    await engine.api.campaigns.start({ campaignId, acceptsFailedChecks: true })
    return campaignId
  }
  const first = await start('Partners', { ids: leadIds.slice(0, 1), priority: 0 })
  await start('Spring', { ids: leadIds.slice(1, 6), priority: 2 })
  await app.run(60_000)

  const { page, problems } = await open(app, { isStill: true })
  await visit(page, `campaigns/${first}`)
  await page.getByRole('button', { name: 'Add people' }).first().click()
  const adding = page.getByRole('dialog', { name: 'Add people' })
  await adding.getByText('6 people can be written to.').waitFor()
  await adding.getByText(/^5 waiting mails move, the latest by 3 days; “Spring” ends .+ instead of .+\.$/).waitFor()
  expect(await findBarriers(page)).toEqual([])
  expect(problems).toEqual([])
  await page.context().close()
})

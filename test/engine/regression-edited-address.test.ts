import { expect, test } from 'vitest'
import { startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { dispatchAll, importLeads, stock, type Stock } from '#test/support/stock'

const DAY = 86_400_000

/** One mail waits for p1@company1.example; then the rep types over the address of its lead. */
async function waitingForOldAddress(app: TestEngine): Promise<Stock> {
  await app.api.app.pause({})
  const goods = await stock(app, 1)
  await dispatchAll(app, goods)
  const lead = await app.api.leads.get({ leadId: goods.leadIds[0] as never })
  await app.api.leads.edit({ leadId: lead.id, revision: lead.revision, edit: { email: 'new@elsewhere.example' } })
  return goods
}

async function endOfOnly(app: TestEngine) {
  await app.api.app.resume({})
  await app.run(DAY)
  const { rows } = await app.api.sends.list({})
  return rows[0]
}

test.each(['p1@company1.example', 'P1@Company1.example', '@company1.example', 'new@elsewhere.example'])(
  'a mail that waits for an address which the lead has no more does not go once %s is suppressed',
  async (value) => {
    await using app = await startTestEngine()
    await waitingForOldAddress(app)
    await app.api.suppressions.add({ values: [value] })
    expect(await endOfOnly(app)).toMatchObject({ status: 'skipped', skipped: 'suppressed' })
    expect(app.mailbox.sent).toHaveLength(0)
  },
)

test('it goes to the address that was approved, and that person counts as written to', async () => {
  await using app = await startTestEngine()
  const goods = await waitingForOldAddress(app)
  expect(await endOfOnly(app)).toMatchObject({ status: 'sent', to: 'p1@company1.example' })

  const again = await importLeads(app, 1, 1)
  const order = { ...goods, selection: { by: 'ids', ids: again as never }, at: null } as const
  const { obstacles } = await app.api.dispatch.check(order)
  expect(obstacles.map(({ reason }) => reason)).toEqual(['cool_down'])
})

import { describe, expect, test } from 'vitest'
import { startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { dispatchAll, type Stock, stock } from '#test/support/stock'

const DAY = 86_400_000

/** One lead, written to once; its cool-down of 60 days has just begun. */
async function written(): Promise<{ app: TestEngine; stocked: Stock; leadId: never } & AsyncDisposable> {
  const app = await startTestEngine()
  const stocked = await stock(app, 1)
  await dispatchAll(app, stocked)
  await app.runOut()
  const leadId = stocked.leadIds[0] as never
  return { app, stocked, leadId, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

async function obstacles(app: TestEngine, { templateId, mailboxId, leadIds }: Stock) {
  const selection = { by: 'ids' as const, ids: leadIds as never }
  const checked = await app.api.dispatch.check({ selection, templateId, mailboxId, at: null })
  return checked.obstacles
}

describe('a lead whose cool-down is not over', () => {
  test('is never written to without the word of the rep', async () => {
    await using desk = await written()
    expect(await obstacles(desk.app, desk.stocked)).toMatchObject([{ reason: 'cool_down' }])
    const again = dispatchAll(desk.app, desk.stocked, { key: 'pressed again' })
    await expect(again).rejects.toMatchObject({ code: 'dispatch.nothing_to_queue' })
  })

  test('is written to once with it, and the story of that mail says so', async () => {
    await using desk = await written()
    const { app, stocked, leadId } = desk
    const lead = await app.api.history.allowAgain({ leadId })
    expect(lead.allowedAgain).toEqual({ at: app.clock.now(), until: app.clock.now() + 14 * DAY })
    expect(await obstacles(app, stocked)).toEqual([])
    await dispatchAll(app, stocked, { key: 'pressed again' })
    await app.runOut()

    expect(app.mailbox.sent).toHaveLength(2)
    expect((await app.api.leads.get({ leadId })).allowedAgain).toBeNull()
    expect(await obstacles(app, stocked)).toMatchObject([{ reason: 'cool_down' }])
    const { rows } = await app.api.sends.list({ status: ['sent'] })
    const newest = rows.toSorted((a, b) => b.id - a.id)[0]
    const { events } = await app.api.sends.get({ sendId: newest?.id ?? 0 })
    expect(events.map(({ kind }) => kind)).toContain('send_allowed_again')
    const activity = await app.api.activity.list({ kinds: ['lead_allowed_again'] })
    expect(activity.rows).toMatchObject([{ leadName: 'Person1 Last1' }])
  })

  test('keeps the word when its mail surely did not leave, and loses it when the rep takes it back', async () => {
    await using desk = await written()
    const { app, stocked, leadId } = desk
    await app.api.history.allowAgain({ leadId })
    app.mailbox.next.push('refuses for now')
    await dispatchAll(app, stocked, { key: 'pressed again' })
    await app.runOut()
    expect(app.mailbox.sent).toHaveLength(2)

    await app.api.history.allowAgain({ leadId })
    expect((await app.api.history.withdraw({ leadId })).allowedAgain).toBeNull()
    expect(await obstacles(app, stocked)).toMatchObject([{ reason: 'cool_down' }])
  })

  test('is left alone again when nobody used the word for two weeks', async () => {
    await using desk = await written()
    const { app, stocked, leadId } = desk
    await app.api.history.allowAgain({ leadId })
    await app.run(14 * DAY)
    expect(await obstacles(app, stocked)).toMatchObject([{ reason: 'cool_down' }])
  })
})

test('the history of a lead tells when, by whom and for what it was written to', async () => {
  await using desk = await written()
  const { app, leadId } = desk
  const { rows, total, coolDownUntil } = await app.api.history.ofLead({ leadId })
  expect(rows).toMatchObject([
    { source: 'sent', to: 'p1@company1.example', mailboxAddress: 'you@practice.example', importName: null },
  ])
  expect(rows[0]?.about).not.toBe('')
  expect(total).toBe(1)
  expect(coolDownUntil).toBe((rows[0]?.at ?? 0) + 60 * DAY)
})

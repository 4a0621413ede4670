import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { createFakeMailbox } from '#test/support/fake-mailbox'
import { startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'

const DAY = 86_400_000

async function only(app: TestEngine) {
  const { rows } = await app.api.sends.list({})
  return rows[0]!
}

/** One mail that never arrived and whose answer was lost, in a campaign that the rep then cancelled. */
async function cancelledInDoubt() {
  const mailbox = createFakeMailbox()
  mailbox.next.push('does not accept and the answer is lost')
  mailbox.isBlind = true
  const app = await startTestEngine({ mailbox })
  const campaignId = await dispatchAll(app, await stock(app, 1))
  await app.run(30_000)
  expect(await only(app)).toMatchObject({ status: 'uncertain' })
  await app.api.campaigns.cancel({ campaignId })
  return { app, mailbox, campaignId }
}

test('a mail that is proved unsent after its campaign was cancelled does not leave', async () => {
  const { app, mailbox, campaignId } = await cancelledInDoubt()
  await using engine = app
  mailbox.isBlind = false
  await engine.run(DAY)
  expect(mailbox.sent).toHaveLength(0)
  expect(await only(engine)).toMatchObject({ status: 'cancelled' })
  expect(await engine.api.campaigns.get({ campaignId })).toMatchObject({ status: 'cancelled' })
})

test('nor does one that was refused for now while the rep cancelled', async () => {
  const mailbox = createFakeMailbox()
  mailbox.next.push('refuses for now')
  await using app = await startTestEngine({ mailbox })
  const goods = await stock(app, 1)
  mailbox.onAsk = async () => {
    const { campaignId } = await only(app)
    await app.api.campaigns.cancel({ campaignId })
  }
  await dispatchAll(app, goods)
  await app.run(DAY)
  expect(mailbox.sendCalls).toBe(1)
  expect(mailbox.sent).toHaveLength(0)
  expect(await only(app)).toMatchObject({ status: 'cancelled' })
})

test('what the rep has sent again of a cancelled campaign goes', async () => {
  const { app, mailbox, campaignId } = await cancelledInDoubt()
  await using engine = app
  const { id } = await only(engine)
  await engine.api.sends.settle({ sendId: id, wasSent: false })
  expect(await engine.api.campaigns.get({ campaignId })).toMatchObject({ status: 'active' })
  mailbox.isBlind = false
  await engine.run(DAY)
  expect(mailbox.sent).toHaveLength(1)
  expect(await only(engine)).toMatchObject({ status: 'sent' })
})

test('and its campaign goes on with it or not at all: no mail is left waiting in one that has ended', async () => {
  const { app } = await cancelledInDoubt()
  await using engine = app
  const file = new Database(join(engine.dataFolder, 'pacemail.db'))
  file.exec(
    `CREATE TRIGGER break_it BEFORE UPDATE OF status ON campaigns BEGIN SELECT RAISE(ABORT, 'the disk broke'); END`,
  )
  file.close()
  const { id } = await only(engine)
  await expect(engine.api.sends.settle({ sendId: id, wasSent: false })).rejects.toThrow('the disk broke')
  expect(await only(engine)).toMatchObject({ status: 'uncertain' })
})

/** The rep's other addresses: what is written from them is their own mail. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFakeInbox } from '#test/support/fake-inbox'
import { createFakeMailbox } from '#test/support/fake-mailbox'
import { rowsOf } from '#test/support/random-world'
import { startTestEngine } from '#test/support/start-test-engine'
import { dispatchAll, importLeads, stock } from '#test/support/stock'

const ALIAS = 'robin@alias.example'

/** One lead has been written to; the provider tells `found`. */
async function written(found: string[] = []) {
  const mailbox = createFakeMailbox()
  mailbox.ownAddresses = found
  const inbox = createFakeInbox()
  mailbox.inbox = inbox
  const app = await startTestEngine({ mailbox })
  const goods = await stock(app, 1)
  await dispatchAll(app, goods)
  await app.runOut()
  const { mailboxId } = goods
  const inReplyTo = `<${mailbox.sent[0]!.key}@pacemail.example>`
  const writeFrom = async (from: string): Promise<number> => {
    inbox.receive({ from, at: app.clock.now(), inReplyTo })
    await app.api.mailboxes.readNow({ mailboxId })
    return (await app.api.incoming.list({})).total
  }
  return { app, inbox, mailboxId, writeFrom, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

test('mail from an address that nobody called the rep’s own counts as an answer in its thread', async () => {
  await using desk = await written()
  expect(await desk.writeFrom(ALIAS)).toBe(1)
})

test('mail from an address that the rep added is no answer', async () => {
  await using desk = await written()
  const { ownAddresses } = await desk.app.api.mailboxes.saveOwnAddresses({
    mailboxId: desk.mailboxId,
    addresses: ['Robin@Alias.example', 'robin@alias.example'],
  })
  expect(ownAddresses).toEqual([ALIAS])
  expect(await desk.writeFrom(ALIAS)).toBe(0)
})

test('mail from an address that the provider told is no answer, and the page shows the address', async () => {
  await using desk = await written([ALIAS, 'not an address', 'you@practice.example'])
  await desk.app.api.mailboxes.readNow({ mailboxId: desk.mailboxId })
  expect((await desk.app.api.mailboxes.get({ mailboxId: desk.mailboxId })).foundAddresses).toEqual([ALIAS])
  expect(await desk.writeFrom('Robin+news@alias.example')).toBe(0)
})

test('a provider that does not tell changes nothing and lets the mailbox work', async () => {
  await using desk = await written([ALIAS])
  Object.assign(desk.app.mailbox.provider, { ownAddresses: () => Promise.reject(new Error('403')) })
  await desk.app.run(25 * 3_600_000)
  const { status, foundAddresses } = await desk.app.api.mailboxes.get({ mailboxId: desk.mailboxId })
  expect({ status, foundAddresses }).toEqual({ status: 'ready', foundAddresses: [ALIAS] })
})

test('what is no address is refused, and nothing is saved', async () => {
  await using desk = await written()
  const save = desk.app.api.mailboxes.saveOwnAddresses({ mailboxId: desk.mailboxId, addresses: [ALIAS, 'robin'] })
  await expect(save).rejects.toMatchObject({ code: 'mailbox.address_invalid' })
  expect((await desk.app.api.mailboxes.get({ mailboxId: desk.mailboxId })).ownAddresses).toEqual([])
})

test('mail that the rep wrote by hand to an own address is no contact with a lead of that address', async () => {
  await using desk = await written()
  await importLeads(desk.app, 1, 50)
  await desk.app.api.mailboxes.saveOwnAddresses({ mailboxId: desk.mailboxId, addresses: ['p50@company50.example'] })
  desk.inbox.sent.push({
    providerMessageId: 'by-hand-1',
    threadId: null,
    sentAt: desk.app.clock.now(),
    to: ['p50@company50.example'],
    key: null,
  })
  await desk.app.run(11 * 60_000)
  await desk.app.api.mailboxes.readNow({ mailboxId: desk.mailboxId })
  expect((await desk.app.api.mailboxes.get({ mailboxId: desk.mailboxId })).budget.byHand).toBe(1)
  const file = join(desk.app.dataFolder, 'pacemail.db')
  expect(rowsOf(file, "SELECT identity FROM touches WHERE source = 'by_hand'")).toEqual([])
})

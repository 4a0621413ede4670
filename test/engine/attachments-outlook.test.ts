/** The whole engine at a fake Outlook: it dies while the files of a mail are on their way, and is started again. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { expect, test, vi } from 'vitest'
import { PUBLIC_ENDPOINTS } from '#electron/mailbox/endpoints'
import { createMailRoom } from '#electron/mailbox/open-provider'
import { createSimulatedClock } from '#electron/platform/simulated-clock'
import type { MoodName, Operation } from '#test/fakes/graph-moods'
import { startMicrosoftServer } from '#test/fakes/microsoft-server'
import { manyBytes, outgoingFile } from '#test/mailbox/outgoing-mail'
import { REP, signedInSecret } from '#test/mailbox/outlook-place'
import { createMemorySecrets } from '#test/support/memory-secrets'
import { ALWAYS, MONDAY_9, policyWith, startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { dispatchAll, importLeads, type Stock, SENDER } from '#test/support/stock'

/** Real sockets on a machine that may be busy; nothing here waits for a clock. */
vi.setConfig({ testTimeout: 60_000 })

const MINUTE = 60_000
const SMALL = outgoingFile('offer.pdf', manyBytes(10_000))
const LARGE = outgoingFile('prices.csv', manyBytes(4_000_000, 2))

async function prepare(app: TestEngine, secret: string): Promise<Stock> {
  const account = { kind: 'outlook' as const, address: REP, name: 'Rita', mayRead: true, secret, senderName: 'Rita' }
  const { id: mailboxId } = await app.engine.rooms.accounts.addSignedIn(account)
  await app.api.mailboxes.savePolicy({ mailboxId, policy: policyWith({ hours: ALWAYS }) })
  const attachments = []
  for (const { name, bytes } of [SMALL, LARGE]) {
    const uploadId = app.engine.rooms.uploads.put(name, bytes)
    attachments.push(await app.api.templates.attach({ uploadId }))
  }
  const content = { subject: 'Hello', body: 'Hi', format: 'plain' as const }
  await app.api.mailboxes.saveSender({ mailboxId, ...SENDER })
  const template = await app.api.templates.save({ templateId: null, name: 'Hello', content, attachments })
  return { mailboxId, templateId: template.id, leadIds: await importLeads(app, 1) }
}

test.each<[Operation, MoodName]>([
  ['attach', 'is silent and does nothing'],
  ['piece', 'is silent and does nothing'],
  ['piece', 'acts and is silent'],
  ['files', 'is silent and does nothing'],
])('the engine dies at "%s" (%s): the mail leaves once, with all its files', async (operation, mood) => {
  const clock = createSimulatedClock(MONDAY_9, 'UTC')
  const dataFolder = mkdtempSync(join(tmpdir(), 'pacemail-test-'))
  await using server = await startMicrosoftServer({ now: () => clock.now() })
  const account = server.signInAs(REP)
  const secretText = await signedInSecret()
  server.oauth.trust(secretText, account)
  const mail = createMailRoom({ ...PUBLIC_ENDPOINTS, microsoft: server.endpoints })
  const options = { dataFolder, clock, mail, secrets: createMemorySecrets() }
  const builtIn = { gmail: server.client, outlook: server.client }
  const first = await startTestEngine({ ...options, builtIn })
  const goods = await prepare(first, secretText)

  server.nextMood(operation, mood)
  await dispatchAll(first, goods)
  await server.silence()
  await first[Symbol.asyncDispose]()
  expect(server.accepted(REP)).toEqual([])

  const second = await startTestEngine({ ...options, builtIn })
  await second.run(30 * MINUTE)
  const parsed = await Promise.all(server.accepted(REP).map(({ bytes }) => PostalMime.parse(bytes)))
  const left = parsed.map(({ attachments }) =>
    attachments.map(({ filename, content }) => outgoingFile(filename ?? '', Buffer.from(content as ArrayBuffer)).hash),
  )
  expect(left).toEqual([[SMALL.hash, LARGE.hash]])
  const drafts = server.mailbox(REP).all()
  expect(drafts.filter(({ folder }) => folder === 'drafts')).toEqual([])
  await second[Symbol.asyncDispose]()
  rmSync(dataFolder, { recursive: true, force: true })
})

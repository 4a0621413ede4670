import { expect, test } from 'vitest'
import { NO_CLIENTS } from '#electron/engine/mailboxes/oauth-clients'
import { PUBLIC_ENDPOINTS } from '#electron/mailbox/endpoints'
import { createMailRoom } from '#electron/mailbox/open-provider'
import { createSimulatedClock } from '#electron/platform/simulated-clock'
import { startMicrosoftServer, type MicrosoftServer } from '#test/fakes/microsoft-server'
import { signedInSecret } from '#test/mailbox/outlook-place'
import { findBarriers } from '#test/support/axe'
import { asTestEngine, browserOfFile, goTo } from '#test/support/journey'
import { type ServedApp, serveForTest } from '#test/support/serve-for-test'
import { ALWAYS, MONDAY_9, policyWith } from '#test/support/start-test-engine'
import { importLeads, SENDER } from '#test/support/stock'

const MINUTE = 60_000
const RITA = 'rita@pacemail.example'

const open = browserOfFile()

interface Played extends AsyncDisposable {
  readonly app: ServedApp
  readonly microsoft: MicrosoftServer
}

/** An Outlook mailbox with four first mails, the first of which has just gone. */
async function play(): Promise<Played> {
  const clock = createSimulatedClock(MONDAY_9, 'UTC')
  const secret = await signedInSecret()
  const microsoft = await startMicrosoftServer({ now: () => clock.now() })
  microsoft.oauth.trust(secret, microsoft.signInAs(RITA, 'Rita Repp'))
  const mail = createMailRoom({ ...PUBLIC_ENDPOINTS, microsoft: microsoft.endpoints })
  const app = await serveForTest({ clock, mail, builtIn: { ...NO_CLIENTS, outlook: microsoft.client } })
  const { rooms } = app.engine
  const account = { kind: 'outlook', address: RITA, name: 'Rita Repp', senderName: 'Rita Repp', mayRead: true } as const
  const { id: mailboxId } = await rooms.accounts.addSignedIn({ ...account, secret })
  rooms.mailboxes.savePolicy(mailboxId, policyWith({ hours: ALWAYS, gapMs: { min: 10 * MINUTE, max: 10 * MINUTE } }))
  rooms.mailboxes.saveSender(mailboxId, SENDER)
  const content = { subject: 'A question, {{firstName}}', body: 'Hi {{firstName}}', format: 'plain' } as const
  const template = rooms.templates.save(null, 'Hello', content)
  const leadIds = await importLeads(asTestEngine(app), 4)
  const { api } = asTestEngine(app)
  await api.dispatch.queue({
    selection: { by: 'ids', ids: leadIds },
    templateId: template.id,
    mailboxId,
    at: null,
    priority: 1,
    useLeadZone: false,
    requestKey: 'one press',
    acceptsFailedChecks: true,
  })
  await app.run(MINUTE)
  return {
    app,
    microsoft,
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]()
      await microsoft.close()
    },
  }
}

test('the rep hands the next mails to Exchange, takes one back, and the other leaves without this computer', async () => {
  await using played = await play()
  const { app, microsoft } = played
  const { page, problems } = await open(app, { isStill: true })
  await goTo(page, 'Mailboxes')
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await page.getByRole('tab', { name: 'When it sleeps' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Exchange holds no mail of yours now.').waitFor()
  await dialog.getByLabel('How many first mails, at most').fill('11')
  await dialog.getByText('A number from 1 to 10').waitFor()
  await dialog.getByLabel('How many first mails, at most').fill('2')
  await dialog.getByRole('switch').focus()
  await page.keyboard.press('Space')
  await dialog.getByRole('button', { name: 'Hand over the next 2 mails now' }).click()
  await page.getByText('2 mails handed to Exchange. You can close the lid; the Queue shows when they leave.').waitFor()
  await dialog.getByText('Exchange holds 2 mails now and sends them by itself. The Queue shows when.').waitFor()
  expect(await findBarriers(page)).toEqual([])
  expect(microsoft.mailbox(RITA).held()).toHaveLength(2)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(app.engine.rooms.mailboxes.list()[0]?.handOver).toBe(2)

  await page
    .getByRole('navigation')
    .getByRole('link', { name: /^Queue/ })
    .click()
  const held = page.getByRole('gridcell', { name: /^With Exchange\s+until 09:\d\d$/ })
  await held.nth(1).waitFor()
  await held.first().click()
  await dialog.getByText(/^Exchange holds it and sends it at 09:\d\d, also while this computer sleeps/).waitFor()
  expect(await findBarriers(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Cancel the mail' }).click()
  const question = page.getByRole('dialog', { name: 'Cancel this mail?' })
  await question.getByRole('button', { name: 'Cancel the mail' }).click()
  await page.getByText('1 mail cancelled.').waitFor()
  expect(microsoft.mailbox(RITA).held()).toHaveLength(1)

  await app.run(60 * MINUTE)
  expect(microsoft.accepted(RITA)).toHaveLength(3)
  expect(problems).toEqual([])
  await page.context().close()
}, 120_000)

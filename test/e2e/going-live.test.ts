import { expect, test } from 'vitest'
import { NO_CLIENTS } from '#electron/engine/mailboxes/oauth-clients'
import { PUBLIC_ENDPOINTS } from '#electron/mailbox/endpoints'
import { createMailRoom } from '#electron/mailbox/open-provider'
import { createSimulatedClock } from '#electron/platform/simulated-clock'
import { createFakeDns } from '#test/fakes/fake-dns'
import { startGoogleServer } from '#test/fakes/google-server'
import { findBarriers } from '#test/support/axe'
import { asTestEngine, browserOfFile, EVERYBODY, goTo, visit } from '#test/support/journey'
import { type ServedApp, serveForTest } from '#test/support/serve-for-test'
import { stepsAfter } from '#test/support/sequence'
import { MONDAY_9 } from '#test/support/start-test-engine'
import { SENDER } from '#test/support/stock'

const RITA = 'rita@corp.example'

const open = browserOfFile()

/** A rep at a company with a Gmail mailbox, three leads and a template; the domain lacks a DMARC rule. */
async function playCompany() {
  const clock = createSimulatedClock(MONDAY_9, 'UTC')
  const google = await startGoogleServer({ addresses: [RITA], now: () => clock.now() })
  const mail = createMailRoom({ ...PUBLIC_ENDPOINTS, google: google.endpoints })
  const dns = createFakeDns({
    records: {
      'corp.example': ['v=spf1 include:_spf.google.com ~all'],
      'google._domainkey.corp.example': ['v=DKIM1; k=rsa; p=MIIB'],
    },
  })
  const app = await serveForTest({ clock, mail, dns, builtIn: { ...NO_CLIENTS, gmail: google.client } })
  const { rooms } = app.engine
  const account = { kind: 'gmail', address: RITA, name: '', mayRead: true, senderName: 'Rita Repp' } as const
  const { id } = await rooms.accounts.addSignedIn({ ...account, secret: google.secretFor() })
  rooms.templates.save(null, 'Hello', { subject: 'A question', body: 'Hi {{firstName}}', format: 'plain' })
  const bytes = new TextEncoder().encode('email,first name\nann@one.example,Ann\nbob@two.example,Bob\n')
  await rooms.imports.importWhole({ fileName: 'two.csv', bytes, listName: 'Two' })
  await rooms.leads.review({ by: 'filter', filter: EVERYBODY, except: [] }, 'approved')
  return {
    app,
    google,
    records: dns.records,
    mailboxId: id,
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]()
      await google.close()
    },
  }
}

/** Lets what the page has asked for come to its end. */
async function settle(app: ServedApp): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await app.run(1)
}

test.for(['light', 'dark'] as const)(
  'before going live: nothing goes without an address, then the checklist is put right by keyboard, %s',
  { timeout: 120_000 },
  async (scheme) => {
    await using company = await playCompany()
    const { app, google } = company
    const { page, problems } = await open(app, { scheme, isStill: true })

    await goTo(page, 'Dispatch')
    await page.getByText('its postal address or opt-out sentence is missing').waitFor()
    await page.getByRole('button', { name: 'Dispatch all (2)' }).click()
    await page.getByText('This mailbox does not say yet who writes').waitFor()
    expect(app.engine.rooms.app.status().waiting).toBe(0)

    await page.getByRole('link', { name: 'Fill it in' }).press('Enter')
    const drawer = page.getByRole('dialog', { name: RITA })
    await drawer.getByText('There is no record at _dmarc.corp.example').waitFor()
    expect(await findBarriers(page)).toEqual([])
    await drawer.getByRole('button', { name: 'Try it now' }).press('Enter')
    await drawer.getByText(/nothing left in that time/).waitFor()
    await drawer.getByRole('button', { name: 'Open address and opt-out' }).press('Enter')
    await drawer.getByLabel('Postal address').fill('1 Main Street\nSpringfield')
    await drawer.getByText('1 Main Street, Springfield').waitFor()
    expect(await findBarriers(page)).toEqual([])
    await drawer.getByRole('button', { name: 'Save address and opt-out' }).press('Enter')
    await drawer.waitFor({ state: 'detached' })

    await page.getByRole('button', { name: /^Before going live: 2 open/ }).press('Enter')
    await drawer.getByRole('button', { name: 'Send a test mail to myself' }).press('Enter')
    await drawer.getByText('It is on its way').waitFor()
    await settle(app)
    await app.run(10_000)
    await settle(app)
    await drawer.getByText(/^Received /).waitFor()
    expect(google.account().left.map(({ to }) => to)).toEqual([[RITA]])
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })

    await goTo(page, 'Dispatch')
    await page.getByRole('button', { name: 'Dispatch all (2)' }).click()
    const question = page.getByRole('dialog', { name: /^1 check failed/ })
    await question.getByText('Your domain has a DMARC rule').waitFor()
    expect(await findBarriers(page)).toEqual([])
    await question.getByRole('button', { name: 'Not yet' }).press('Enter')
    await question.waitFor({ state: 'detached' })
    expect(app.engine.rooms.app.status().waiting).toBe(0)
    await page.getByRole('button', { name: 'Dispatch all (2)' }).click()
    await question.getByRole('button', { name: 'I know, queue them all the same' }).press('Enter')
    await page
      .getByText(/Queued \(\d+\/2 sent\)/)
      .first()
      .waitFor()
    expect(problems).toEqual([])
    await page.context().close()
  },
)

test('a template is sent to oneself as a lead would get it, and said to have arrived', async () => {
  await using company = await playCompany()
  const { app, google } = company
  const { page, problems } = await open(app)
  await goTo(page, 'Templates')
  await page.getByRole('combobox', { name: 'Preview for' }).click()
  await page.getByRole('option', { name: /Ann/ }).click()
  await page.getByRole('button', { name: 'Send it to me as Ann gets it' }).press('Enter')
  await settle(app)
  await app.run(10_000)
  await settle(app)
  await page.getByText('Received in your inbox.').waitFor()
  const [left, ...others] = google.account().left
  expect(others).toEqual([])
  expect(left?.raw.toString()).toContain('Subject: [Test] A question')
  expect(left?.raw.toString()).toContain('Hi Ann')
  expect(problems).toEqual([])
  await page.context().close()
})

test('whoever is added to a campaign that runs, after it got another mailbox, goes out only after the same question', async () => {
  await using company = await playCompany()
  const { app, mailboxId } = company
  const { api } = asTestEngine(app)
  const templateId = (await api.templates.list({}))[0]!.id
  const { id: practiceId } = await api.mailboxes.addPractice({ senderName: 'Rita' })
  const plan = {
    name: 'Spring',
    steps: stepsAfter(templateId, [0]),
    mailboxIds: [practiceId],
    at: null,
    priority: 1 as const,
    useLeadZone: false,
    missed: 'spread' as const,
  }
  const { id: campaignId } = await api.campaigns.create(plan)
  const selection = { by: 'filter' as const, filter: { ...EVERYBODY, search: 'ann' }, except: [] }
  await api.campaigns.addLeads({ campaignId, selection })
  await api.campaigns.start({ campaignId })
  await api.mailboxes.saveSender({ mailboxId, ...SENDER })
  await api.campaigns.change({ ...plan, campaignId, mailboxIds: [mailboxId] })

  const { page, problems } = await open(app, { isStill: true })
  await visit(page, `/campaigns/${campaignId}`)
  await page.getByRole('button', { name: 'Add people' }).first().click()
  const drawer = page.getByRole('dialog', { name: 'Add people' })
  const add = drawer.getByRole('button', { name: 'Add 1 person' })
  await add.press('Enter')
  const question = page.getByRole('dialog', { name: /checks? failed/ })
  await question.getByText('You can put this right on the Mailboxes page').waitFor()
  expect(await findBarriers(page)).toEqual([])
  await question.getByRole('button', { name: 'Not yet' }).press('Enter')
  await question.waitFor({ state: 'detached' })
  expect((await api.campaigns.get({ campaignId })).progress.total).toBe(1)
  await add.press('Enter')
  await question.getByRole('button', { name: 'I know, queue them all the same' }).press('Enter')
  await page.getByText('1 person added').waitFor()
  expect((await api.campaigns.get({ campaignId })).progress.total).toBe(2)
  expect(problems).toEqual([])
  await page.context().close()
})

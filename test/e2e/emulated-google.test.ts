/** The sign-in on somebody else's page of Google: our own fake is not the only judge of what a browser does there. */
import { expect, test } from 'vitest'
import { NO_CLIENTS } from '#electron/engine/mailboxes/oauth-clients'
import { PUBLIC_ENDPOINTS } from '#electron/mailbox/endpoints'
import { createMailRoom } from '#electron/mailbox/open-provider'
import { createSimulatedClock } from '#electron/platform/simulated-clock'
import { findBarriers } from '#test/support/axe'
import { dispatchMany } from '#test/support/dispatch-many'
import { startEmulatedGoogle } from '#test/support/emulated-google'
import { answerFrom } from '#test/support/incoming-mail'
import { browserOfFile } from '#test/support/journey'
import { serveForTest } from '#test/support/serve-for-test'

const RITA = 'rita@pacemail.example'
const CLIENT = { clientId: 'client.apps.googleusercontent.com', clientSecret: 'GOCSPX-emulated' }

const open = browserOfFile()

test('a rep signs in on the page of the emulator, sends three mails, and sees who answers', async () => {
  await using google = await startEmulatedGoogle()
  const mail = createMailRoom({ ...PUBLIC_ENDPOINTS, google: google.endpoints })
  // The emulator goes by the clock of the machine.
  const clock = createSimulatedClock(Date.now(), 'UTC')
  await using app = await serveForTest({ clock, mail, builtIn: { ...NO_CLIENTS, gmail: CLIENT } })
  const { page, problems } = await open(app, { isStill: true })
  // Nothing but this machine: the page must do without the fonts and pictures of others.
  await page.context().route(
    ({ hostname }) => hostname !== '127.0.0.1',
    (route) => route.abort(),
  )
  await page.getByRole('button', { name: 'Connect my mailbox' }).click()
  await page.getByRole('button', { name: 'Gmail', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Your name').fill('Rita Repp')
  await dialog.getByRole('note').getByText('No keychain keeps this here').waitFor()
  expect(await findBarriers(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Sign in with Google' }).click()
  const opening = page.context().waitForEvent('page')
  await dialog.getByRole('link', { name: 'Open the sign-in page' }).click()
  const provider = await opening
  await provider.getByRole('button', { name: RITA }).click()
  await provider.getByText('You are signed in').waitFor()
  await provider.close()

  await dialog.getByText(`${RITA} is ready to send`).waitFor()
  expect(app.engine.rooms.mailboxes.list()).toMatchObject([
    { kind: 'gmail', address: RITA, senderName: 'Rita Repp', mayRead: true, status: 'ready' },
  ])
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })

  await dispatchMany(app, page, 3)
  await app.run(4 * 60 * 60_000)
  await page.getByText('All emails dispatched').first().waitFor()
  const to = ['p0@company0.example', 'p1@company1.example', 'p2@company2.example']
  expect((await google.sentTo()).map((address) => address.replace(/^.*<|>$/g, '')).toSorted()).toEqual(to)
  expect(await google.drafts()).toBe(0)

  await google.receive(answerFrom(to[0]!, { to: RITA, text: 'Yes, call me tomorrow.', at: app.clock.now() }))
  await app.run(3 * 60_000)
  await page.getByRole('navigation').getByRole('link', { name: 'Answers' }).click()
  await page.getByRole('grid', { name: 'Answers' }).getByText('Replied', { exact: true }).waitFor()
  expect(problems).toEqual([])
  await page.context().close()
}, 120_000)

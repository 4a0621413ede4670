/** The sign-in on somebody else's page of Google: our own fake is not the only judge of what a browser does there. */
import { expect, test } from 'vitest'
import { NO_CLIENTS } from '#electron/engine/oauth-clients'
import { PUBLIC_ENDPOINTS } from '#electron/mailbox/endpoints'
import { createMailRoom } from '#electron/mailbox/open-provider'
import { findBarriers } from '#test/support/axe'
import { startEmulatedGoogle } from '#test/support/emulated-google'
import { browserOfFile } from '#test/support/journey'
import { serveForTest } from '#test/support/serve-for-test'

const RITA = 'rita@pacemail.example'
const CLIENT = { clientId: 'client.apps.googleusercontent.com', clientSecret: 'GOCSPX-emulated' }

const open = browserOfFile()

test('a rep signs in on the page of the emulator, and the mailbox is ready', async () => {
  await using google = await startEmulatedGoogle()
  const mail = createMailRoom({ ...PUBLIC_ENDPOINTS, google: google.endpoints })
  await using app = await serveForTest({ mail, builtIn: { ...NO_CLIENTS, gmail: CLIENT } })
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
  expect(problems).toEqual([])
  await page.context().close()
})

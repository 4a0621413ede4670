/** Where only an admin can help, the rep has something to send them, also when the provider never tells us. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { NO_CLIENTS } from '#electron/engine/mailboxes/oauth-clients'
import { PUBLIC_ENDPOINTS } from '#electron/mailbox/endpoints'
import { createMailRoom } from '#electron/mailbox/open-provider'
import { startMicrosoftServer } from '#test/fakes/microsoft-server'
import { findBarriers } from '#test/support/axe'
import { browserOfFile } from '#test/support/journey'
import { serveForTest } from '#test/support/serve-for-test'
import { imapPlace, REP } from '../mailbox/imap-place.ts'

const open = browserOfFile()

async function beginSignIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Connect my mailbox' }).click()
  await page.getByRole('button', { name: 'Outlook', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign in with Microsoft' }).click()
}

test.for(['light', 'dark'] as const)('Microsoft stops on its own page and never tells us, %s', async (scheme) => {
  await using microsoft = await startMicrosoftServer()
  microsoft.signInAs(REP)
  microsoft.oauth.consent = 'does nothing'
  const mail = createMailRoom({ ...PUBLIC_ENDPOINTS, microsoft: microsoft.endpoints })
  await using app = await serveForTest({ mail, builtIn: { ...NO_CLIENTS, outlook: microsoft.client } })
  const { page, problems } = await open(app, { scheme, isStill: true })
  await beginSignIn(page)
  const dialog = page.getByRole('dialog')

  // While it waits.
  const question = dialog.getByRole('button', { name: 'The page asks for an admin?' })
  await expect.poll(() => question.getAttribute('aria-expanded')).toBe('false')
  await question.press('Enter')
  const address = dialog.getByRole('textbox', { name: 'The page for your admin' })
  await address.waitFor()
  expect(await address.inputValue()).toContain(`adminconsent?client_id=${microsoft.client.clientId}`)
  expect(await dialog.getByRole('textbox', { name: 'A mail to your admin' }).inputValue()).toContain(
    microsoft.client.clientId,
  )
  expect(await findBarriers(page)).toEqual([])

  // And when nobody came back.
  await app.run(11 * 60_000)
  await dialog.getByText('Nobody finished the sign-in').waitFor()
  await question.press('Enter')
  await address.waitFor()
  expect(await findBarriers(page)).toEqual([])
  expect(problems).toEqual([])
  await page.context().close()
})

test('a mail server that allows no password: the button opens what to tell the admin', async () => {
  await using servers = await imapPlace()
  await using app = await serveForTest()
  const { rooms } = app.engine
  const { smtp, imap } = servers
  const names = { address: REP, senderName: 'Rita', signature: '' }
  const { id } = await rooms.accounts.addSmtp({
    ...names,
    smtp: smtp.settings,
    imap: imap.settings,
    password: smtp.password,
  })
  rooms.mailboxes.troubled(id, { type: 'needs', need: 'admin' })
  const { page } = await open(app, { isStill: true })
  await page.getByRole('navigation').getByRole('link', { name: 'Mailboxes' }).click()
  await page.getByRole('article', { name: REP }).getByRole('button', { name: 'What your admin must do' }).click()
  const dialog = page.getByRole('dialog', { name: 'What your admin must do' })
  const text = await dialog.getByRole('textbox', { name: 'A mail to your admin' }).inputValue()
  expect(text).toContain(REP)
  expect(text).toMatch(/SMTP.*IMAP/)
  expect(await findBarriers(page)).toEqual([])
  await page.context().close()
})

import tls from 'node:tls'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ImapServer } from '#shared/contract/mailboxes'
import { createSmtpProvider } from '#electron/mailbox/smtp/smtp'
import { imapJourney } from '#test/mailbox/imap-journey'
import { REP } from '#test/mailbox/imap-place'
import { dovecotMissing, startDovecot } from '#test/support/dovecot'
import { startSmtpServer, testAuthority, type TestSmtpServer } from '#test/support/smtp-server'

/** A real server that starts anew for each test, on a machine that may be busy. */
vi.setConfig({ testTimeout: 120_000 })

const systemAuthorities = tls.getCACertificates('default')
beforeAll(() => tls.setDefaultCACertificates([...systemAuthorities, testAuthority()]))
afterAll(() => tls.setDefaultCACertificates(systemAuthorities))

const missing = dovecotMissing()
if (missing !== null) process.stdout.write(`The journey at a real IMAP server is skipped: ${missing}.\n`)

/** Our own server must not be the only judge of our own client. */
describe.skipIf(missing !== null)('at a real Dovecot', () => {
  imapJourney(async (keep) => {
    const smtp = await startSmtpServer({ keep: (mail) => keep?.(journey, mail) })
    const dovecot = await startDovecot(smtp.password)
    const journey = {
      ...dovecot,
      smtp,
      open: () => mailboxAt(smtp, dovecot.settings('none')),
      [Symbol.asyncDispose]: async () => {
        await smtp.close()
        await dovecot.close()
      },
    }
    return journey
  })

  test('a check signs in with every kind of encryption, and tells a wrong password', async () => {
    await using smtp = await startSmtpServer()
    await using dovecot = await startDovecot(smtp.password)
    for (const security of ['none', 'starttls', 'tls'] as const) {
      await mailboxAt(smtp, dovecot.settings(security)).check(new AbortController().signal)
    }
    await using stranger = await startDovecot('another password')

    const refusal = { code: 'mail.signed_out', details: { server: 'imap', providerCode: 'AUTHENTICATIONFAILED' } }
    const wrong = mailboxAt(smtp, stranger.settings('tls')).check(new AbortController().signal)
    await expect(wrong).rejects.toMatchObject(refusal)
  })
})

function mailboxAt({ settings, password }: TestSmtpServer, imap: ImapServer) {
  return createSmtpProvider({ server: settings, imap, address: REP, password, timeoutMs: 60_000 })
}

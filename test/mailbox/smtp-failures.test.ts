import { createServer, type AddressInfo } from 'node:net'
import tls from 'node:tls'
import { afterAll, beforeAll, describe, test, vi } from 'vitest'
import type { SmtpServer } from '#shared/contract/mailboxes'
import type { MailProvider } from '#electron/mailbox/mail-provider'
import { createSmtpProvider } from '#electron/mailbox/smtp/smtp'
import { manyBytes, outgoingFile, outgoingMail } from '#test/mailbox/outgoing-mail'
import { startSmtpServer, testAuthority, type SmtpMood, type TestSmtpServer } from '#test/support/smtp-server'

const MAIL = outgoingMail()
/** Far beyond any test: the servers here answer, drop or are aborted. */
const TIMEOUT_MS = 60_000
const never = () => new AbortController().signal

/** Real servers on a machine that may be busy; nothing here waits for a clock. */
vi.setConfig({ testTimeout: 30_000 })

const systemAuthorities = tls.getCACertificates('default')
beforeAll(() => tls.setDefaultCACertificates([...systemAuthorities, testAuthority()]))
afterAll(() => tls.setDefaultCACertificates(systemAuthorities))

function mailboxAt(server: TestSmtpServer, password = server.password): MailProvider {
  return mailboxAtServer(server.settings, password)
}

function mailboxAtServer(server: SmtpServer, password = 'x'): MailProvider {
  return createSmtpProvider({ server, imap: null, address: MAIL.from.address, password, timeoutMs: TIMEOUT_MS })
}

function refused(isFinal: boolean, scope: 'message' | 'mailbox', providerCode: string) {
  return { code: 'mail.refused', details: { isFinal, scope, providerCode } }
}

const unreachable = { code: 'mail.unreachable', details: { reason: 'no_connection' } }
const unanswered = { code: 'mail.unanswered', details: {} }

describe.each([true, false])('with pipelining: %s', (hasPipelining) => {
  test.concurrent.for<[SmtpMood, object, { arrived: number; asked: number }]>([
    ['greets with 421', refused(false, 'mailbox', '421 4.7.0'), { arrived: 0, asked: 0 }],
    ['cannot check passwords', refused(false, 'mailbox', '454 4.7.0'), { arrived: 0, asked: 0 }],
    ['refuses the sender', refused(true, 'mailbox', '553 5.7.1'), { arrived: 0, asked: 0 }],
    ['defers the sender', refused(false, 'mailbox', '451 4.3.0'), { arrived: 0, asked: 0 }],
    ['refuses the recipient', refused(true, 'message', '550 5.1.1'), { arrived: 0, asked: 0 }],
    ['defers the recipient', refused(false, 'message', '450 4.2.1'), { arrived: 0, asked: 0 }],
    ['drops before the mail', unreachable, { arrived: 0, asked: 0 }],
    ['drops in the mail', unanswered, { arrived: 0, asked: 1 }],
    ['drops after the mail', unanswered, { arrived: 0, asked: 1 }],
    ['refuses the mail', refused(true, 'message', '554 5.6.0'), { arrived: 0, asked: 1 }],
    ['defers the mail', refused(false, 'message', '451 4.3.0'), { arrived: 0, asked: 1 }],
    [
      'reached its daily limit',
      { code: 'mail.refused', details: { scope: 'mailbox', isDayLimit: true } },
      { arrived: 0, asked: 1 },
    ],
    ['takes the mail and drops', unanswered, { arrived: 1, asked: 1 }],
  ])('a server that %s', async ([mood, failure, expected], { expect }) => {
    await using server = await startSmtpServer({ mood, hasPipelining })
    const mailbox = mailboxAt(server)
    let asked = 0
    const sending = mailbox.sendDraft(MAIL.key, MAIL, () => (asked += 1) > 0, never())

    await expect(sending).rejects.toMatchObject(failure)
    expect({ arrived: server.received.length, asked }).toEqual(expected)
    expect(server.connections).toBe(1)
  })
})

test.concurrent('a big mail that is cut off half-way is a doubt, and only the server knows that it did not arrive', async ({
  expect,
}) => {
  await using server = await startSmtpServer({ mood: 'drops in the mail' })
  const big = outgoingMail({ text: 'A quite ordinary line.\n'.repeat(200_000) })
  const sending = mailboxAt(server).sendDraft(big.key, big, () => true, never())

  await expect(sending).rejects.toMatchObject({ code: 'mail.unanswered' })
  expect(server.received).toEqual([])
})

test.concurrent('an abort while the server is silent about the mail leaves a doubt, although the mail arrived', async ({
  expect,
}) => {
  await using server = await startSmtpServer({ mood: 'takes the mail and never answers' })
  const controller = new AbortController()
  const sending = mailboxAt(server).sendDraft(MAIL.key, MAIL, () => true, controller.signal)
  void server.silence.then(() => controller.abort())

  await expect(sending).rejects.toMatchObject({ code: 'mail.unanswered' })
  expect(server.received).toHaveLength(1)
})

test.concurrent('an abort before the greeting stops a mail for sure', async ({ expect }) => {
  await using server = await startSmtpServer({ mood: 'never greets' })
  const controller = new AbortController()
  const sending = mailboxAt(server).sendDraft(MAIL.key, MAIL, () => true, controller.signal)
  void server.silence.then(() => controller.abort())

  await expect(sending).rejects.toMatchObject({ code: 'mail.unreachable', details: { reason: 'stopped' } })
  expect(server.received).toEqual([])
})

test.concurrent('an abort in the last question stops a mail for sure', async ({ expect }) => {
  await using server = await startSmtpServer()
  const controller = new AbortController()
  const abortAndStop = () => {
    controller.abort()
    return false
  }
  const sending = mailboxAt(server).sendDraft(MAIL.key, MAIL, abortAndStop, controller.signal)

  await expect(sending).rejects.toMatchObject({ code: 'mail.unreachable' })
  expect(server.received).toEqual([])
})

test.concurrent('a wrong password signs the mailbox out, in a send and in a check', async ({ expect }) => {
  await using server = await startSmtpServer()
  const mailbox = mailboxAt(server, 'wrong')
  const failure = { code: 'mail.signed_out', details: { providerCode: '535 5.7.8' } }

  await expect(mailbox.check(never())).rejects.toMatchObject(failure)
  await expect(mailbox.sendDraft(MAIL.key, MAIL, () => true, never())).rejects.toMatchObject(failure)
  expect(server.asked).toEqual([])
})

test.concurrent.for(['tls', 'starttls'] as const)(
  'a certificate that nobody signed is refused (%s)',
  async (security, { expect }) => {
    await using server = await startSmtpServer({ security, certificate: 'self-signed' })
    const failure = { code: 'mail.unreachable', details: { reason: 'untrusted' } }

    await expect(mailboxAt(server).check(never())).rejects.toMatchObject(failure)
    await expect(mailboxAt(server).sendDraft(MAIL.key, MAIL, () => true, never())).rejects.toMatchObject(failure)
    expect(server.received).toEqual([])
  },
)

test.concurrent('a server that offers no STARTTLS is given neither password nor mail', async ({ expect }) => {
  await using server = await startSmtpServer({ security: 'starttls', offersStartTls: false })
  const failure = { code: 'mail.unreachable', details: { reason: 'no_tls' } }

  await expect(mailboxAt(server).check(never())).rejects.toMatchObject(failure)
  await expect(mailboxAt(server).sendDraft(MAIL.key, MAIL, () => true, never())).rejects.toMatchObject(failure)
  expect(server.asked).toEqual([])
})

test.concurrent('a plain server behind the TLS port is no TLS', async ({ expect }) => {
  await using server = await startSmtpServer()
  const settings = { ...server.settings, security: 'tls' as const }
  const mailbox = mailboxAtServer(settings)

  await expect(mailbox.check(never())).rejects.toMatchObject({
    code: 'mail.unreachable',
    details: { reason: 'no_tls' },
  })
})

test.concurrent.for(['mail.example', '192.0.2.1', '127.0.0.1.evil.example', 'localhost.evil.example'])(
  'without encryption %s is not even looked up',
  async (host, { expect }) => {
    const server = { host, port: 25, security: 'none' as const, user: 'rep' }
    const mailbox = mailboxAtServer(server)

    const failure = { code: 'mail.unreachable', details: { reason: 'not_encrypted' } }
    await expect(mailbox.check(never())).rejects.toMatchObject(failure)
  },
)

test.concurrent('a closed port is no connection', async ({ expect }) => {
  const mailbox = mailboxAtServer({ host: '127.0.0.1', port: await closedPort(), security: 'none', user: 'rep' })
  await expect(mailbox.check(never())).rejects.toMatchObject(unreachable)
})

test.concurrent('a server that hangs up without a word is no connection', async ({ expect }) => {
  const server = createServer((socket) => socket.end())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const mailbox = mailboxAtServer({ host: '127.0.0.1', port, security: 'none', user: 'rep' })
  await expect(mailbox.check(never())).rejects.toMatchObject(unreachable)
  server.close()
})

async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe.each(['none', 'starttls', 'tls'] as const)('a server with a largest mail, by %s', (security) => {
  test('tells of it when it is signed in to', async ({ expect }) => {
    await using server = await startSmtpServer({ security, mostMailBytes: 10_485_760 })
    expect(await mailboxAt(server).check(never())).toEqual({ mostMailBytes: 10_485_760 })
  })

  test('is not asked to take a larger one', async ({ expect }) => {
    await using server = await startSmtpServer({ security, mostMailBytes: 60_000 })
    const mail = outgoingMail({ attachments: [outgoingFile('offer.pdf', manyBytes(60_000))] })
    let asked = 0
    const sending = mailboxAt(server).sendDraft(mail.key, mail, () => (asked += 1) > 0, never())

    await expect(sending).rejects.toMatchObject({ code: 'mail.refused', details: { isFinal: true, scope: 'message' } })
    expect([asked, server.received]).toEqual([0, []])
  })
})

test('a server without a largest mail announces none', async ({ expect }) => {
  await using server = await startSmtpServer()
  expect(await mailboxAt(server).check(never())).toEqual({ mostMailBytes: null })
})

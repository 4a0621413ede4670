import { createServer, type AddressInfo } from 'node:net'
import tls from 'node:tls'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, test, vi } from 'vitest'
import type { ImapServer } from '#shared/contract/mailboxes'
import type { MailProvider } from '#electron/mailbox/mail-provider'
import { createSmtpProvider } from '#electron/mailbox/smtp/smtp'
import type { ImapFault } from '#test/fakes/imap-server'
import { imapPlace, REP, type ImapPlace } from '#test/mailbox/imap-place'
import { readerOf } from '#test/mailbox/imap-journey'
import { outgoingMail } from '#test/mailbox/outgoing-mail'
import { testAuthority } from '#test/support/smtp-server'

const MAIL = outgoingMail()
const go = () => true
const never = () => new AbortController().signal
const FROM_START = { cursor: null, since: 0 }
/** Short, for servers that stay silent; nothing asserts how long it took. */
const IMPATIENT_MS = 300

/** Real servers on a machine that may be busy. */
vi.setConfig({ testTimeout: 60_000 })

const systemAuthorities = tls.getCACertificates('default')
beforeAll(() => tls.setDefaultCACertificates([...systemAuthorities, testAuthority()]))
afterAll(() => tls.setDefaultCACertificates(systemAuthorities))

function unreachable(reason: string) {
  return { code: 'mail.unreachable', details: { reason } }
}

function later(providerCode: string) {
  return { code: 'mail.refused', details: { isFinal: false, scope: 'mailbox', providerCode } }
}

function admin(providerCode: string) {
  return { code: 'mail.refused', details: { isFinal: true, scope: 'mailbox', providerCode, need: 'admin' } }
}

const signedOut = (providerCode: string) => ({ code: 'mail.signed_out', details: { providerCode } })

async function placeWithMail(): Promise<ImapPlace> {
  const place = await imapPlace()
  const raw = 'From: ann@corp.example\r\nSubject: x\r\n\r\nHello.\r\n'
  await place.add('INBOX', [{ raw, receivedAt: MAIL.date }])
  await place.add('Sent', [{ raw, receivedAt: MAIL.date }])
  return place
}

describe.concurrent('reading', () => {
  test.for<[ImapFault, object]>([
    [{ at: 'greeting', does: 'drops' }, unreachable('no_connection')],
    [{ at: 'greeting', does: 'says BYE' }, later('BYE')],
    [{ at: 'AUTHENTICATE', does: 'drops' }, unreachable('no_connection')],
    [{ at: 'AUTHENTICATE', does: 'says BYE' }, later('BYE')],
    [{ at: 'AUTHENTICATE', does: 'says no' }, signedOut('NO')],
    [{ at: 'AUTHENTICATE', does: 'says no', code: 'EXPIRED' }, signedOut('EXPIRED')],
    [{ at: 'AUTHENTICATE', does: 'says no', code: 'UNAVAILABLE' }, later('UNAVAILABLE')],
    [{ at: 'AUTHENTICATE', does: 'says no', code: 'CONTACTADMIN' }, admin('CONTACTADMIN')],
    [{ at: 'AUTHENTICATE', does: 'says BAD' }, admin('BAD')],
    [{ at: 'LIST', does: 'drops', after: 1 }, unreachable('no_connection')],
    [{ at: 'LIST', does: 'says no', after: 1 }, later('NO')],
    [{ at: 'EXAMINE', does: 'drops' }, unreachable('no_connection')],
    [{ at: 'EXAMINE', does: 'says no' }, later('NO')],
    [{ at: 'EXAMINE', does: 'answers and drops' }, unreachable('no_connection')],
    [{ at: 'UID SEARCH', does: 'drops' }, unreachable('no_connection')],
    [{ at: 'UID SEARCH', does: 'says no' }, later('NO')],
    [{ at: 'UID SEARCH', does: 'says BAD' }, later('NO')],
    [{ at: 'UID SEARCH', does: 'says BYE' }, later('BYE')],
    [{ at: 'UID FETCH', does: 'drops' }, unreachable('no_connection')],
    [{ at: 'UID FETCH', does: 'says no' }, later('NO')],
    [{ at: 'UID FETCH', does: 'says BYE' }, later('BYE')],
    [{ at: 'EXAMINE', does: 'says BAD', code: 'SERVERBUG' }, later('SERVERBUG')],
    [{ at: 'UID FETCH', does: 'does it and drops' }, unreachable('no_connection')],
  ])('a server with the fault %o: nothing is taken for read', async ([fault, failure], { expect }) => {
    await using place = await placeWithMail()
    place.imap.fault = fault
    const reading = readerOf(place).changesSince(FROM_START, never())

    await expect(reading).rejects.toMatchObject(failure)
    place.imap.fault = null
    expect((await readerOf(place).changesSince(FROM_START, never())).heads).toHaveLength(1)
  })

  test('a connection that is lost before the mails are asked for is made once more, and none is missed', async ({
    expect,
  }) => {
    await using place = await placeWithMail()
    place.imap.fault = { at: 'UID SEARCH', does: 'answers and drops' }
    const page = await readerOf(place).changesSince(FROM_START, never())

    expect(page).toMatchObject({ heads: [{}], unlisted: [], isMore: true })
    place.imap.fault = null
    expect((await readerOf(place).changesSince({ ...FROM_START, cursor: page.cursor }, never())).heads).toEqual([])
  })

  test.for(['greeting', 'CAPABILITY', 'AUTHENTICATE', 'LIST', 'EXAMINE', 'UID SEARCH', 'UID FETCH'])(
    'a server that falls silent at %s is given up, and an abort ends the waiting',
    async (at, { expect }) => {
      await using place = await placeWithMail()
      place.imap.fault = { at, does: 'says nothing' }
      const hasty = place.open(IMPATIENT_MS).reader?.changesSince(FROM_START, never())
      await expect(hasty).rejects.toMatchObject(unreachable('timeout'))

      const controller = new AbortController()
      const reading = readerOf(place).changesSince(FROM_START, controller.signal)
      void place.imap.silence.then(() => controller.abort())
      await expect(reading).rejects.toMatchObject(unreachable('stopped'))
    },
  )

  test('after an abort nobody is even called', async ({ expect }) => {
    await using place = await placeWithMail()
    const reading = readerOf(place).changesSince(FROM_START, AbortSignal.abort())

    await expect(reading).rejects.toMatchObject(unreachable('stopped'))
    expect(place.imap.connections).toBe(0)
  })

  test('a junk folder that is closed to programs does not keep the inbox from being read', async ({ expect }) => {
    await using place = await placeWithMail()
    place.imap.fault = { at: 'EXAMINE', does: 'says no', after: 1 }

    expect((await readerOf(place).changesSince(FROM_START, never())).heads).toHaveLength(1)
  })

  test('a mail whose folder is gone is gone, and one in a folder that is only closed is not', async ({ expect }) => {
    await using place = await placeWithMail()
    const { heads } = await readerOf(place).changesSince(FROM_START, never())
    const id = heads[0]?.providerMessageId ?? ''
    place.imap.fault = { at: 'EXAMINE', does: 'says no' }

    await expect(readerOf(place).readMail(id, 100, never())).rejects.toMatchObject(later('NO'))
    place.imap.store.folders.delete('INBOX')
    expect(await readerOf(place).readMail(id, 100, never())).toBeNull()
  })
})

describe.concurrent('looking', () => {
  test.for<[ImapFault, object]>([
    [{ at: 'AUTHENTICATE', does: 'says no' }, signedOut('NO')],
    [{ at: 'LIST', does: 'says no', after: 1 }, later('NO')],
    [{ at: 'EXAMINE', does: 'says no' }, later('NO')],
    [{ at: 'EXAMINE', does: 'answers and drops' }, unreachable('no_connection')],
    [{ at: 'FETCH', does: 'answers and drops' }, unreachable('no_connection')],
    [{ at: 'FETCH', does: 'says no' }, later('NO')],
    [{ at: 'UID SEARCH', does: 'says BAD' }, later('NO')],
    [{ at: 'UID SEARCH', does: 'drops' }, unreachable('no_connection')],
  ])('a look that fails is no answer: %o', async ([fault, failure], { expect }) => {
    await using place = await placeWithMail()
    place.imap.fault = fault

    await expect(place.open().findDraft(MAIL.key, null, never())).rejects.toMatchObject(failure)
  })

  test('a server that searches no header but the Message-ID was looked at all the same', async ({ expect }) => {
    await using place = await placeWithMail()
    place.imap.fault = { at: 'UID SEARCH', does: 'says BAD', after: 1 }

    expect(await place.open().findDraft(MAIL.key, null, never())).toEqual({ fate: 'unknown' })
  })

  test.for<ImapFault>([
    { at: 'greeting', does: 'drops' },
    { at: 'AUTHENTICATE', does: 'says no' },
    { at: 'LIST', does: 'says no' },
    { at: 'EXAMINE', does: 'drops' },
    { at: 'FETCH', does: 'says BAD' },
    { at: 'UID SEARCH', does: 'says no' },
    { at: 'APPEND', does: 'says no' },
    { at: 'APPEND', does: 'says no', code: 'OVERQUOTA' },
    { at: 'APPEND', does: 'drops' },
    { at: 'APPEND', does: 'does it and drops' },
  ])('a mail that was sent stays sent when its copy fails: %o', async (fault, { expect }) => {
    await using place = await placeWithMail()
    place.imap.fault = fault
    const answer = await place.open().sendDraft(MAIL.key, MAIL, go, never())

    expect(answer.messageId).toBe(`<${MAIL.key}@pacemail.example>`)
    expect(place.smtp.received).toHaveLength(1)
  })

  test('a mail that was sent stays sent when it is stopped while its copy is made', async ({ expect }) => {
    await using place = await placeWithMail()
    place.imap.fault = { at: 'APPEND', does: 'says nothing' }
    const controller = new AbortController()
    const sending = place.open().sendDraft(MAIL.key, MAIL, go, controller.signal)
    void place.imap.silence.then(() => controller.abort())

    expect(await sending).toMatchObject({ providerMessageId: `<${MAIL.key}@pacemail.example>` })
  })

  test('no copy is made of a mail before the server took it', async ({ expect }) => {
    await using place = await placeWithMail()
    place.smtp.mood = 'drops in the mail'

    await expect(place.open().sendDraft(MAIL.key, MAIL, go, never())).rejects.toMatchObject({ code: 'mail.unanswered' })
    expect(place.imap.connections).toBe(0)
  })
})

describe.concurrent('signing in', () => {
  test.for([
    { security: 'tls' as const },
    { security: 'starttls' as const },
    { security: 'none' as const, signIn: 'LOGIN' as const },
  ])('a check signs in at both servers: %o', async (imap, { expect }) => {
    await using place = await imapPlace({ imap })
    await place.open().check(never())

    expect(place.smtp.connections).toBe(1)
    expect(place.imap.asked.some((verb) => /^(?:AUTHENTICATE|LOGIN)$/.test(verb))).toBe(true)
    expect(place.imap.plainPasswords).toBe(imap.security === 'none' ? 1 : 0)
  })

  test.for<[object, object]>([
    [{ signIn: 'none' }, admin('LOGINDISABLED')],
    [{ security: 'tls', certificate: 'self-signed' }, unreachable('untrusted')],
    [{ security: 'starttls', certificate: 'self-signed' }, unreachable('untrusted')],
    [{ security: 'starttls', offersStartTls: false }, unreachable('no_tls')],
  ])('a server like %o is given no password', async ([imap, failure], { expect }) => {
    await using place = await imapPlace({ imap })

    await expect(place.open().check(never())).rejects.toMatchObject(failure)
    await expect(readerOf(place).changesSince(FROM_START, never())).rejects.toMatchObject(failure)
    expect(place.imap.plainPasswords).toBe(0)
  })

  test('it is told which server refused the password, and the password is nowhere in it', async ({ expect }) => {
    await using place = await imapPlace()
    place.imap.fault = { at: 'AUTHENTICATE', does: 'says no', code: 'AUTHENTICATIONFAILED' }
    const atImap = await failureOf(place.open().check(never()))
    const atSmtp = await failureOf(mailboxAt(place, place.imap.settings, 'wrong password').check(never()))

    expect(atImap).toMatchObject({ code: 'mail.signed_out', details: { server: 'imap' } })
    expect(atSmtp).toMatchObject({ code: 'mail.signed_out', details: { server: 'smtp' } })
    expect(inspect([atImap, atSmtp], { depth: 10, showHidden: true })).not.toMatch(/correct horse|wrong password/)
    expect(place.imap.connections).toBe(1)
  })

  test.for(['mail.example', '192.0.2.1', 'localhost.evil.example'])(
    'without encryption %s is not even looked up',
    async (host, { expect }) => {
      await using place = await imapPlace()
      const mailbox = mailboxAt(place, { host, port: 143, security: 'none' })

      await expect(mailbox.check(never())).rejects.toMatchObject(unreachable('not_encrypted'))
    },
  )

  test('a closed port is no connection, and a plain server behind the TLS port is no TLS', async ({ expect }) => {
    await using place = await imapPlace()
    const closed = mailboxAt(place, { host: '127.0.0.1', port: await closedPort(), security: 'none' })
    const plain = mailboxAt(place, { ...place.imap.settings, security: 'tls' })

    await expect(closed.check(never())).rejects.toMatchObject(unreachable('no_connection'))
    await expect(plain.check(never())).rejects.toMatchObject(unreachable('no_tls'))
  })
})

function mailboxAt({ smtp }: ImapPlace, imap: ImapServer, password = smtp.password): MailProvider {
  return createSmtpProvider({ server: smtp.settings, imap, address: REP, password, timeoutMs: 60_000 })
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) => error,
  )
}

async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

import { describe, expect, test } from 'vitest'
import { KNOWN_PROVIDERS } from '../../renderer/features/mailboxes/mail-servers.ts'
import {
  EMPTY_SMTP,
  serversDraftOf,
  serversErrors,
  serversOfDraft,
  smtpErrors,
  smtpInput,
} from '../../renderer/features/mailboxes/smtp-draft.ts'
import { guessServers, serversOf } from '../../renderer/features/mailboxes/smtp-guess.ts'

const DRAFT = { ...EMPTY_SMTP, address: ' jana@corp.example ', host: 'smtp.corp.example', password: 'secret' }

describe('the form for an SMTP mailbox', () => {
  test('a known provider brings its server and says what password it wants', () => {
    const guess = guessServers('jana@gmail.com')
    expect(guess?.smtp).toEqual({ host: 'smtp.gmail.com', port: 465, security: 'tls' })
    expect(guess?.imap).toEqual({ host: 'imap.gmail.com', port: 993, security: 'tls' })
    expect(guess?.passwordHint).toContain('app password')
  })

  test.each(['jana@HOTMAIL.com', 'jana@outlook.de'])('%s is sent to the sign-in in the browser', (address) => {
    expect(guessServers(address)).toMatchObject({ provider: 'Outlook', better: 'outlook' })
    expect(guessServers(address)?.passwordHint).toContain('no longer takes passwords')
  })

  test.each(['IONOS', 'STRATO', 'OVHcloud'])('%s, whose customers bring their own domain, can be named', (name) => {
    expect(serversOf(name)?.imap).toMatchObject({ port: 993, security: 'tls' })
    expect(serversOf(name)?.passwordHint).not.toContain('app password')
  })

  test('no domain and no name is on the list twice, and every server has encryption', () => {
    const domains = KNOWN_PROVIDERS.flatMap((provider) => provider.domains)
    expect(new Set(domains).size).toBe(domains.length)
    expect(new Set(KNOWN_PROVIDERS.map(({ name }) => name)).size).toBe(KNOWN_PROVIDERS.length)
    for (const { smtp, imap } of KNOWN_PROVIDERS) {
      expect([smtp.security, smtp.port, imap.port]).toEqual([smtp.port === 587 ? 'starttls' : 'tls', smtp.port, 993])
      expect(`${smtp.host} ${imap.host}`).toMatch(/^[\w.-]+ [\w.-]+$/)
    }
  })

  test('any other domain gets the usual name', () => {
    expect(guessServers('jana@corp.example')).toMatchObject({
      provider: null,
      smtp: { host: 'smtp.corp.example', port: 587 },
      imap: { host: 'imap.corp.example', port: 993 },
    })
  })

  test.each(['', 'jana', 'jana@', 'jana@corp', 'jana@corp .example'])('no guess for “%s”', (address) => {
    expect(guessServers(address)).toBeNull()
  })

  test('an empty user name means the address', () => {
    expect(smtpInput(DRAFT)).toMatchObject({ address: 'jana@corp.example', smtp: { user: 'jana@corp.example' } })
  })

  test('a right draft has no errors', () => {
    expect(Object.values(smtpErrors(DRAFT)).every((error) => error === null)).toBe(true)
  })

  test.each([
    [{ address: 'a@b.example, c@d.example' }, 'address'],
    [{ host: ' ' }, 'host'],
    [{ port: '' as const }, 'port'],
    [{ port: 70_000 }, 'port'],
    [{ password: '' }, 'password'],
    [{ security: 'none' as const }, 'security'],
  ])('%j is said at its field', (change, field) => {
    const errors = smtpErrors({ ...DRAFT, ...change })
    expect(
      Object.entries(errors)
        .filter(([, error]) => error !== null)
        .map(([name]) => name),
    ).toEqual([field])
  })

  test('answers are read only where the rep wants it', () => {
    expect(smtpInput({ ...DRAFT, imapHost: 'imap.corp.example' }).imap).toBeNull()
    expect(smtpInput({ ...DRAFT, doesRead: true, imapHost: ' imap.corp.example ' }).imap).toEqual({
      host: 'imap.corp.example',
      port: 993,
      security: 'tls',
    })
  })

  test.each([
    [{ imapHost: '' }, 'imapHost'],
    [{ imapPort: 0 }, 'imapPort'],
    [{ imapSecurity: 'none' as const }, 'imapSecurity'],
  ])('%j of the server for answers matters only while it is read', (change, field) => {
    const draft = { ...DRAFT, imapHost: 'imap.corp.example', ...change }
    expect(Object.values(serversErrors(draft)).every((error) => error === null)).toBe(true)
    const wrong = Object.entries(serversErrors({ ...draft, doesRead: true })).filter(([, error]) => error !== null)
    expect(wrong.map(([name]) => name)).toEqual([field])
  })

  test('servers that are opened and saved untouched stay the same', () => {
    const smtp = { host: 'smtp.corp.example', port: 2525, security: 'starttls', user: 'jana' } as const
    const imap = { host: 'imap.corp.example', port: 143, security: 'starttls' } as const
    for (const servers of [
      { smtp, imap },
      { smtp, imap: null },
    ]) {
      const draft = serversDraftOf({ address: 'jana@corp.example', ...servers })
      expect(serversOfDraft(draft, 'jana@corp.example')).toEqual(servers)
    }
  })

  test('a server on this computer may go without encryption', () => {
    expect(smtpErrors({ ...DRAFT, host: 'localhost', security: 'none' }).security).toBeNull()
  })
})

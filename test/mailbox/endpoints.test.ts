import { describe, expect, test } from 'vitest'
import { endpointsFrom, PUBLIC_ENDPOINTS } from '#electron/mailbox/endpoints'
import { createMailRoom } from '#electron/mailbox/open-provider'
import { outgoingMail } from '#test/mailbox/outgoing-mail'
import { startSmtpServer } from '#test/support/smtp-server'

const NAMES = [
  'PACEMAIL_GOOGLE_AUTHORIZE_URL',
  'PACEMAIL_GOOGLE_TOKEN_URL',
  'PACEMAIL_GMAIL_URL',
  'PACEMAIL_MICROSOFT_AUTHORITY_URL',
  'PACEMAIL_GRAPH_URL',
] as const

test('without a word the public endpoints are used', () => {
  expect(endpointsFrom({})).toEqual(PUBLIC_ENDPOINTS)
  expect(endpointsFrom({ PACEMAIL_GMAIL_URL: '' })).toEqual(PUBLIC_ENDPOINTS)
})

describe('the servers of mailboxes behind SMTP and IMAP', () => {
  test.each([
    ['PACEMAIL_SMTP_URL', 'smtp', 'smtp://127.0.0.1:2525', { host: '127.0.0.1', port: 2525, security: 'none' }],
    ['PACEMAIL_IMAP_URL', 'imap', 'imap://[::1]:1143', { host: '::1', port: 1143, security: 'none' }],
  ] as const)('%s may name one on this machine that stands for all', (name, kind, url, server) => {
    expect(endpointsFrom({ [name]: url }).servers[kind]).toEqual(server)
  })

  test.each([
    ['PACEMAIL_SMTP_URL', 'smtp://mail.corp.example:25'],
    ['PACEMAIL_SMTP_URL', 'smtp://127.0.0.1'],
    ['PACEMAIL_SMTP_URL', 'http://127.0.0.1:25'],
    ['PACEMAIL_IMAP_URL', 'imap://10.0.0.1:143'],
    ['PACEMAIL_IMAP_URL', 'smtp://127.0.0.1:143'],
  ])('%s may not be %s', (name, url) => {
    expect(() => endpointsFrom({ [name]: url })).toThrow(/must be an address on this machine/)
  })
})

describe.each(NAMES)('%s', (name) => {
  test.each(['http://127.0.0.1:4002', 'http://localhost:4002/x', 'http://[::1]:4002', 'https://127.0.0.1:4002'])(
    'may be %s',
    (url) => {
      expect(JSON.stringify(endpointsFrom({ [name]: url }))).toContain(url)
    },
  )

  test.each([
    'https://gmail.googleapis.com.evil.example',
    'http://127.0.0.1.evil.example',
    'http://127.0.0.1@evil.example',
    'http://10.0.0.1:80',
    'http://0.0.0.0:80',
    'file:///etc/passwd',
    'not an address',
  ])('may not be %s', (url) => {
    expect(() => endpointsFrom({ [name]: url })).toThrow(/must be an address on this machine/)
  })
})

test('mail of a mailbox at a real server goes to the one on this machine that stands for it', async () => {
  await using server = await startSmtpServer({ security: 'none' })
  const { settings, password } = server
  const { servers } = endpointsFrom({ PACEMAIL_SMTP_URL: `smtp://127.0.0.1:${settings.port}` })
  const room = createMailRoom({ ...PUBLIC_ENDPOINTS, servers })
  const smtp = { ...settings, host: 'smtp.corp.example', port: 465, security: 'tls' } as const
  const mail = outgoingMail()
  const account = { kind: 'smtp', address: mail.from.address, smtp, imap: null, mayRead: false } as const
  const provider = await room.open(account, { practiceFolder: '', password, secret: noSecret, client: null })
  const { signal } = new AbortController()
  const { draftId } = await provider.createDraft(mail, signal)
  await provider.sendDraft(draftId, mail, () => true, signal)
  expect(server.received).toMatchObject([{ from: mail.from.address, to: [mail.to.address] }])
})

const noSecret = { read: () => Promise.resolve(null), write: () => Promise.reject(new Error('nothing to keep')) }

import { describe, expect, test } from 'vitest'
import { endpointsFrom, PUBLIC_ENDPOINTS } from '#electron/mailbox/endpoints'

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

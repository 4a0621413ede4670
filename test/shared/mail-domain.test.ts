import { describe, expect, test } from 'vitest'
import { domainProvider } from '#shared/domain/domain-providers'
import { dmarcNames, readDkim, readDmarc, readSpf } from '#shared/domain/mail-domain'

describe('SPF', () => {
  test.each([
    [[], 'none'],
    [['v=spf10 -all', 'google-site-verification=x', 'spf2.0/pra -all'], 'none'],
    [['v=spf1'], 'found'],
    [['V=SPF1 -all'], 'found'],
    [['v=spf1 -all', 'v=spf1 ~all'], 'several'],
  ])('%j says %s', (txt, says) => {
    expect(readSpf(txt).says).toBe(says)
  })

  test('names what it includes and where it goes on, in lower case', () => {
    const record =
      'v=spf1 ip4:192.0.2.0/24 include:_spf.Google.com +include:b.example -include:c.example redirect=d.example'
    expect(readSpf([record])).toMatchObject({ names: ['_spf.google.com', 'b.example', 'd.example'] })
  })

  test.each([
    ['v=spf1 +all', true],
    ['v=spf1 all', true],
    ['v=spf1 ~all', false],
    ['v=spf1 -all', false],
    ['v=spf1 include:all', false],
  ])('%s: open to all is %s', (record, isOpenToAll) => {
    expect(readSpf([record])).toMatchObject({ isOpenToAll })
  })
})

describe('DMARC', () => {
  test.each([
    [[], { says: 'none' }],
    [['v=spf1 -all'], { says: 'none' }],
    [['v=DMARC1;p=none'], { says: 'found', policy: 'none' }],
    [['v = DMARC1 ; P = Reject ; rua=mailto:a@b.example'], { says: 'found', policy: 'reject' }],
    [['v=DMARC1'], { says: 'broken' }],
    [['v=DMARC1; p=maybe'], { says: 'broken' }],
    [['v=DMARC1; p=none', 'v=DMARC1; p=reject'], { says: 'several' }],
  ])('%j', (txt, reading) => {
    expect(readDmarc(txt)).toMatchObject(reading)
  })

  test('is looked for at the domain and above it, never at the top', () => {
    expect(dmarcNames('mail.corp.example')).toEqual(['_dmarc.mail.corp.example', '_dmarc.corp.example'])
  })
})

test.each([
  [[], 'none'],
  [['some text'], 'none'],
  [['v=DKIM1; k=rsa; p=MIIB'], 'found'],
  [['k=rsa; p=MI IB'], 'found'],
  [['v=DKIM1; p='], 'revoked'],
  [['v=DKIM2; p=MIIB'], 'none'],
])('the DKIM record %j is %s', (txt, key) => {
  expect(readDkim(txt)).toBe(key)
})

test('a provider is known by the sign-in or by its server, and by nothing that only looks like it', () => {
  expect(domainProvider('gmail', null).name).toBe('Google')
  expect(domainProvider('outlook', null)).toMatchObject({ name: 'Microsoft', hasOnlyThese: true })
  expect(domainProvider('smtp', 'smtp.fastmail.com').name).toBe('Fastmail')
  expect(domainProvider('smtp', 'smtp.notfastmail.com')).toMatchObject({ name: '', spf: null, hasOnlyThese: false })
})

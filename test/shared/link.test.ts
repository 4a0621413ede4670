import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseAddress } from '#shared/domain/address'
import { LINK_PAGES, LONGEST_LINK, readLink } from '#shared/domain/link'

const mail = (to: string[], subject = '', body = '') => ({ kind: 'mail', to, subject, body })

describe('a mailto: link', () => {
  test.each([
    ['mailto:ann@corp.example', mail(['ann@corp.example'])],
    ['MAILTO:Ann@Corp.example', mail(['Ann@Corp.example'])],
    ['mailto:ann%40corp.example', mail(['ann@corp.example'])],
    ['mailto:ann+news@corp.example?subject=a+b', mail(['ann+news@corp.example'], 'a+b')],
    ['mailto:?to=ann@corp.example', mail(['ann@corp.example'])],
    ['mailto:ann@corp.example,bob%2Bx@corp.example', mail(['ann@corp.example', 'bob+x@corp.example'])],
    ['mailto:ann@corp.example,Ann+x@corp.example?to=bob@corp.example', mail(['ann@corp.example', 'bob@corp.example'])],
    [
      'mailto:ann@corp.example?Subject=Hi%20there&amp;body=One%0D%0ATwo',
      mail(['ann@corp.example'], 'Hi there', 'One\nTwo'),
    ],
    ['mailto:ann@corp.example?subject=A%0D%0ABcc:%20x@evil.test', mail(['ann@corp.example'], 'A Bcc: x@evil.test')],
    ['mailto:ann@corp.example?subject=one&subject=two', mail(['ann@corp.example'], 'one')],
    ['mailto:ann@corp.example?body=a=b%3Fc&subject=%C3%A4%E2%80%AE', mail(['ann@corp.example'], 'ä', 'a=b?c')],
    ['mailto:ann@corp.example?subject=%ff&body=ok', mail(['ann@corp.example'], '', 'ok')],
    ['mailto:ann@corp.example#x', mail(['ann@corp.example'])],
    [
      'mailto:ann@corp.example?cc=c@evil.test&bcc=b@evil.test&attach=/etc/passwd&in-reply-to=%3C1%3E&from=x@evil.test',
      mail(['ann@corp.example']),
    ],
  ])('%s is read as RFC 6068 says, and only its people, subject and text', (link, read) => {
    expect(readLink(link)).toEqual(read)
  })

  test.each([
    'mailto:',
    'mailto:?subject=nobody',
    'mailto:nobody',
    'mailto:Ann%20%3Cann@corp.example%3E',
    'mailto:ann@corp.example%0D%0ABcc:x@evil.test',
    'mailto:ann@corp.example,%ff',
    'mailto://ann@corp.example',
    `mailto:${Array.from({ length: 21 }, (_, index) => `p${index}@corp.example`).join(',')}`,
    `mailto:ann@corp.example?body=${'x'.repeat(LONGEST_LINK)}`,
    ' mailto:ann@corp.example',
  ])('%s is not opened', (link) => {
    expect(readLink(link)).toBeNull()
  })
})

describe('a pacemail: link', () => {
  test.each(LINK_PAGES)('opens the page %s, however a browser writes it', (page) => {
    for (const link of [`pacemail:${page}`, `pacemail://${page}`, `PACEMAIL://${page}/`]) {
      expect(readLink(link)).toEqual({ kind: 'page', page })
    }
  })

  test('without a name only shows the app', () => {
    for (const link of ['pacemail:', 'pacemail://', 'pacemail:///']) {
      expect(readLink(link)).toEqual({ kind: 'page', page: null })
    }
  })

  test.each([
    'pacemail://send-all',
    'pacemail://queue/7',
    'pacemail://queue?send=7',
    'pacemail://queue#/settings',
    'pacemail://dispatch?selection={"by":"filter"}',
    'pacemail://../queue',
    'pacemail://user@queue',
    'pacemail://QUEUE',
    'pacemail:__proto__',
    'pacemail:constructor',
  ])('%s opens nothing', (link) => {
    expect(readLink(link)).toBeNull()
  })
})

test.each([
  'https://pacemail/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'app://pacemail/',
  'x-mailto:a@b.example',
  '',
])('%s is no link of ours', (text) => expect(readLink(text)).toBeNull())

test('whatever a link says, it names a known page or people one could write to, in one line and without control characters', () => {
  const scheme = fc.constantFrom('mailto:', 'pacemail:', 'pacemail://', 'mailto:ann@corp.example?', '')
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('%0d%0a', '%00', '%', '%e2%80%ae', '&', '=', '?', ',', 'subject=', 'body=', 'to=', 'a@b.example'),
  )
  const link = fc.tuple(scheme, fc.array(piece)).map(([start, pieces]) => start + pieces.join(''))
  fc.assert(
    fc.property(link, (text) => {
      const read = readLink(text)
      if (read?.kind === 'page') expect([null, ...LINK_PAGES]).toContain(read.page)
      if (read?.kind === 'mail') {
        expect(read.to.every((address) => parseAddress(address).ok)).toBe(true)
        expect(read.subject).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/)
        expect(read.body).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/)
      }
    }),
    { numRuns: 2_000 },
  )
})

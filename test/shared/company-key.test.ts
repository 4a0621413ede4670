import { describe, expect, test } from 'vitest'
import { companyKey } from '#shared/domain/company-key'
import { parentsOf, webDomainOf } from '#shared/domain/web-domain'

describe('the key of a company', () => {
  test.each([
    ['Acme', 'ACME GmbH', 'Acme, Inc.', 'The Acme Company', 'acme gmbh & Co. KG', 'Acme S.A.', 'Ácme Sp. z o.o.'],
    ['Müller & Söhne', 'Muller und Sohne AG', 'MÜLLER AND SÖHNE'],
  ])('is one for all its spellings: %s', (...names) => {
    expect(new Set(names.map(companyKey)).size).toBe(1)
  })

  test.each([
    ['Acme', 'Acme Steel'],
    ['Group', 'Holding'],
    ['Plan A', 'Plan B'],
    ['GmbH', ''],
    ['三菱', '三井'],
  ])('is another for another company: %s, %s', (one, other) => {
    expect(companyKey(one)).not.toBe(companyKey(other))
  })

  test('is empty without letters and digits', () => {
    expect(companyKey(' –– ')).toBe('')
  })
})

describe('the domain of a website', () => {
  test.each([
    ['https://www.acme.example/about?x=1#y', 'acme.example'],
    ['ACME.example.', 'acme.example'],
    ['http://acme.example:8080', 'acme.example'],
    ['www2.acme.example', 'acme.example'],
    ['ann@acme.example', 'acme.example'],
    ['müller.example', 'xn--mller-kva.example'],
    ['https://de.linkedin.com/company/acme', ''],
    ['Acme Inc.', ''],
    ['localhost', ''],
    ['192.0.2.1', ''],
    ['', ''],
  ])('%s is %s', (text, domain) => {
    expect(webDomainOf(text)).toBe(domain)
  })

  test('has parents with at least two labels', () => {
    expect(parentsOf('a.b.example')).toEqual(['a.b.example', 'b.example'])
  })
})

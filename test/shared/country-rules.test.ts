import { describe, expect, test } from 'vitest'
import { countryName, countryOf } from '#shared/domain/country'
import { type BasisFacts, basisLastsUntil, missingFor, rulesFor } from '#shared/domain/country-rules'
import { isFreeMail } from '#shared/domain/free-mail'

const DAY_MS = 86_400_000
const NOW = Date.UTC(2026, 10, 22)

const LEAD: BasisFacts = {
  country: '',
  domain: 'acme.com',
  basis: 'legitimate_interest',
  basisAt: null,
  basisNote: '',
}

function missing(change: Partial<BasisFacts>, mail: Parameters<typeof missingFor>[2] = null): string[] {
  return missingFor({ ...LEAD, ...change }, NOW, mail)
}

describe('the country of a lead', () => {
  test.each([
    ['DE', 'acme.com', 'DE'],
    ['de', 'acme.com', 'DE'],
    ['Germany', 'acme.com', 'DE'],
    ['Deutschland', 'acme.com', 'DE'],
    ['Österreich', 'acme.com', 'AT'],
    ['U.S.A.', 'acme.de', 'US'],
    ['UK', 'acme.com', 'GB'],
    ['United Kingdom', '', 'GB'],
    ['Türkiye', '', 'TR'],
  ])('is what the rep recorded: %s', (country, domain, expected) => {
    expect(countryOf({ country, domain })).toBe(expected)
  })

  test.each([
    ['acme.ca', 'CA'],
    ['acme.co.uk', 'GB'],
    ['acme.eu', 'EU'],
    ['acme.berlin', 'DE'],
    ['state.gov', 'US'],
  ])('is otherwise what the address ends in: %s', (domain, expected) => {
    expect(countryOf({ country: 'Somewhere', domain })).toBe(expected)
  })

  test.each(['acme.com', 'acme.io', 'acme.ai', 'acme.co', 'acme.example', 'acme.xx', ''])(
    'is unknown where the ending says nothing: %s',
    (domain) => {
      expect(countryOf({ country: '', domain })).toBeNull()
    },
  )

  test('has a name for a sentence', () => {
    expect([countryName('CA'), countryName('EU'), countryName('QQ')]).toEqual(['Canada', 'the European Union', 'QQ'])
  })
})

describe('the rules', () => {
  test.each([
    'US',
    'CA',
    'DE',
    'AT',
    'CH',
    'GB',
    'IE',
    'FR',
    'SE',
    'FI',
    'NL',
    'BE',
    'DK',
    'NO',
    'ES',
    'IT',
    'PL',
    'AU',
    'NZ',
  ])('of %s name their law, where to read it and the date', (country) => {
    const rule = rulesFor(country)
    expect(rule.country).toBe(country)
    expect(rule.law).not.toMatch(/no rule is written down|unknown/i)
    expect(rule.url).toMatch(/^https:\/\//)
    expect(rule.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  })

  test('of a country that is not listed are the strictest', () => {
    expect(missing({ country: 'BR' })).toEqual(['stronger_basis'])
    expect(rulesFor('BR').law).toMatch(/no rule is written down/i)
    expect(missing({ country: 'PT' })).toEqual(['stronger_basis'])
    expect(rulesFor('PT').law).toMatch(/2002\/58/)
  })
})

describe('what is missing', () => {
  test('is a ground wherever none is recorded, also in an unknown country', () => {
    for (const country of ['', 'US', 'DE', 'GB']) expect(missing({ country, basis: 'unrecorded' })).toEqual(['basis'])
  })

  test('is nothing in an unknown country with any ground', () => {
    expect(missing({})).toEqual([])
    expect(missing({ domain: 'gmail.com' })).toEqual([])
  })

  test.each(['DE', 'AT', 'ES', 'IT', 'DK', 'PL'])(
    'is consent with its date and proof in %s, also between companies',
    (country) => {
      expect(missing({ country })).toEqual(['stronger_basis'])
      expect(missing({ country, basis: 'published', basisAt: NOW, basisNote: 'website' })).toEqual(['stronger_basis'])
      expect(missing({ country, basis: 'consent' })).toEqual(['basis_date', 'basis_proof'])
      expect(missing({ country, basis: 'consent', basisAt: NOW, basisNote: ' ' })).toEqual(['basis_proof'])
      expect(missing({ country, basis: 'consent', basisAt: NOW, basisNote: 'form on our website' })).toEqual([])
    },
  )

  test('follows the address where no country is recorded', () => {
    expect(missing({ domain: 'acme.de' })).toEqual(['stronger_basis'])
    expect(missing({ domain: 'acme.us' })).toEqual([])
  })

  test.each([
    ['customer', 730],
    ['inquiry', 182],
  ] as const)('is a newer ground in Canada once %s is %i days old', (basis, days) => {
    const lead = { country: 'CA', basis, basisNote: 'invoice 7' }
    expect(missing({ ...lead, basisAt: NOW - days * DAY_MS + 1 })).toEqual([])
    expect(missing({ ...lead, basisAt: NOW - days * DAY_MS })).toEqual(['newer_basis'])
  })

  test.each([
    ['is enough', {}, null],
    ['is missing', { basis: 'unrecorded' }, 0],
    ['is not enough there', { country: 'DE' }, 0],
    ['lacks its proof', { country: 'CA', basis: 'customer', basisAt: NOW }, 0],
    ['ends', { country: 'CA', basis: 'inquiry', basisAt: NOW, basisNote: 'mail' }, NOW + 182 * DAY_MS],
    ['would end elsewhere', { country: 'GB', basis: 'inquiry', basisAt: NOW }, null],
  ] satisfies [string, Partial<BasisFacts>, number | null][])('that %s says until when', (_, change, until) => {
    expect(basisLastsUntil({ ...LEAD, ...change })).toBe(until)
  })

  test('never ends where somebody agreed', () => {
    expect(missing({ country: 'CA', basis: 'consent', basisAt: 0, basisNote: 'signed' })).toEqual([])
  })

  test('is more for a private address in Britain than for a company', () => {
    expect(missing({ country: 'GB' })).toEqual([])
    expect(missing({ country: 'GB', domain: 'gmail.com' })).toEqual(['stronger_basis'])
    expect(missing({ country: 'GB', domain: 'gmail.com', basis: 'inquiry', basisAt: NOW, basisNote: 'mail' })).toEqual(
      [],
    )
    expect(isFreeMail('acme.com')).toBe(false)
  })

  test('is no proof of a ground that is more than enough', () => {
    expect(missing({ country: 'GB', basis: 'consent' })).toEqual([])
    expect(missing({ country: 'GB', domain: 'gmail.com', basis: 'consent' })).toEqual(['basis_date', 'basis_proof'])
  })

  test('is a postal address and an opt-out line in the mail, where it is looked at', () => {
    const bare = { hasPostalAddress: false, hasOptOut: false }
    expect(missing({ country: 'US' }, bare)).toEqual(['postal_address', 'opt_out'])
    expect(missing({ country: 'US' }, { hasPostalAddress: true, hasOptOut: true })).toEqual([])
    expect(missing({ country: 'US' })).toEqual([])
  })
})

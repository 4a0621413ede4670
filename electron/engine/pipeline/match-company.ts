import { companyKey } from '#shared/domain/company-key'
import { isFreeMail } from '#shared/domain/free-mail'
import { parentsOf, webDomainOf } from '#shared/domain/web-domain'
import type { FoundContact } from './lead-source.ts'

export interface KnownCompany {
  readonly name: string
  readonly key: string
  readonly domain: string
  readonly website: string
  readonly country: string
}

/** The company of the list that a contact belongs to: by the domain of address or website, else by its name. */
export type MatchCompany = (contact: FoundContact, domain: string) => KnownCompany | null

export function createCompanyMatch(companies: readonly KnownCompany[]): MatchCompany {
  const byDomain = new Map<string, KnownCompany>()
  const byKey = new Map<string, KnownCompany>()
  for (const company of companies) {
    if (company.domain !== '' && !byDomain.has(company.domain)) byDomain.set(company.domain, company)
    if (company.key !== '' && !byKey.has(company.key)) byKey.set(company.key, company)
  }

  function atDomain(domain: string): KnownCompany | null {
    if (domain === '' || isFreeMail(domain)) return null
    for (const one of parentsOf(domain)) {
      const found = byDomain.get(one)
      if (found !== undefined) return found
    }
    return null
  }

  return (contact, domain) =>
    atDomain(domain) ?? atDomain(webDomainOf(contact.website)) ?? byKey.get(companyKey(contact.company)) ?? null
}

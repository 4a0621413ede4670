import { isFreeMail } from './free-mail.ts'

/** Which company an address belongs to, and which person. */

/** Domains of one company, as the rep has joined them: each with the one that stands for it. */
export type JoinedDomains = ReadonlyMap<string, string>

/** The company behind an identity; null at a provider of free mail, where everybody shares the domain. */
export function companyOf(identity: string, joined?: JoinedDomains): string | null {
  const domain = identity.slice(identity.lastIndexOf('@') + 1)
  return isFreeMail(domain) ? null : (joined?.get(domain) ?? domain)
}

/** The same name before the @ is the same person at every domain of a company: one key for all of them. */
export function personOf(identity: string, joined: JoinedDomains): string {
  if (joined.size === 0) return identity
  const at = identity.lastIndexOf('@') + 1
  const main = joined.get(identity.slice(at))
  return main === undefined ? identity : identity.slice(0, at) + main
}

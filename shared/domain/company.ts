import { isFreeMail } from './free-mail.ts'

/** Which company an address belongs to. */

/** The company behind an identity; null at a provider of free mail, where everybody shares the domain. */
export function companyOf(identity: string): string | null {
  const domain = identity.slice(identity.lastIndexOf('@') + 1)
  return isFreeMail(domain) ? null : domain
}

/**
 * One person may have an address at several domains of a company (`domain_aliases`). These texts go into statements that
 * look somebody up; where no alias is known they cost one probe of an empty index.
 */

/** The domain of an identity. */
export const domainOf = (identity: string): string => `substr(${identity}, instr(${identity}, '@') + 1)`

/** Every domain of the same company, itself among them; none where it has no other. CROSS JOIN: in this order. */
export const SAME_COMPANY = `domain_aliases mine CROSS JOIN domain_aliases other ON other.main_domain = mine.main_domain`

/** The same name before the @ at another domain. */
export const identityAt = (identity: string, domain: string): string =>
  `substr(${identity}, 1, instr(${identity}, '@')) || ${domain}`

const otherIdentity = (identity: string): string => identityAt(identity, 'other.domain')

/** True where the person has an address at another domain of the company that meets `condition`, on suppressions. */
export function suppressedElsewhere(identity: string, condition = 'true'): string {
  return `EXISTS (SELECT 1 FROM ${SAME_COMPANY} CROSS JOIN suppressions
    ON suppressions.kind = 'address' AND suppressions.value = ${otherIdentity(identity)} AND ${condition}
    WHERE mine.domain = ${domainOf(identity)})
  OR EXISTS (SELECT 1 FROM ${SAME_COMPANY} CROSS JOIN suppressions
    ON suppressions.kind = 'domain' AND suppressions.value = other.domain AND ${condition}
    WHERE mine.domain = ${domainOf(identity)})`
}

/** True where a company of that name is left alone, also under another domain or at a provider of free mail. */
export function stoppedByName(company: string): string {
  // The key is worked out only while there is such a stop.
  return `CASE WHEN EXISTS (SELECT 1 FROM suppressions WHERE kind = 'company') THEN
    EXISTS (SELECT 1 FROM suppressions WHERE kind = 'company' AND value = company_key(${company})) ELSE 0 END`
}

/** The newest contact under any other address of the person; null: none. */
export function touchedElsewhere(identity: string, condition = 'true'): string {
  return `(SELECT max(touches.at) FROM ${SAME_COMPANY} CROSS JOIN touches
    ON touches.identity = ${otherIdentity(identity)} AND ${condition}
    WHERE mine.domain = ${domainOf(identity)})`
}

/** The identities of the person at every domain of the company, as rows; its own as well. */
export function everyIdentity(identity: string): string {
  return `SELECT ${identity} AS identity UNION SELECT ${otherIdentity(identity)} FROM ${SAME_COMPANY}
    WHERE mine.domain = ${domainOf(identity)}`
}

/** The id of a living lead who is the same person under another address; null: none. */
export function leadElsewhere(identity: string): string {
  return `(SELECT min(leads.id) FROM ${SAME_COMPANY} CROSS JOIN main.leads
    ON leads.identity = ${otherIdentity(identity)} AND leads.removed_at IS NULL
    WHERE mine.domain = ${domainOf(identity)} AND other.domain <> mine.domain)`
}

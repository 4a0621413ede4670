import type { JoinedDomains } from '#shared/domain/company'
import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'

/** Groups of domains that are one company, the domain that stands for it first; in the order of those. */
export function listDomainGroups(db: Reader): string[][] {
  const rows = statement<{ domain: string; main: string }>(
    db,
    `SELECT domain, main_domain AS main FROM domain_aliases
     ORDER BY main_domain, domain <> main_domain, domain`,
  ).all()
  return [...Map.groupBy(rows, ({ main }) => main).values()].map((group) => group.map(({ domain }) => domain))
}

/** Each of them with the domain that stands for its company. */
export function getJoinedDomains(db: Reader): JoinedDomains {
  const rows = statement<{ domain: string; main: string }>(
    db,
    'SELECT domain, main_domain AS main FROM domain_aliases',
  ).all()
  return new Map(rows.map(({ domain, main }) => [domain, main]))
}

/** Puts domains into one group, with everything that any of them is in already. */
export function joinDomains(tx: Writer, domains: readonly string[]): void {
  const [first = ''] = domains
  const json = JSON.stringify(domains)
  const known = statement<{ main: string | null }>(
    tx,
    'SELECT min(main_domain) AS main FROM domain_aliases WHERE domain IN (SELECT value FROM json_each(?))',
  ).get(json)?.main
  const main = known ?? first
  statement(
    tx,
    `UPDATE domain_aliases SET main_domain = ? WHERE main_domain IN (
       SELECT main_domain FROM domain_aliases WHERE domain IN (SELECT value FROM json_each(?)))`,
  ).run(main, json)
  statement(
    tx,
    'INSERT INTO domain_aliases (domain, main_domain) SELECT value, ? FROM json_each(?) WHERE true ON CONFLICT DO NOTHING',
  ).run(main, json)
}

/** Takes one domain out of its group; a group of one is none. False when it is in none. */
export function partDomain(tx: Writer, domain: string): boolean {
  const group = statement<{ domain: string }>(
    tx,
    `SELECT domain FROM domain_aliases WHERE domain <> ?
     AND main_domain = (SELECT main_domain FROM domain_aliases WHERE domain = ?) ORDER BY domain <> main_domain, domain`,
  ).all(domain, domain)
  if (statement(tx, 'DELETE FROM domain_aliases WHERE domain = ?').run(domain).changes === 0) return false
  const [next] = group
  const json = JSON.stringify(group.map((row) => row.domain))
  const within = 'domain IN (SELECT value FROM json_each(?))'
  if (group.length === 1) statement(tx, `DELETE FROM domain_aliases WHERE ${within}`).run(json)
  else if (next) statement(tx, `UPDATE domain_aliases SET main_domain = ? WHERE ${within}`).run(next.domain, json)
  return true
}

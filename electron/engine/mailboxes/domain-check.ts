/** Looks up SPF, DKIM and DMARC of a domain. A question that nobody could answer is never told as "missing". */
import type { DomainProvider } from '#shared/domain/domain-providers'
import { dmarcNames, readDkim, readDmarc, readSpf } from '#shared/domain/mail-domain'
import type { DomainFinding, DomainReport } from '#shared/domain/readiness'
import type { Dns } from '../../platform/dns.ts'

export async function checkDomain(
  dns: Dns,
  { domain, provider, now }: { domain: string; provider: DomainProvider; now: number },
): Promise<DomainReport> {
  const [spf, dkim, dmarc] = await Promise.all([
    orUnreachable(checkSpf(dns, domain, provider)),
    orUnreachable(checkDkim(dns, domain, provider)),
    orUnreachable(checkDmarc(dns, domain)),
  ])
  return { domain, provider: provider.name, checkedAt: now, spf, dkim, dmarc }
}

async function orUnreachable(finding: Promise<DomainFinding>): Promise<DomainFinding> {
  try {
    return await finding
  } catch {
    // Why it failed helps nobody: no answer, a broken resolver, no network.
    return { state: 'unknown', reason: 'unreachable', evidence: '' }
  }
}

/** Of records that a receiver would look up (RFC 7208 §4.6.4). */
const MOST_LOOKUPS = 10

async function checkSpf(dns: Dns, domain: string, provider: DomainProvider): Promise<DomainFinding> {
  const own = readSpf(await dns.txt(domain))
  if (own.says === 'none') return { state: 'failed', reason: 'missing', evidence: domain }
  if (own.says === 'several') return { state: 'failed', reason: 'several', evidence: own.record }
  if (own.isOpenToAll) return { state: 'failed', reason: 'open_to_all', evidence: own.record }
  const isNamed = provider.spf === null || (await names(dns, own.names, provider.spf))
  return isNamed
    ? { state: 'ok', reason: 'found', evidence: own.record }
    : { state: 'failed', reason: 'not_named', evidence: own.record }
}

/** Does the record name the provider, itself or through records that it includes? */
async function names(dns: Dns, first: readonly string[], wanted: string): Promise<boolean> {
  const queue = [...first]
  const seen = new Set<string>()
  while (queue.length > 0 && seen.size < MOST_LOOKUPS) {
    if (queue.includes(wanted)) return true
    const name = queue.shift() ?? ''
    // A macro depends on the mail and cannot be followed here.
    if (seen.has(name) || name.includes('%')) continue
    seen.add(name)
    const reading = readSpf(await dns.txt(name))
    if (reading.says === 'found') queue.push(...reading.names)
  }
  return false
}

async function checkDkim(dns: Dns, domain: string, provider: DomainProvider): Promise<DomainFinding> {
  const asked = provider.selectors.map((selector) => `${selector}._domainkey.${domain}`)
  const readings = await Promise.all(asked.map(async (name) => ({ name, key: readDkim(await dns.txt(name)) })))
  const found = readings.find(({ key }) => key === 'found')
  if (found) return { state: 'ok', reason: 'found', evidence: found.name }
  const revoked = readings.find(({ key }) => key === 'revoked')
  if (revoked) return { state: 'failed', reason: 'revoked', evidence: revoked.name }
  const evidence = asked.join(', ')
  return provider.hasOnlyThese
    ? { state: 'failed', reason: 'missing', evidence }
    : { state: 'unknown', reason: 'not_found', evidence }
}

async function checkDmarc(dns: Dns, domain: string): Promise<DomainFinding> {
  for (const name of dmarcNames(domain)) {
    const reading = readDmarc(await dns.txt(name))
    if (reading.says === 'found') return { state: 'ok', reason: 'found', evidence: `${name}: ${reading.record}` }
    if (reading.says !== 'none') return { state: 'failed', reason: reading.says, evidence: reading.record }
  }
  return { state: 'failed', reason: 'missing', evidence: `_dmarc.${domain}` }
}

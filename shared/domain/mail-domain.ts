/**
 * What a domain's DNS says about mail in its name: SPF (RFC 7208), DKIM keys (RFC 6376 §3.6.1) and DMARC (RFC 7489). Only
 * as much is read as the checklist tells; no mail is judged by it.
 */

export type SpfReading =
  | { readonly says: 'none' }
  /** More than one record is an error for every reader (RFC 7208 §4.5). */
  | { readonly says: 'several'; readonly record: string }
  | {
      readonly says: 'found'
      readonly record: string
      /** Names of other records that count as part of this one: `include:` and `redirect=`, lower case. */
      readonly names: readonly string[]
      /** `+all`: anybody may send in this name. */
      readonly isOpenToAll: boolean
    }

/** `txt`: the TXT records of the domain itself. */
export function readSpf(txt: readonly string[]): SpfReading {
  const records = txt.filter((record) => /^v=spf1(?:\s|$)/i.test(record))
  const [record] = records
  if (record === undefined) return { says: 'none' }
  if (records.length > 1) return { says: 'several', record: records.join(' · ') }
  const terms = record.toLowerCase().split(/\s+/).slice(1)
  return {
    says: 'found',
    record,
    names: terms.flatMap((term) => /^(?:\+?include:|redirect=)(.+)$/.exec(term)?.[1] ?? []),
    isOpenToAll: terms.some((term) => term === 'all' || term === '+all'),
  }
}

export type DmarcReading =
  | { readonly says: 'none' }
  | { readonly says: 'several' | 'broken'; readonly record: string }
  | { readonly says: 'found'; readonly record: string; readonly policy: 'none' | 'quarantine' | 'reject' }

/** `txt`: the TXT records of `_dmarc.` and the domain. */
export function readDmarc(txt: readonly string[]): DmarcReading {
  const records = txt.filter((record) => /^v\s*=\s*DMARC1\s*(?:;|$)/.test(record))
  const [record] = records
  if (record === undefined) return { says: 'none' }
  if (records.length > 1) return { says: 'several', record: records.join(' · ') }
  const policy = tagsOf(record).get('p')?.toLowerCase()
  if (policy === 'none' || policy === 'quarantine' || policy === 'reject') return { says: 'found', record, policy }
  return { says: 'broken', record }
}

/** `txt`: the TXT records of one selector. An empty key is one that was taken back (RFC 6376 §3.6.1). */
export function readDkim(txt: readonly string[]): 'none' | 'revoked' | 'found' {
  const keys = txt.map(tagsOf).filter((tags) => tags.has('p') && (tags.get('v') ?? 'DKIM1') === 'DKIM1')
  if (keys.length === 0) return 'none'
  return keys.some((tags) => tags.get('p') !== '') ? 'found' : 'revoked'
}

/** The names at which a DMARC record may be, the domain's own first (RFC 7489 §6.6.3, without a list of suffixes). */
export function dmarcNames(domain: string): readonly string[] {
  const labels = domain.split('.')
  return labels.slice(0, -1).map((_, from) => `_dmarc.${labels.slice(from).join('.')}`)
}

function tagsOf(record: string): ReadonlyMap<string, string> {
  return new Map(
    record.split(';').flatMap((tag): [string, string][] => {
      const at = tag.indexOf('=')
      return at === -1 ? [] : [[tag.slice(0, at).trim().toLowerCase(), tag.slice(at + 1).replace(/\s+/g, '')]]
    }),
  )
}

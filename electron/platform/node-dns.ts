import { Resolver } from 'node:dns/promises'
import type { Dns } from './dns.ts'

/** One try, ms; the resolver makes two. */
const TIMEOUT_MS = 5_000
/** Longer names cannot exist (RFC 1035 §2.3.4). */
const LONGEST_NAME = 253

export function createNodeDns(): Dns {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 2 })
  return {
    async txt(name) {
      if (name.length > LONGEST_NAME) return []
      try {
        return (await resolver.resolveTxt(name)).map((pieces) => pieces.join(''))
      } catch (error) {
        if (isAbsent(error)) return []
        throw error
      }
    },
  }
}

/** The name servers answered: there is no such name, or it has no such record. */
function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOTFOUND' || error.code === 'ENODATA')
}

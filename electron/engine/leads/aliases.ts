import { write } from '#db/open'
import { joinDomains, listDomainGroups, partDomain } from '#db/queries/domain-aliases'
import { insertEvent } from '#db/queries/events'
import { parseAddress } from '#shared/domain/address'
import { companyOf } from '#shared/domain/company'
import { AppError } from '#shared/errors'
import type { EngineContext } from '../context.ts'

/** Domains of one company: the same name before the @ is the same person at each of them. */
export interface Aliases {
  list(): string[][]
  /** Throws `alias.invalid` and `alias.free_mail`. Answers how many waiting sends it has forbidden. */
  join(domains: readonly string[]): { skippedSends: number }
  part(domain: string): void
}

export interface AliasesDeps extends EngineContext {
  /** Skips what waits for people who must not be written to any more; answers how many sends. */
  readonly skipSuppressed: () => number
  readonly replan: () => void
}

export function createAliases(deps: AliasesDeps): Aliases {
  const { db, clock } = deps

  function tell(): void {
    deps.publish({ type: 'suppressions.changed' })
    deps.publish({ type: 'leads.changed' })
    deps.replan()
  }

  return {
    list: () => listDomainGroups(db),

    join(typed) {
      const domains = [...new Set(typed.map(companyDomain))]
      if (domains.length < 2) throw invalid(typed[1] ?? '')
      const data = { domains: domains.length }
      write(db, (tx) => {
        joinDomains(tx, domains)
        insertEvent(tx, { at: clock.now(), kind: 'domains_joined', data })
      })
      tell()
      return { skippedSends: deps.skipSuppressed() }
    },

    part(domain) {
      const wasThere = write(db, (tx) => {
        const parted = partDomain(tx, domain.toLowerCase())
        if (parted) insertEvent(tx, { at: clock.now(), kind: 'domains_parted' })
        return parted
      })
      if (wasThere) tell()
    },
  }
}

/** `corp.example` or `@corp.example`, in lower-case punycode. */
function companyDomain(typed: string): string {
  const parsed = parseAddress(`any@${typed.trim().replace(/^@/, '')}`)
  if (!parsed.ok) throw invalid(typed)
  const { domain, identity } = parsed.address
  if (companyOf(identity) === null) {
    throw new AppError('alias.free_mail', domain, { details: { value: domain } })
  }
  return domain
}

function invalid(value: string): AppError {
  return new AppError('alias.invalid', 'not two domains', { details: { value: value.slice(0, 100) } })
}

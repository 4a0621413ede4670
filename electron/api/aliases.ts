import type { PacemailHandlers } from '#shared/contract/index'
import type { Aliases } from '../engine/leads/aliases.ts'

export function createAliasesApi(aliases: Aliases): PacemailHandlers['aliases'] {
  return {
    list: () => aliases.list(),
    join: ({ domains }) => aliases.join(domains),
    part({ domain }) {
      aliases.part(domain)
      return {}
    },
  }
}

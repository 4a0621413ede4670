import type { PacemailHandlers } from '#shared/contract/index'
import type { Suppressions } from '../engine/leads/suppressions.ts'

export function createSuppressionsApi(suppressions: Suppressions): PacemailHandlers['suppressions'] {
  return {
    list: (page) => suppressions.list(page),
    add: ({ values }) => suppressions.add(values),
    export: () => suppressions.export(),
    remove({ id }) {
      suppressions.remove(id)
      return {}
    },
  }
}

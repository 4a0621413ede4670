import type { PacemailHandlers } from '#shared/contract/index'
import type { Search } from '../engine/search.ts'

export function createSearchApi(search: Search): PacemailHandlers['search'] {
  return { everything: (wanted) => search.everything(wanted) }
}

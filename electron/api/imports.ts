import type { PacemailHandlers } from '#shared/contract/index'
import type { Imports } from '../engine/imports/imports.ts'

export function createImportsApi(imports: Imports): PacemailHandlers['imports'] {
  return {
    open: (request) => imports.open(request),
    reopen: (request) => imports.reopen(request),
    get: ({ importId }) => imports.get(importId),
    check: (request) => imports.check(request),
    rows: (page) => imports.rows(page),
    save: (request) => imports.save(request),
    async cancel({ importId }) {
      await imports.cancel(importId)
      return {}
    },
    report: ({ importId }) => imports.report(importId),
  }
}

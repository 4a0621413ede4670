import type { PacemailHandlers } from '#shared/contract/index'
import type { Exports } from '../engine/records/exports.ts'

export function createExportsApi(exported: Exports): PacemailHandlers['exports'] {
  return {
    tables: () => ({ tables: exported.tables() }),
    make: ({ table }) => exported.make(table),
    read: (piece) => ({ data: exported.read(piece) }),
    discard({ exportId }) {
      exported.discard(exportId)
      return {}
    },
  }
}

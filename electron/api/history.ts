import type { PacemailHandlers } from '#shared/contract/index'
import type { SendId } from '#shared/domain/ids'
import type { History } from '../engine/imports/history.ts'
import type { TouchImports } from '../engine/imports/touch-imports.ts'

export function createHistoryApi(history: History, imports: TouchImports): PacemailHandlers['history'] {
  return {
    ofLead(request) {
      const { rows, ...rest } = history.ofLead(request)
      return { rows: rows.map((row) => ({ ...row, sendId: row.sendId as SendId | null })), ...rest }
    },
    allowAgain: ({ leadId }) => history.allowAgain(leadId),
    withdraw: ({ leadId }) => history.withdraw(leadId),
    imports: () => imports.list(),
    takeFile: ({ importId }) => imports.takeFile(importId),
    readMailbox: ({ mailboxId, days }) => imports.readMailbox(mailboxId, days),
    stop: ({ touchImportId }) => imports.stop(touchImportId),
    resume: ({ touchImportId }) => imports.resume(touchImportId),
    keep: ({ touchImportId }) => imports.keep(touchImportId),
    discard({ touchImportId }) {
      imports.discard(touchImportId)
      return {}
    },
    undo: ({ touchImportId }) => imports.undo(touchImportId),
  }
}

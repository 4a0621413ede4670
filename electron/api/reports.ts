import type { PacemailHandlers } from '#shared/contract/index'
import type { Reports } from '../engine/records/reports.ts'

export function createReportsApi(reports: Reports): PacemailHandlers['reports'] {
  return {
    list: () => reports.list(),
    get: ({ reportId }) => ({ text: reports.textOf(reportId) }),
    remove({ reportId }) {
      reports.remove(reportId)
      return {}
    },
    seen() {
      reports.seen()
      return {}
    },
    add(error) {
      reports.add(error)
      return {}
    },
  }
}

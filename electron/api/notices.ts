import type { PacemailHandlers } from '#shared/contract/index'
import type { Notices } from '../engine/records/notices.ts'

export function createNoticesApi(notices: Notices): PacemailHandlers['notices'] {
  return {
    rules: () => notices.rules(),
    saveRules: (rules) => notices.saveRules(rules),
    due: () => ({ isDue: notices.isDue() }),
    take: () => ({ notes: notices.take() }),
  }
}

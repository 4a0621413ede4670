import type { PacemailHandlers } from '#shared/contract/index'
import type { Digests } from '../engine/records/digest.ts'

export function createDigestApi(digests: Digests): PacemailHandlers['digest'] {
  return {
    get: () => digests.today(),
    rules: () => digests.rules(),
    saveRules: (rules) => digests.saveRules(rules),
  }
}

import { DAY_MS } from '#shared/domain/pacing'
import { DEFAULT_POLICY } from '#shared/domain/policy'
import type { MailDns } from '../platform/mail-dns.ts'
import type { EngineContext } from './context.ts'
import { createErased, type Erased } from './erased.ts'
import { createHalfLists } from './half-lists.ts'
import { createImports, type Imports } from './imports.ts'
import { createPipeline, type Pipeline } from './pipeline/pipeline.ts'
import type { Uploads } from './uploads.ts'

/** The rooms through which people become leads. */
export interface ImportWing {
  readonly uploads: Uploads
  readonly imports: Imports
  readonly pipeline: Pipeline
  /** Asked wherever a lead comes from. */
  readonly erased: Erased
}

export function createImportWing(
  deps: EngineContext & {
    readonly importWorker: URL
    readonly mailDns: MailDns
    readonly uploads: Uploads
    readonly installSecret: () => string
  },
): ImportWing {
  const coolDownMs = (): number => DEFAULT_POLICY.coolDownDays * DAY_MS
  const erased = createErased(deps)
  const imports = createImports({ ...deps, erased, halfLists: createHalfLists(deps), coolDownMs })
  return { uploads: deps.uploads, erased, imports, pipeline: createPipeline({ ...deps, imports, coolDownMs }) }
}

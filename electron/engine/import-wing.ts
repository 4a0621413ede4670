import { DAY_MS } from '#shared/domain/pacing'
import { DEFAULT_POLICY } from '#shared/domain/policy'
import type { MailDns } from '../platform/mail-dns.ts'
import type { EngineContext } from './context.ts'
import { createHalfLists } from './half-lists.ts'
import { createImports, type Imports } from './imports.ts'
import { createPipeline, type Pipeline } from './pipeline/pipeline.ts'
import type { Uploads } from './uploads.ts'

/** The rooms through which people become leads. */
export interface ImportWing {
  readonly uploads: Uploads
  readonly imports: Imports
  readonly pipeline: Pipeline
}

export function createImportWing(
  deps: EngineContext & { readonly importWorker: URL; readonly mailDns: MailDns; readonly uploads: Uploads },
): ImportWing {
  const coolDownMs = (): number => DEFAULT_POLICY.coolDownDays * DAY_MS
  const imports = createImports({ ...deps, halfLists: createHalfLists(deps), coolDownMs })
  return { uploads: deps.uploads, imports, pipeline: createPipeline({ ...deps, imports, coolDownMs }) }
}

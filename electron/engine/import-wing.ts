import type { MailDns } from '../platform/mail-dns.ts'
import type { EngineContext } from './context.ts'
import { createMovingWing, type MovingWing, type MovingWingDeps } from './moving-wing.ts'
import { createPipeline, type Pipeline } from './pipeline/pipeline.ts'
import type { Uploads } from './uploads.ts'

/** The rooms through which people become leads, and what is known of them from elsewhere. */
export interface ImportWing extends MovingWing {
  readonly uploads: Uploads
  readonly pipeline: Pipeline
}

export function createImportWing(
  deps: EngineContext & MovingWingDeps & { readonly mailDns: MailDns; readonly uploads: Uploads },
): ImportWing {
  const moving = createMovingWing(deps)
  const { imports, history } = moving
  const pipeline = createPipeline({ ...deps, imports, coolDownMs: history.coolDownMs })
  return { ...moving, uploads: deps.uploads, pipeline }
}

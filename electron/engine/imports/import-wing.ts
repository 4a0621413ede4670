import type { EngineContext } from '../context.ts'
import { createErased, type Erased } from '../leads/erased.ts'
import { createMovingWing, type MovingWing, type MovingWingDeps } from './moving-wing.ts'
import { createPipeline, type Pipeline } from '../pipeline/pipeline.ts'
import type { Uploads } from '../uploads.ts'

/** The rooms through which people become leads, and what is known of them from elsewhere. */
export interface ImportWing extends MovingWing {
  readonly uploads: Uploads
  readonly pipeline: Pipeline
  /** Asked wherever a person comes in. */
  readonly erased: Erased
}

type ImportWingDeps = EngineContext & Omit<MovingWingDeps, 'erased'> & { readonly installSecret: () => string }

export function createImportWing(deps: ImportWingDeps): ImportWing {
  const erased = createErased(deps)
  const moving = createMovingWing({ ...deps, erased })
  const { imports, history } = moving
  const pipeline = createPipeline({ ...deps, imports, coolDownMs: history.coolDownMs })
  return { ...moving, uploads: deps.uploads, pipeline, erased }
}

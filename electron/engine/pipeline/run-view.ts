import type { Reader } from '#db/open'
import { countItems } from '#db/queries/pipeline-items'
import { findRun, listInputs, listSteps, type PipelineRunRecord } from '#db/queries/pipeline-runs'
import type { PipelineRun } from '#shared/contract/pipeline'
import { AppError } from '#shared/errors'

type Connected = Pick<Reader, '$client'>

/** Throws `pipeline.not_found`. */
export function getRun(db: Connected, runId: number): PipelineRunRecord {
  const run = findRun(db, runId)
  if (run === null) throw new AppError('pipeline.not_found', `run ${runId}`)
  return run
}

/** A search as the page shows it. */
export function viewRun(db: Connected, runId: number): PipelineRun {
  const { id, name, provenance, listId, createdAt } = getRun(db, runId)
  return {
    runId: id as PipelineRun['runId'],
    name,
    provenance,
    inputs: listInputs(db, runId).map(({ id: inputId, ...input }) => ({
      inputId: inputId as PipelineRun['inputs'][number]['inputId'],
      ...input,
    })),
    steps: listSteps(db, runId),
    companies: countItems(db, runId, 'company'),
    contacts: countItems(db, runId, 'contact'),
    listId: listId as PipelineRun['listId'],
    createdAt,
  }
}

import type { PacemailHandlers } from '#shared/contract/index'
import type { PipelineRunId } from '#shared/domain/ids'
import type { Pipeline } from '../engine/pipeline/pipeline.ts'

export function createPipelineApi(pipeline: Pipeline): PacemailHandlers['pipeline'] {
  return {
    list: () => pipeline.list().map((run) => ({ ...run, runId: run.runId as PipelineRunId })),
    get: ({ runId }) => pipeline.get(runId),
    create: ({ name }) => pipeline.create(name),
    edit: ({ runId, ...change }) => pipeline.edit(runId, change),
    addInput: ({ runId, kind, from }) => pipeline.addInput(runId, kind, from),
    removeInput: ({ runId, inputId }) => pipeline.removeInput(runId, inputId),
    run: (request) => pipeline.run(request),
    stop: ({ runId }) => pipeline.stop(runId),
    items: (page) => pipeline.items(page),
    save: (request) => pipeline.save(request),
    report: ({ runId }) => pipeline.report(runId),
    remove({ runId }) {
      pipeline.remove(runId)
      return {}
    },
  }
}

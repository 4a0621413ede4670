import type { PipelineRun } from '#shared/contract/pipeline'
import type { PipelineStep } from '#shared/domain/taxonomy'
import type { TestEngine } from './start-test-engine.ts'

type RunId = PipelineRun['runId']

export interface SomeInputs {
  readonly companies?: string
  readonly people?: string
}

/** A new search with pasted lists; nothing has run yet. */
export async function newRun(app: TestEngine, inputs: SomeInputs): Promise<RunId> {
  const { runId } = await app.api.pipeline.create({ name: 'Search' })
  for (const kind of ['companies', 'people'] as const) {
    const text = inputs[kind]
    if (text !== undefined) await app.api.pipeline.addInput({ runId, kind, from: { text, name: `${kind} list` } })
  }
  return runId
}

/** Runs one step to its end. */
export async function runStep(app: TestEngine, runId: RunId, step: PipelineStep, mode?: 'again' | 'on' | 'unsure') {
  await app.api.pipeline.run({ runId, step, ...(mode === undefined ? {} : { mode }) })
  return stepEnded(app, runId)
}

/** The run once none of its steps is running; asked for again whenever the engine tells something. */
export async function stepEnded(app: TestEngine, runId: RunId): Promise<PipelineRun> {
  for (;;) {
    const change = nextChange(app)
    const run = await app.api.pipeline.get({ runId })
    if (!run.steps.some(({ state }) => state === 'running')) return run
    await change
  }
}

async function nextChange(app: TestEngine): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const stop = app.engine.onChange(() => resolve())
  await promise
  stop()
}

export async function runAll(app: TestEngine, runId: RunId): Promise<PipelineRun> {
  for (const step of ['find_companies', 'find_contacts'] as const) await runStep(app, runId, step)
  return runStep(app, runId, 'check_addresses')
}

/** What each contact has come to, by address, or by name where there is none. */
export async function verdictsOf(app: TestEngine, runId: RunId): Promise<Record<string, string>> {
  const { rows } = await app.api.pipeline.items({ runId, kind: 'contact', limit: 200 })
  return Object.fromEntries(rows.map((row) => [row.email || row.firstName, row.verdict]))
}

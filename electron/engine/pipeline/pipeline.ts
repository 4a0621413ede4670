import { write } from '#db/open'
import { countItems, deleteItems, listItems, resetChecks, type ItemPage } from '#db/queries/pipeline-items'
import {
  beginStep,
  deleteInput,
  deleteRun,
  editRun,
  insertInput,
  insertRun,
  listInputs,
  listRunningSteps,
  listRuns,
  listSteps,
  outdateSteps,
} from '#db/queries/pipeline-runs'
import { Provenance } from '#shared/contract/leads'
import type { PipelineInputKind, PipelineItem, PipelineRun } from '#shared/contract/pipeline'
import type { PipelineStep } from '#shared/domain/taxonomy'
import { AppError } from '#shared/errors'
import type { EngineContext } from '../context.ts'
import type { Imports } from '../imports/imports.ts'
import { cleanLine } from '../leads/lead-text.ts'
import type { Uploads } from '../uploads.ts'
import { pipelineReport } from './pipeline-report.ts'
import { readInputText, type InputFrom } from './read-input.ts'
import { getRun, viewRun } from './run-view.ts'
import { saveContacts, type SaveRequest } from './save-contacts.ts'
import type { StepDeps } from './step-run.ts'
import { createStepRunner } from './step-runner.ts'

export interface PipelineDeps extends EngineContext, StepDeps {
  readonly uploads: Uploads
  readonly imports: Imports
}

/** From lists of companies and people to leads, in steps that the rep sees, repeats and stops. */
export interface Pipeline {
  list(): ReturnType<typeof listRuns>
  /** Throws `pipeline.not_found`, like all that name a run. */
  get(runId: number): PipelineRun
  create(name: string): PipelineRun
  edit(runId: number, change: { name?: string | undefined; provenance?: Provenance | undefined }): PipelineRun
  addInput(runId: number, kind: PipelineInputKind, from: InputFrom): PipelineRun
  removeInput(runId: number, inputId: number): PipelineRun
  /** Throws `pipeline.busy`, `pipeline.no_input`. The result arrives as `pipeline.moved`. */
  run(request: { runId: number; step: PipelineStep; mode: 'again' | 'on' | 'unsure' }): PipelineRun
  stop(runId: number): Promise<PipelineRun>
  items(page: ItemPage): { rows: PipelineItem[]; total: number }
  /** Throws `pipeline.nothing_to_save`, and what an import throws. */
  save(request: SaveRequest): Promise<PipelineRun>
  report(runId: number): { fileName: string; text: string }
  remove(runId: number): void
  /** Goes on with the step that a kill or the end of the app interrupted; for the start. */
  goOn(): void
  close(): Promise<void>
}

/** Progress goes to the page this often at most. */
const PROGRESS_MS = 100

/** What has to be done again after this. */
const AFTER = {
  find_companies: ['find_contacts', 'check_addresses'],
  find_contacts: ['check_addresses'],
  check_addresses: [],
} as const satisfies Record<PipelineStep, readonly PipelineStep[]>

export function createPipeline(deps: PipelineDeps): Pipeline {
  const { db, clock } = deps
  let toldAt = Number.NEGATIVE_INFINITY
  const runner = createStepRunner({ ...deps, moved })

  function moved(runId: number, isProgress: boolean): void {
    const now = clock.monotonic()
    if (isProgress && now - toldAt < PROGRESS_MS) return
    toldAt = isProgress ? now : Number.NEGATIVE_INFINITY
    deps.publish({ type: 'pipeline.moved', state: viewRun(db, runId) })
  }

  /** Answers what the page is told. */
  function told(runId: number): PipelineRun {
    moved(runId, false)
    return viewRun(db, runId)
  }

  function idle(runId: number): void {
    getRun(db, runId)
    if (runner.isBusy()) throw new AppError('pipeline.busy', 'a step is running')
  }

  function changeInputs(
    runId: number,
    kind: PipelineInputKind,
    change: (tx: Parameters<typeof insertInput>[0]) => void,
  ) {
    const first = kind === 'companies' ? 'find_companies' : 'find_contacts'
    write(db, (tx) => {
      change(tx)
      outdateSteps(tx, runId, [first, ...AFTER[first]])
    })
    return told(runId)
  }

  function begin(runId: number, step: PipelineStep, mode: 'again' | 'on' | 'unsure'): void {
    const before = listSteps(db, runId).find((one) => one.step === step)
    const goesOn = mode === 'on' && (before?.state === 'stopped' || before?.state === 'failed')
    write(db, (tx) => {
      if (step === 'check_addresses') {
        if (!goesOn) resetChecks(tx, runId, mode === 'unsure' ? 'unsure' : 'all')
      } else if (!goesOn) {
        deleteItems(tx, { runId, kind: step === 'find_companies' ? 'company' : 'contact' })
        outdateSteps(tx, runId, AFTER[step])
      }
      beginStep(tx, { runId, step }, { done: goesOn ? (before?.done ?? 0) : 0, now: clock.now() })
    })
  }

  function refuseEmpty(runId: number, step: PipelineStep): void {
    const kind = step === 'find_companies' ? 'companies' : 'people'
    const isThere =
      step === 'check_addresses'
        ? Object.values(countItems(db, runId, 'contact')).some((count) => count > 0)
        : listInputs(db, runId).some((input) => input.kind === kind)
    if (!isThere) throw new AppError('pipeline.no_input', step, { details: { step } })
  }

  return {
    list: () => listRuns(db),
    get: (runId) => viewRun(db, runId),

    create(name) {
      const run = { name: cleanLine(name, 100), provenance: Provenance.parse({}), now: clock.now() }
      return told(write(db, (tx) => insertRun(tx, run)))
    },

    edit(runId, change) {
      const { name, provenance } = getRun(db, runId)
      const after = { name: cleanLine(change.name ?? name, 100), provenance: change.provenance ?? provenance }
      write(db, (tx) => editRun(tx, runId, after))
      return told(runId)
    },

    addInput(runId, kind, from) {
      idle(runId)
      const input = readInputText(deps.uploads, kind, from)
      return changeInputs(runId, kind, (tx) => insertInput(tx, runId, { ...input, now: clock.now() }))
    },

    removeInput(runId, inputId) {
      idle(runId)
      const input = listInputs(db, runId).find(({ id }) => id === inputId)
      if (input === undefined) throw new AppError('pipeline.not_found', `input ${inputId}`)
      return changeInputs(runId, input.kind, (tx) => deleteInput(tx, runId, inputId))
    },

    run({ runId, step, mode }) {
      idle(runId)
      refuseEmpty(runId, step)
      begin(runId, step, mode)
      runner.start({ runId, step })
      return told(runId)
    },

    async stop(runId) {
      getRun(db, runId)
      await runner.stop(runId)
      return viewRun(db, runId)
    },

    items(page) {
      getRun(db, page.runId)
      const counts = countItems(db, page.runId, page.kind)
      const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
      return { rows: listItems(db, page), total: page.verdict === null ? all : counts[page.verdict] }
    },

    async save(request) {
      idle(request.runId)
      await saveContacts(deps, request)
      return told(request.runId)
    },

    report(runId) {
      return pipelineReport(db, getRun(db, runId))
    },

    remove(runId) {
      idle(runId)
      write(db, (tx) => deleteRun(tx, runId))
    },

    goOn() {
      const [interrupted] = listRunningSteps(db)
      if (interrupted !== undefined && !runner.isBusy()) runner.start(interrupted)
    },

    close: () => runner.close(),
  }
}

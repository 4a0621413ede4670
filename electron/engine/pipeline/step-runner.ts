import { write } from '#db/open'
import { endStep, listSteps } from '#db/queries/pipeline-runs'
import { AppError } from '#shared/errors'
import type { EngineContext } from '../context.ts'
import { createPieces } from '../pieces.ts'
import { openCheckAddresses } from './check-addresses.ts'
import { openFindCompanies } from './find-companies.ts'
import { openFindContacts } from './find-contacts.ts'
import type { OpenStep, StepDeps, StepPlace } from './step-run.ts'

const OPEN: Record<StepPlace['step'], OpenStep> = {
  find_companies: openFindCompanies,
  find_contacts: openFindContacts,
  check_addresses: openCheckAddresses,
}

/** Runs one step at a time, in pieces between which the app answers. */
export interface StepRunner {
  isBusy(): boolean
  /** Goes on behind what the database says is done. Afterwards the step is `done`, `failed` or `stopped`. */
  start(place: StepPlace): void
  /** Resolves when the step has stopped where it was; nothing where it does not run. */
  stop(runId: number): Promise<void>
  /** Ends the work and leaves the step `running`: the next start of the app goes on with it. */
  close(): Promise<void>
}

export interface RunnerDeps extends StepDeps, Pick<EngineContext, 'log'> {
  /** Something about this run has changed. */
  readonly moved: (runId: number, isProgress: boolean) => void
}

interface Running {
  readonly runId: number
  readonly stop: AbortController
  ended: Promise<void>
}

/** Rows of one piece: some 20 ms. */
const ROWS = 500

export function createStepRunner(deps: RunnerDeps): StepRunner {
  const { db, clock } = deps
  let running: Running | null = null
  let isClosing = false

  async function work(place: StepPlace, signal: AbortSignal): Promise<void> {
    const done = listSteps(db, place.runId).find(({ step }) => step === place.step)?.done ?? 0
    const step = OPEN[place.step](deps, place, done)
    const pieces = createPieces(clock)
    for (let isDone = false; !isDone && !signal.aborted;) {
      // Whatever waits in the event loop takes its turn between two pieces.
      await pieces.next(() => {})
      isDone = await step.next(ROWS, signal)
      deps.moved(place.runId, !isDone)
    }
    if (!signal.aborted) end(place, { state: 'done', error: null })
  }

  function end(place: StepPlace, how: Omit<Parameters<typeof endStep>[2], 'now'>): void {
    write(db, (tx) => endStep(tx, place, { ...how, now: clock.now() }))
  }

  function fail(place: StepPlace, error: unknown): void {
    if (!(error instanceof AppError)) deps.log.error('a step of a search failed', error, { ...place })
    end(place, { state: 'failed', error: error instanceof AppError ? error.code : 'internal' })
  }

  async function run(place: StepPlace, signal: AbortSignal): Promise<void> {
    try {
      await work(place, signal)
      if (signal.aborted && !isClosing) end(place, { state: 'stopped', error: null })
    } catch (error) {
      if (isClosing) return
      if (signal.aborted) end(place, { state: 'stopped', error: null })
      else fail(place, error)
    } finally {
      running = null
      if (!isClosing) deps.moved(place.runId, false)
    }
  }

  return {
    isBusy: () => running !== null,
    start(place) {
      const stop = new AbortController()
      const mine: Running = { runId: place.runId, stop, ended: Promise.resolve() }
      running = mine
      mine.ended = run(place, stop.signal)
    },
    async stop(runId) {
      if (running?.runId !== runId) return
      running.stop.abort()
      await running.ended
    },
    async close() {
      isClosing = true
      running?.stop.abort()
      await running?.ended
    },
  }
}

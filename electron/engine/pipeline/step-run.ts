import type { PipelineStep } from '#shared/domain/taxonomy'
import type { EngineContext } from '../context.ts'

export interface StepDeps extends Pick<EngineContext, 'db' | 'clock' | 'dns'> {
  /** How long a person counts as written to. */
  readonly coolDownMs: () => number
}

export interface StepPlace {
  readonly runId: number
  readonly step: PipelineStep
}

/**
 * One step at work. Each piece writes what it found and how far it is in one transaction, so that whatever ends the
 * process, the step goes on behind the last piece.
 */
export interface StepRun {
  /** Does up to `size` rows. True: none is left. */
  next(size: number, signal: AbortSignal): Promise<boolean>
}

/** Reads what the step works on. `done` rows were done before. */
export type OpenStep = (deps: StepDeps, place: StepPlace, done: number) => StepRun

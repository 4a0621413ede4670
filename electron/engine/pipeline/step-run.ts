import type { Db } from '#db/open'
import type { PipelineStep } from '#shared/domain/taxonomy'
import type { Clock } from '../../platform/clock.ts'
import type { MailDns } from '../../platform/mail-dns.ts'

export interface StepDeps {
  readonly db: Db
  readonly clock: Clock
  readonly mailDns: MailDns
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

import type { Provenance } from '#shared/contract/leads'
import type { PipelineInputKind, PipelineReader } from '#shared/contract/pipeline'
import { PipelineStep, type PipelineStepState } from '#shared/domain/taxonomy'
import type { ErrorCode } from '#shared/errors'
import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'

type Connected = Pick<Reader, '$client'>

export interface PipelineRunRecord {
  readonly id: number
  readonly name: string
  readonly provenance: Provenance
  readonly listId: number | null
  readonly createdAt: number
}

export interface PipelineStepRecord {
  readonly step: PipelineStep
  readonly state: PipelineStepState
  readonly done: number
  readonly total: number
  readonly isOld: boolean
  readonly error: ErrorCode | null
  readonly startedAt: number | null
  readonly finishedAt: number | null
}

export interface PipelineInputRecord {
  readonly id: number
  readonly kind: PipelineInputKind
  readonly reader: PipelineReader
  readonly name: string
  readonly sizeBytes: number
}

/** With its three steps, none of which has run. */
export function insertRun(tx: Writer, run: { name: string; provenance: Provenance; now: number }): number {
  const sql = 'INSERT INTO pipeline_runs (name, provenance, created_at) VALUES (?, ?, ?)'
  const runId = Number(statement(tx, sql).run(run.name, JSON.stringify(run.provenance), run.now).lastInsertRowid)
  for (const step of PipelineStep.options) {
    statement(tx, 'INSERT INTO pipeline_steps (run_id, step) VALUES (?, ?)').run(runId, step)
  }
  return runId
}

/** Null when there is none. */
export function findRun(db: Connected, runId: number): PipelineRunRecord | null {
  const sql = `SELECT id, name, provenance, list_id AS listId, created_at AS createdAt FROM pipeline_runs WHERE id = ?`
  const row = statement<Omit<PipelineRunRecord, 'provenance'> & { provenance: string }>(db, sql).get(runId)
  return row ? { ...row, provenance: JSON.parse(row.provenance) as Provenance } : null
}

/** Newest first. */
export function listRuns(db: Connected): { runId: number; name: string; createdAt: number; isRunning: boolean }[] {
  const sql = `SELECT id AS runId, name, created_at AS createdAt,
      EXISTS (SELECT 1 FROM pipeline_steps WHERE run_id = pipeline_runs.id AND state = 'running') AS isRunning
    FROM pipeline_runs ORDER BY id DESC`
  const rows = statement<{ runId: number; name: string; createdAt: number; isRunning: number }>(db, sql).all()
  return rows.map((row) => ({ ...row, isRunning: row.isRunning === 1 }))
}

export function editRun(tx: Writer, runId: number, run: { name: string; provenance: Provenance }): void {
  const sql = 'UPDATE pipeline_runs SET name = ?, provenance = ? WHERE id = ?'
  statement(tx, sql).run(run.name, JSON.stringify(run.provenance), runId)
}

/** With all it has read and found. */
export function deleteRun(tx: Writer, runId: number): void {
  statement(tx, 'DELETE FROM pipeline_runs WHERE id = ?').run(runId)
}

export function insertInput(
  tx: Writer,
  runId: number,
  input: Omit<PipelineInputRecord, 'id'> & { content: string; now: number },
): void {
  statement(
    tx,
    `INSERT INTO pipeline_inputs (run_id, kind, reader, name, content, size_bytes, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(runId, input.kind, input.reader, input.name, input.content, input.sizeBytes, input.now)
}

export function deleteInput(tx: Writer, runId: number, inputId: number): void {
  statement(tx, 'DELETE FROM pipeline_inputs WHERE id = ? AND run_id = ?').run(inputId, runId)
}

/** In the order they were added, without their content. */
export function listInputs(db: Connected, runId: number): PipelineInputRecord[] {
  const sql = `SELECT id, kind, reader, name, size_bytes AS sizeBytes FROM pipeline_inputs WHERE run_id = ? ORDER BY id`
  return statement<PipelineInputRecord>(db, sql).all(runId)
}

export function readInput(db: Connected, inputId: number): string {
  const sql = 'SELECT content FROM pipeline_inputs WHERE id = ?'
  return statement<{ content: string }>(db, sql).get(inputId)?.content ?? ''
}

/** In the order of the steps. */
export function listSteps(db: Connected, runId: number): PipelineStepRecord[] {
  const sql = `SELECT step, state, done, total, is_old AS isOld, error, started_at AS startedAt,
      finished_at AS finishedAt FROM pipeline_steps WHERE run_id = ?`
  const rows = statement<Omit<PipelineStepRecord, 'isOld'> & { isOld: number }>(db, sql).all(runId)
  const places = PipelineStep.options
  return rows
    .map((row) => ({ ...row, isOld: row.isOld === 1 }))
    .toSorted((one, other) => places.indexOf(one.step) - places.indexOf(other.step))
}

/** Steps that were running when they were last written: a kill leaves them so. */
export function listRunningSteps(db: Connected): { runId: number; step: PipelineStep }[] {
  const sql = "SELECT run_id AS runId, step FROM pipeline_steps WHERE state = 'running'"
  return statement<{ runId: number; step: PipelineStep }>(db, sql).all()
}

/** Running from now on. `done` is where it goes on. */
export function beginStep(
  tx: Writer,
  at: { runId: number; step: PipelineStep },
  from: { done: number; now: number },
): void {
  statement(
    tx,
    `UPDATE pipeline_steps SET state = 'running', done = ?, error = NULL, is_old = 0, started_at = ?, finished_at = NULL
     WHERE run_id = ? AND step = ?`,
  ).run(from.done, from.now, at.runId, at.step)
}

/** Counts what was done, in the transaction that writes what was found. */
export function advanceStep(
  tx: Writer,
  at: { runId: number; step: PipelineStep },
  progress: { done: number; total: number },
): void {
  statement(tx, 'UPDATE pipeline_steps SET done = ?, total = ? WHERE run_id = ? AND step = ?').run(
    progress.done,
    progress.total,
    at.runId,
    at.step,
  )
}

/** Only a running step ends. */
export function endStep(
  tx: Writer,
  at: { runId: number; step: PipelineStep },
  end: { state: 'stopped' | 'failed' | 'done'; error: ErrorCode | null; now: number },
): void {
  statement(
    tx,
    `UPDATE pipeline_steps SET state = ?, error = ?, finished_at = ? WHERE run_id = ? AND step = ? AND state = 'running'`,
  ).run(end.state, end.error, end.now, at.runId, at.step)
}

/** What these steps have found is no longer what they would find. */
export function outdateSteps(tx: Writer, runId: number, steps: readonly PipelineStep[]): void {
  statement(
    tx,
    `UPDATE pipeline_steps SET is_old = 1 WHERE run_id = ? AND state <> 'waiting'
       AND step IN (SELECT value FROM json_each(?))`,
  ).run(runId, JSON.stringify(steps))
}

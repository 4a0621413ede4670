import { rmSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { judgeStagedRows, saveStagedRows } from '#db/queries/import-save'
import { countStagedRows, lastStagedLine } from '#db/queries/import-staging'
import type { FileFormat } from '#shared/contract/imports'
import type { EngineContext } from './context.ts'
import type { Session, Sessions } from './import-session.ts'
import { runThread } from './import-thread.ts'
import { IMPORT_LIMITS } from './import/limits.ts'
import { cleanLine, MAX_TEXT } from './lead-text.ts'
import type { Uploads } from './uploads.ts'

export interface ImportsDeps extends EngineContext {
  /** The script of the reading thread; bundles and sources have it in different places. */
  readonly importWorker: URL
  readonly uploads: Uploads
  /** How long a person counts as written to. */
  readonly coolDownMs: () => number
}

interface Step {
  readonly deps: ImportsDeps
  readonly sessions: Sessions
  readonly session: Session
}

interface RunningStep extends Step {
  readonly signal: AbortSignal
}

export interface SaveChoice {
  readonly listName: string
  readonly tags: readonly string[]
  readonly includeRole: boolean
}

/** Lines judged at a time: about 15 ms, between which the app answers. */
const JUDGE_LINES = 5_000

/** `opening → opened`. */
export async function lookAtFile(step: RunningStep): Promise<void> {
  const { deps, sessions, session, signal } = step
  const task = { task: 'look', file: session.file.path, kind: session.kind, format: session.corrections } as const
  const limitMs = IMPORT_LIMITS.lookMs
  const result = await runThread(deps, { task, limitMs, signal, progress: () => {} })
  if (result.type !== 'looked') throw new Error('the import thread answered another question')
  const { look } = result
  sessions.move(session, {
    stage: 'opened',
    format: look.format,
    sheets: [...look.sheets],
    columns: [...look.columns],
    mapping: [...look.mapping],
    sample: look.sample.map((row) => [...row]),
    progress: { done: 0, total: look.rowsAtMost },
  })
}

/** `checking → checked`: reads every row, then asks the database about the people in it. */
export async function checkFile(step: RunningStep, format: FileFormat): Promise<void> {
  const { deps, sessions, session, signal } = step
  const { columns, mapping } = session.state
  for (const suffix of ['', '-journal']) rmSync(session.staging + suffix, { force: true })
  const task = { task: 'check', file: session.file.path, format, columns, mapping, staging: session.staging } as const
  const progress = (done: number) => sessions.progress(session, done)
  const result = await runThread(deps, { task, limitMs: IMPORT_LIMITS.checkMs, signal, progress })
  if (result.type !== 'checked') throw new Error('the import thread answered another question')
  await judgeAll(step)
  const { rows } = result
  sessions.move(session, {
    stage: 'checked',
    progress: { done: rows, total: rows },
    counts: countStagedRows(session.staging),
  })
}

/** `checked → saving → saved`, at once. When it fails nothing was kept, and it can be tried again. */
export function saveImport(step: Step, choice: SaveChoice): void {
  const { deps, sessions, session } = step
  const { progress } = session.state
  sessions.move(session, { stage: 'saving' })
  try {
    const { listId } = saveStagedRows(deps.db, {
      file: session.staging,
      listName: cleanLine(choice.listName, 100),
      fileName: session.file.name,
      mapping: session.state.mapping,
      tags: choice.tags.map((tag) => cleanLine(tag, MAX_TEXT.tag)).filter((tag) => tag !== ''),
      includeRole: choice.includeRole,
      touchedAfter: touchedAfter(deps),
      now: deps.clock.now(),
    })
    const counts = countStagedRows(session.staging)
    sessions.move(session, {
      stage: 'saved',
      listId: listId as NonNullable<Session['state']['listId']>,
      counts,
      progress,
    })
  } catch (error) {
    sessions.move(session, { stage: 'checked' })
    throw error
  }
  rmSync(session.file.path, { force: true })
  deps.publish({ type: 'leads.changed' })
}

async function judgeAll({ deps, session, signal }: RunningStep): Promise<void> {
  const last = lastStagedLine(session.staging)
  for (let after = 0; after < last; after += JUDGE_LINES) {
    judgeStagedRows(deps.db, session.staging, {
      after,
      upTo: after + JUDGE_LINES,
      touchedAfter: touchedAfter(deps),
    })
    // A look at the disk takes its turn in the event loop, so calls and sends are served in between.
    await stat(session.staging)
    if (signal.aborted) return
  }
}

/** With a cool-down of 0 nobody counts as written to. */
function touchedAfter({ clock, coolDownMs }: ImportsDeps): number {
  return clock.now() - coolDownMs()
}

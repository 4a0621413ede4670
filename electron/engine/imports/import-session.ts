import { rmSync } from 'node:fs'
import type { FileFormat, ImportState } from '#shared/contract/imports'
import type { ImportId } from '#shared/domain/ids'
import { AppError } from '#shared/errors'
import type { EngineContext } from '../context.ts'
import type { Received } from '../uploads.ts'

/** Parts of a format; what is missing is detected. */
export type FormatPatch = { readonly [P in keyof FileFormat]?: FileFormat[P] | undefined }

/** One import from the first look to the saved list. */
export interface Session {
  readonly id: ImportId
  readonly kind: FileFormat['kind']
  readonly file: Received
  /** The staging database; there from `checking` on. */
  readonly staging: string
  /** What the rep said about the format; it outlives every new look. */
  corrections: FormatPatch
  state: ImportState
  /** The list that is being saved, as long as it is not finished. */
  halfListId: number | null
  /** Ends what runs for it. */
  stop: AbortController
  /** Settles when nothing runs for it any more; never rejects. */
  settled: Promise<void>
}

/** Progress goes to the page this often at most. */
const PROGRESS_MS = 100

export interface Sessions {
  /** Null when it is over and forgotten. */
  find(importId: string): Session | null
  add(session: Session): void
  /** Is a file being read or saved right now? */
  isBusy(): boolean
  /** Is a list being saved right now? One at a time, since one bound hides its leads. */
  isSaving(): boolean
  /** Merges into the state and tells the page. */
  move(session: Session, patch: Partial<ImportState>): void
  /** Like `move` for the rows done, but not more often than the page can use. */
  progress(session: Session, done: number): void
  /**
   * Stops what runs for this session, then runs `work`. Afterwards the session is where `work` moved it, or `failed`.
   * Cancelled work moves nothing.
   */
  run(session: Session, work: (signal: AbortSignal) => Promise<void>): void
  /** What the page is told about this failure; what nobody expected goes to the log. */
  explain(session: Session, error: unknown): NonNullable<ImportState['error']>
  /** Stops it, forgets it and removes its files. */
  forget(session: Session): Promise<void>
  all(): Session[]
}

/** Finished or waiting imports that are kept for their report; the oldest goes first. */
const KEEP_IDLE = 3

export function createSessions(deps: Pick<EngineContext, 'clock' | 'log' | 'publish'>): Sessions {
  const sessions = new Map<string, Session>()
  let toldAt = Number.NEGATIVE_INFINITY

  function move(session: Session, patch: Partial<ImportState>): void {
    session.state = { ...session.state, ...patch }
    toldAt = Number.NEGATIVE_INFINITY
    deps.publish({ type: 'imports.moved', state: session.state })
  }

  function progress(session: Session, done: number): void {
    const state = { ...session.state, progress: { ...session.state.progress, done } }
    session.state = state
    const now = deps.clock.monotonic()
    if (now - toldAt < PROGRESS_MS) return
    toldAt = now
    deps.publish({ type: 'imports.moved', state })
  }

  function run(session: Session, work: (signal: AbortSignal) => Promise<void>): void {
    session.stop.abort()
    const stop = new AbortController()
    session.stop = stop
    const attempt = async () => {
      try {
        if (!stop.signal.aborted) await work(stop.signal)
      } catch (error) {
        if (!stop.signal.aborted) move(session, { stage: 'failed', error: explain(session, error) })
      }
    }
    session.settled = session.settled.then(attempt)
  }

  function explain(session: Session, error: unknown): NonNullable<ImportState['error']> {
    const isExpected = error instanceof AppError
    if (!isExpected) deps.log.error('import failed', error, { stage: session.state.stage })
    const { code, details } = isExpected ? error : new AppError('internal', 'import failed')
    return { code, details: { ...details } }
  }

  async function forget(session: Session): Promise<void> {
    sessions.delete(session.id)
    session.stop.abort()
    await session.settled
    removeFiles(session)
  }

  function add(session: Session): void {
    const idle = [...sessions.values()]
    for (const old of idle.slice(0, Math.max(0, idle.length - KEEP_IDLE + 1))) void forget(old)
    sessions.set(session.id, session)
  }

  return {
    find: (importId) => sessions.get(importId) ?? null,
    add,
    isBusy: () => [...sessions.values()].some(({ state }) => isWorking(state.stage)),
    isSaving: () => [...sessions.values()].some(({ state }) => state.stage === 'saving'),
    move,
    progress,
    run,
    explain,
    forget,
    all: () => [...sessions.values()],
  }
}

export function isWorking(stage: ImportState['stage']): boolean {
  return stage === 'opening' || stage === 'checking' || stage === 'saving'
}

/** The staging file and what SQLite may have put beside it; then the file itself. */
function removeFiles(session: Session): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(session.staging + suffix, { force: true })
  rmSync(session.file.path, { force: true })
}

import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { listStagedRows } from '#db/queries/import-staging'
import type { Writer } from '#db/open'
import type { DateFormat, ImportRow, ImportState, LeadColumn } from '#shared/contract/imports'
import { Provenance } from '#shared/contract/leads'
import { ImportId } from '#shared/domain/ids'
import type { ImportPurpose, RowVerdict } from '#shared/domain/taxonomy'
import { AppError } from '#shared/errors'
import { importReport } from './import-report.ts'
import { createSessions, isWorking, type FormatPatch, type Session } from './import-session.ts'
import { checkFile, lookAtFile, saveImport, type ImportsDeps, type SaveChoice } from './import-steps.ts'
import { saveSuppressionList } from './import-suppressions.ts'
import { kindOf } from './file-kind.ts'
import { cancelled } from './import-thread.ts'

/** Files becoming leads, in steps that the rep sees. Nothing reaches the leads before `save`. */
export interface Imports {
  /** Throws `file.incomplete`, `import.busy`, `import.old_excel`. The result arrives as `imports.moved`. */
  open(request: OpenRequest): ImportState
  reopen(request: { importId: string; format: FormatPatch }): ImportState
  get(importId: string): ImportState
  /** Throws `import.no_address_column`, `import.no_date_column`, `import.busy` while another list is being saved. The result arrives as `imports.moved`. */
  check(request: CheckRequest): ImportState
  rows(page: { importId: string; verdict: RowVerdict | null; offset: number; limit: number }): {
    rows: ImportRow[]
    total: number
  }
  /** All or none. Throws `import.busy`. The result arrives as `imports.moved`; when it fails, it is `checked` again. */
  save(request: SaveChoice & { importId: string }): ImportState
  /** Resolves when nothing of it is left; also while it is being saved. */
  cancel(importId: string): Promise<void>
  report(importId: string): { fileName: string; text: string }
  /** The staging file of earlier mail that was checked, and the name of its file. Throws `import.not_found`. */
  stagedHistory(importId: string): { staging: string; fileName: string }
  /** The whole way with the guessed columns, for files of our own. Throws what the file's problem is. */
  importWhole(file: WholeFile): Promise<{ listId: number; counts: Record<RowVerdict, number> }>
  /** Forgets every file that is open or still shown. Throws `import.busy` while one is being read or saved. */
  forgetAll(): Promise<void>
  /** Removes what an earlier run left behind, a half saved list in pieces; for the start. */
  cleanUp(): void
  /** Ends what runs. Unsaved imports are forgotten. */
  close(): Promise<void>
}

export interface WholeFile {
  readonly fileName: string
  readonly bytes: Uint8Array
  readonly listName: string
  readonly tags?: readonly string[]
  readonly includeRole?: boolean
  readonly provenance?: Provenance
  /** What becomes true together with the list. */
  readonly also?: (tx: Writer, listId: number) => void
}

export interface OpenRequest {
  readonly uploadId: string
  readonly format: FormatPatch
  readonly purpose: ImportPurpose
}

export interface CheckRequest {
  readonly importId: string
  readonly mapping: readonly LeadColumn[]
  readonly dates: DateFormat
}

/** For files without dates. */
const NO_DATES: DateFormat = { order: 'mdy', zone: 'UTC' }

export function createImports(deps: ImportsDeps): Imports {
  const folder = join(deps.dataFolder, 'tmp', 'imports')
  const sessions = createSessions(deps)

  /** The session in one of these stages; any other has no place for what is asked. */
  function given(importId: string, stages?: readonly ImportState['stage'][]): Session {
    const session = sessions.find(importId)
    if (session === null || (stages && !stages.includes(session.state.stage))) {
      throw new AppError('import.not_found', `import in ${session?.state.stage ?? 'no stage'}`)
    }
    return session
  }

  function open(request: OpenRequest): ImportState {
    if (sessions.isBusy()) throw new AppError('import.busy', 'another import is running')
    const session = newSession(deps, folder, request)
    sessions.add(session)
    sessions.run(session, (signal) => lookAtFile({ deps, sessions, session, signal }))
    return session.state
  }

  function reopen(request: { importId: string; format: FormatPatch }): ImportState {
    const session = given(request.importId, ['opening', 'opened', 'checking', 'checked', 'failed'])
    session.corrections = { ...session.corrections, ...request.format }
    sessions.move(session, { stage: 'opening', progress: { done: 0, total: null }, counts: null, error: null })
    sessions.run(session, (signal) => lookAtFile({ deps, sessions, session, signal }))
    return session.state
  }

  function check(request: CheckRequest): ImportState {
    const session = given(request.importId, ['opened', 'checking', 'checked', 'failed'])
    if (sessions.isSaving()) throw new AppError('import.busy', 'another list is being saved')
    const { format, columns, progress, purpose } = session.state
    if (format === null) throw new AppError('import.not_found', 'the file could not be opened')
    const mapping = columns.map((_, index) => request.mapping[index] ?? 'ignore')
    if (!mapping.includes('email')) throw new AppError('import.no_address_column', 'no column holds addresses')
    if (purpose === 'history' && !mapping.includes('sentAt')) {
      throw new AppError('import.no_date_column', 'no column holds dates')
    }
    const { dates } = request
    const patch = { mapping, counts: null, error: null, progress: { done: 0, total: progress.total } }
    sessions.move(session, { ...patch, stage: 'checking' })
    sessions.run(session, (signal) => checkFile({ deps, sessions, session, signal }, { format, dates }))
    return session.state
  }

  function save({ importId, ...choice }: SaveChoice & { importId: string }): ImportState {
    const session = given(importId, ['checked'])
    if (sessions.isBusy()) throw new AppError('import.busy', 'another import is running')
    const { counts, purpose } = session.state
    if (purpose === 'history') throw new AppError('import.not_found', 'earlier mail is kept by the history')
    const total = (counts?.new ?? 0) + (choice.includeRole ? (counts?.role ?? 0) : 0)
    sessions.move(session, { stage: 'saving', error: null, progress: { done: 0, total } })
    sessions.run(session, (signal) => {
      const step = { deps, sessions, session, signal }
      return purpose === 'suppressions' ? saveSuppressionList(step) : saveImport(step, choice)
    })
    return session.state
  }

  async function cancel(importId: string): Promise<void> {
    const session = given(importId)
    const wasSaved = session.state.stage === 'saved'
    await sessions.forget(session)
    if (session.halfListId !== null) await deps.halfLists.remove(session.halfListId)
    // Its last piece may have come first: then there is a list, and nothing was cancelled.
    if (!wasSaved && session.state.stage !== 'saved') sessions.move(session, { stage: 'cancelled' })
  }

  async function importWhole(file: WholeFile): Promise<{ listId: number; counts: Record<RowVerdict, number> }> {
    const { importId } = open({ uploadId: deps.uploads.put(file.fileName, file.bytes), format: {}, purpose: 'leads' })
    const session = given(importId)
    try {
      await session.settled
      refuseFailed(session)
      check({ importId, mapping: session.state.mapping, dates: NO_DATES })
      await session.settled
      refuseFailed(session)
      const { listName, tags = [], includeRole = false, provenance = Provenance.parse({}), also } = file
      save({ importId, listName, tags, includeRole, includeWritten: false, provenance, also })
      await session.settled
      refuseFailed(session)
      const { listId, counts } = session.state
      if (listId === null || counts === null) throw new Error('a saved import has a list and counts')
      return { listId, counts }
    } finally {
      await sessions.forget(session)
    }
  }

  return {
    open,
    reopen,
    check,
    get: (importId) => given(importId).state,
    rows: ({ importId, ...page }) => listStagedRows(given(importId, ['checked', 'saved']).staging, page),
    save,
    cancel,
    report: (importId) => importReport(given(importId, ['checked', 'saved'])),
    stagedHistory(importId) {
      const { staging, file, state } = given(importId, ['checked'])
      if (state.purpose !== 'history') throw new AppError('import.not_found', `a file of ${state.purpose}`)
      return { staging, fileName: file.name }
    },
    importWhole,
    async forgetAll() {
      if (sessions.isBusy()) throw new AppError('import.busy', 'an import is running')
      await Promise.all(sessions.all().map((session) => sessions.forget(session)))
    },
    cleanUp() {
      rmSync(folder, { recursive: true, force: true })
      deps.halfLists.removeAll().catch((error) => deps.log.error('half a list is left', error))
    },
    async close() {
      await Promise.all(sessions.all().map((session) => sessions.forget(session)))
      await deps.halfLists.close()
    },
  }
}

/** Takes the upload over; removes it again when it is a kind of file that cannot be read. */
function newSession(deps: ImportsDeps, folder: string, request: OpenRequest): Session {
  const file = deps.uploads.take(request.uploadId)
  const kind = kindOf(file.path)
  if (kind === 'old_excel') {
    rmSync(file.path, { force: true })
    throw new AppError('import.old_excel', 'a workbook of the format before 2007, or an encrypted one')
  }
  mkdirSync(folder, { recursive: true })
  const id = ImportId.parse(deps.random.id())
  const state: ImportState = {
    importId: id,
    purpose: request.purpose,
    fileName: file.name,
    stage: 'opening',
    progress: { done: 0, total: null },
    format: null,
    sheets: [],
    columns: [],
    mapping: [],
    dateOrder: null,
    sample: [],
    counts: null,
    listId: null,
    error: null,
  }
  const stop = new AbortController()
  const staging = join(folder, `${id}.db`)
  return {
    id,
    kind,
    file,
    staging,
    corrections: request.format,
    state,
    halfListId: null,
    stop,
    settled: Promise.resolve(),
  }
}

function refuseFailed(session: Session): void {
  const { error, stage } = session.state
  if (error !== null) throw new AppError(error.code, 'the file cannot be imported', { details: error.details })
  if (isWorking(stage)) throw cancelled()
}

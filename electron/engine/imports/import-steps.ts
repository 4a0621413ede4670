import { rmSync } from 'node:fs'
import { type Writer, write } from '#db/open'
import {
  barStagedRows,
  finishList,
  judgeStagedRows,
  judgeSuppressions,
  judgeWaiting,
  mergeWords,
  saveStagedRows,
  startList,
  tagKnownLeads,
} from '#db/queries/import-save'
import { countStagedRows, lastStagedLine } from '#db/queries/import-staging'
import { insertEvent } from '#db/queries/events'
import type { DateFormat, FileFormat } from '#shared/contract/imports'
import type { Provenance } from '#shared/contract/leads'
import type { EngineContext } from '../context.ts'
import type { Erased } from '../leads/erased.ts'
import type { HalfLists } from './half-lists.ts'
import type { Session, Sessions } from './import-session.ts'
import { runThread } from './import-thread.ts'
import { IMPORT_LIMITS } from './limits.ts'
import { cleanLine, cleanText, MAX_TEXT } from '../leads/lead-text.ts'
import { createPieces, type Range } from '../pieces.ts'
import type { Uploads } from '../uploads.ts'

export interface ImportsDeps extends EngineContext {
  /** The script of the reading thread; bundles and sources have it in different places. */
  readonly importWorker: URL
  readonly uploads: Uploads
  readonly halfLists: HalfLists
  readonly erased: Erased
  /** How long a person counts as written to. */
  readonly coolDownMs: () => number
  /** So many entries came onto the do-not-contact list. */
  readonly suppressionsImported: (added: number) => void
}

/** An import of so many leads joins what it has left in the words' index; fewer leave little. */
const MERGED_FROM = 5_000

export interface RunningStep {
  readonly deps: ImportsDeps
  readonly sessions: Sessions
  readonly session: Session
  readonly signal: AbortSignal
}

export interface SaveChoice {
  readonly listName: string
  readonly tags: readonly string[]
  readonly includeRole: boolean
  readonly includeWritten: boolean
  readonly provenance: Provenance
  /** What becomes true together with the list. */
  readonly also?: ((tx: Writer, listId: number) => void) | undefined
}

/** `opening → opened`. */
export async function lookAtFile(step: RunningStep): Promise<void> {
  const { deps, sessions, session, signal } = step
  const task = {
    task: 'look',
    file: session.file.path,
    kind: session.kind,
    purpose: session.state.purpose,
    format: session.corrections,
  } as const
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
    dateOrder: look.dateOrder,
    sample: look.sample.map((row) => [...row]),
    progress: { done: 0, total: look.rowsAtMost },
  })
}

/** `checking → checked`: reads every row, then asks the database about the people in it. */
export async function checkFile(
  step: RunningStep,
  { format, dates }: { readonly format: FileFormat; readonly dates: DateFormat },
): Promise<void> {
  const { deps, sessions, session, signal } = step
  const { columns, mapping, purpose } = session.state
  for (const suffix of ['', '-journal']) rmSync(session.staging + suffix, { force: true })
  const { staging } = session
  const read = { columns, mapping, purpose, dates, now: deps.clock.now() }
  const task = { task: 'check', file: session.file.path, format, ...read, staging } as const
  const progress = (done: number) => sessions.progress(session, done)
  const result = await runThread(deps, { task, limitMs: IMPORT_LIMITS.checkMs, signal, progress })
  if (result.type !== 'checked') throw new Error('the import thread answered another question')
  await deps.halfLists.removeAll()
  await judgeAll(step)
  const { rows } = result
  sessions.move(session, {
    stage: 'checked',
    progress: { done: rows, total: rows },
    counts: countStagedRows(session.staging),
  })
}

/**
 * `saving → saved`, piece by piece; the list is hidden until the last one. When it fails nothing is kept, `error` says why
 * and it can be tried again. When it is stopped, `halfListId` tells what is left to remove.
 */
export async function saveImport(step: RunningStep, choice: SaveChoice): Promise<void> {
  const { deps, sessions, session, signal } = step
  try {
    await deps.halfLists.removeAll()
    if (signal.aborted) return
    const listId = newList(step, choice)
    const saved = await saveRows(step, { ...choice, listId })
    if (session.state.purpose === 'pending') await tagKnown(step, { ...choice, listId })
    if (saved >= MERGED_FROM) await mergeAllWords(step)
    if (signal.aborted) return
    const also = (tx: Writer) => choice.also?.(tx, listId)
    finishList(deps.db, session.staging, { id: listId, saved, now: deps.clock.now(), also })
    session.halfListId = null
    sessions.move(session, {
      stage: 'saved',
      listId: listId as NonNullable<Session['state']['listId']>,
      counts: countStagedRows(session.staging),
      progress: { done: saved, total: saved },
    })
  } catch (error) {
    if (!signal.aborted) await giveUpSaving(step, error)
    return
  }
  rmSync(session.file.path, { force: true })
  deps.publish({ type: 'leads.changed' })
}

function newList({ deps, session }: RunningStep, choice: SaveChoice): number {
  const list = {
    name: cleanLine(choice.listName, 100),
    fileName: session.file.name,
    mapping: session.state.mapping,
    now: deps.clock.now(),
  }
  const listId = write(deps.db, (tx) => startList(tx, list))
  session.halfListId = listId
  return listId
}

function tagsOf({ tags }: SaveChoice): string[] {
  return tags.map((tag) => cleanLine(tag, MAX_TEXT.tag)).filter((tag) => tag !== '')
}

/** Leads that were there already are to be written to as well. */
async function tagKnown(step: RunningStep, choice: SaveChoice & { listId: number }): Promise<void> {
  const { deps, session, signal } = step
  const { listId, includeWritten } = choice
  const tags = tagsOf(choice)
  let changed = 0
  await createPieces(deps.clock).over({ last: lastStagedLine(session.staging), signal }, (range) => {
    changed += tagKnownLeads(deps.db, { file: session.staging, listId, includeWritten, tags, ...range })
  })
  const data = { changed, added: tags.length, removed: 0 }
  if (changed > 0) write(deps.db, (tx) => insertEvent(tx, { at: deps.clock.now(), kind: 'leads_tagged', data }))
}

/** Answers how many leads it made; fewer when it was stopped. */
async function saveRows(step: RunningStep, choice: SaveChoice & { listId: number }): Promise<number> {
  const { deps, sessions, session, signal } = step
  const tags = tagsOf(choice)
  const review = session.state.purpose === 'pending' ? 'approved' : 'new'
  const last = lastStagedLine(session.staging)
  const provenance = provenanceOf(choice.provenance, session.file.name)
  let saved = 0
  await createPieces(deps.clock).over({ last, signal }, (range) => {
    barErased(step, range)
    saved += saveStagedRows(deps.db, {
      file: session.staging,
      listId: choice.listId,
      range: { ...range, touchedAfter: touchedAfter(deps) },
      tags,
      includeRole: choice.includeRole,
      includeWritten: choice.includeWritten,
      review,
      provenance,
      now: deps.clock.now(),
    })
    sessions.progress(session, saved)
  })
  return saved
}

function provenanceOf(said: Provenance, fileName: string): Provenance {
  const source = cleanLine(said.source, MAX_TEXT.source)
  return {
    ...said,
    source: source === '' ? cleanLine(fileName, MAX_TEXT.source) : source,
    basisNote: cleanText(said.basisNote, MAX_TEXT.basisNote),
  }
}

async function mergeAllWords({ deps, signal }: RunningStep): Promise<void> {
  const pieces = createPieces(deps.clock)
  let isDone = false
  for (let isFirst = true; !isDone && !signal.aborted; isFirst = false) {
    const step = isFirst
    isDone = await pieces.next(() => write(deps.db, (tx) => mergeWords(tx, step)))
  }
}

/** Back to `checked`: what was saved by then is removed, at the latest by the next attempt or start. */
async function giveUpSaving({ deps, sessions, session }: RunningStep, why: unknown): Promise<void> {
  const { halfListId } = session
  session.halfListId = null
  if (halfListId !== null) await deps.halfLists.remove(halfListId).catch(() => {})
  sessions.move(session, { stage: 'checked', error: sessions.explain(session, why) })
}

async function judgeAll({ deps, session, signal }: RunningStep): Promise<void> {
  const last = lastStagedLine(session.staging)
  await createPieces(deps.clock).over({ last, signal }, (range) => judgePiece({ deps, session }, range))
}

function judgePiece(step: Pick<RunningStep, 'deps' | 'session'>, range: Range): void {
  const { deps, session } = step
  const { staging, state } = session
  switch (state.purpose) {
    case 'leads':
      judgeStagedRows(deps.db, staging, { ...range, touchedAfter: touchedAfter(deps) })
      return barErased(step, range)
    case 'pending':
      judgeStagedRows(deps.db, staging, { ...range, touchedAfter: touchedAfter(deps) })
      judgeWaiting(deps.db, staging, range)
      return barErased(step, range)
    case 'suppressions':
      return judgeSuppressions(deps.db, staging, range)
    case 'history':
      // What is in the history already is told when the whole of it is looked at.
      return barErased(step, range)
  }
}

function barErased({ deps, session }: Pick<RunningStep, 'deps' | 'session'>, range: Range): void {
  const { erased } = deps
  if (erased.hasAny()) barStagedRows(deps.db, session.staging, { range, isErased: (identity) => erased.has(identity) })
}

/** With a cool-down of 0 nobody counts as written to. */
function touchedAfter({ clock, coolDownMs }: ImportsDeps): number {
  return clock.now() - coolDownMs()
}

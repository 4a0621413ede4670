/** The long work of imports into the history, one at a time, in pieces between which the app answers. */
import { write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import {
  findTouchImport,
  keepFound,
  removeKept,
  setTouchImportStage,
  type TouchImport,
} from '#db/queries/touch-imports'
import { AppError } from '#shared/errors'
import { createPieces } from '../pieces.ts'
import { readSentFolder, type SentFolderDeps } from '../inbox/sent-folder.ts'

export interface TouchImportWork {
  /** Throws `history.busy` while another import is at work. */
  refuseBusy(): void
  /** Goes on with what the stage asks for: reading, keeping or undoing. */
  goOn(one: Pick<TouchImport, 'id' | 'stage'>): void
  /** Resolves when nothing runs for it any more; what it was in the middle of stays as it is. */
  stop(id: number): Promise<void>
  close(): Promise<void>
}

export interface TouchImportWorkDeps extends SentFolderDeps {
  /** Somebody may or may not be written to any more. */
  readonly replan: () => void
}

export function createTouchImportWork(deps: TouchImportWorkDeps): TouchImportWork {
  let running: { readonly id: number; readonly stop: AbortController; readonly settled: Promise<void> } | null = null

  async function attempt(id: number, work: Promise<void>, signal: AbortSignal): Promise<void> {
    try {
      await work
    } catch (error) {
      if (!signal.aborted) deps.log.error('an import into the history failed', error, { touchImportId: id })
    } finally {
      running = null
      deps.publish({ type: 'history.changed' })
    }
  }

  function goOn({ id, stage }: Pick<TouchImport, 'id' | 'stage'>): void {
    const stop = new AbortController()
    // The first step comes after `running` is set.
    const work = Promise.resolve().then(() => {
      if (stage === 'reading') return readSentFolder(deps, id, stop.signal)
      return stage === 'keeping' ? keepAll(deps, id, stop.signal) : removeAll(deps, id, stop.signal)
    })
    running = { id, stop, settled: attempt(id, work, stop.signal) }
  }

  async function halt(): Promise<void> {
    running?.stop.abort()
    await running?.settled
  }

  return {
    refuseBusy() {
      if (running !== null) throw new AppError('history.busy', `import ${running.id} is at work`)
    },
    goOn,
    async stop(id) {
      if (running?.id === id) await halt()
    },
    close: halt,
  }
}

async function keepAll(deps: TouchImportWorkDeps, id: number, signal: AbortSignal): Promise<void> {
  await inPieces(deps, signal, (size) => write(deps.db, (tx) => keepFound(tx, id, size)))
  if (!signal.aborted) end(deps, id, 'kept')
}

async function removeAll(deps: TouchImportWorkDeps, id: number, signal: AbortSignal): Promise<void> {
  await inPieces(deps, signal, (size) => write(deps.db, (tx) => removeKept(tx, id, size)))
  if (!signal.aborted) end(deps, id, 'undone')
}

async function inPieces(
  deps: TouchImportWorkDeps,
  signal: AbortSignal,
  piece: (size: number) => boolean,
): Promise<void> {
  const pieces = createPieces(deps.clock)
  for (let isDone = false; !isDone && !signal.aborted;) {
    isDone = await pieces.next(piece)
    deps.publish({ type: 'history.changed' })
  }
}

function end(deps: TouchImportWorkDeps, id: number, stage: 'kept' | 'undone'): void {
  const contacts = findTouchImport(deps.db, id)?.kept ?? 0
  const kind = stage === 'kept' ? 'history_imported' : 'history_import_undone'
  write(deps.db, (tx) => {
    setTouchImportStage(tx, id, { stage })
    insertEvent(tx, { at: deps.clock.now(), kind, data: { touchImportId: id, contacts } })
  })
  deps.publish({ type: 'leads.changed' })
  deps.replan()
}

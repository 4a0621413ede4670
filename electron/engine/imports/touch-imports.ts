/** Earlier mail becomes part of the history: found first, looked at, then kept or not, and taken out again as a whole. */
import { write } from '#db/open'
import type { Db } from '#db/open'
import { lastStagedLine } from '#db/queries/import-staging'
import {
  addFoundRows,
  countFound,
  countKept,
  deleteTouchImport,
  findingsOf,
  findTouchImport,
  insertTouchImport,
  listTouchImports,
  setTouchImportStage,
  type TouchImport,
} from '#db/queries/touch-imports'
import type { HistoryFindings, HistoryImport } from '#shared/contract/history'
import type { TouchImportId } from '#shared/domain/ids'
import { DAY_MS } from '#shared/domain/pacing'
import type { TouchImportStage } from '#shared/domain/taxonomy'
import { AppError } from '#shared/errors'
import { createPieces } from '../pieces.ts'
import { createTouchImportWork, type TouchImportWorkDeps } from './touch-import-work.ts'

export interface TouchImports {
  list(): HistoryImport[]
  /** A checked file of earlier mail. Resolves when all its rows are there; throws `import.not_found`. */
  takeFile(importId: string): Promise<HistoryImport>
  /** Begins to read what left the mailbox in the last `days`. Throws `mailbox.not_found`, `history.not_readable`. */
  readMailbox(mailboxId: number, days: number): HistoryImport
  stop(id: number): Promise<HistoryImport>
  resume(id: number): HistoryImport
  /** Throws `history.not_found` unless something was found and nothing of it kept. */
  keep(id: number): HistoryImport
  discard(id: number): void
  undo(id: number): HistoryImport
  /** Goes on with what an earlier run left unfinished; for the start. */
  start(): void
  close(): Promise<void>
}

export interface TouchImportsDeps extends TouchImportWorkDeps {
  /** The staging file of a checked import of earlier mail, and the name of its file. Throws `import.not_found`. */
  readonly stagedHistory: (importId: string) => { readonly staging: string; readonly fileName: string }
  readonly coolDownMs: () => number
}

export function createTouchImports(deps: TouchImportsDeps): TouchImports {
  const { db } = deps
  const work = createTouchImportWork(deps)
  const look = { db, findings: createFindings(deps) }

  function given(id: number, stages: readonly TouchImportStage[]): TouchImport {
    const found = findTouchImport(db, id)
    if (found === null || !stages.includes(found.stage)) {
      throw new AppError('history.not_found', `import ${id} is ${found?.stage ?? 'not there'}`)
    }
    return found
  }

  function shown(id: number): HistoryImport {
    const one = findTouchImport(db, id)
    if (one === null) throw new AppError('history.not_found', `import ${id}`)
    return viewOf(look, one)
  }

  function begin(id: number, stage: TouchImportStage): HistoryImport {
    write(db, (tx) => setTouchImportStage(tx, id, { stage }))
    work.goOn({ id, stage })
    deps.publish({ type: 'history.changed' })
    return shown(id)
  }

  /** From one of these stages on to the next, when nothing else is at work. */
  function from(id: number, stages: readonly TouchImportStage[], stage: TouchImportStage): HistoryImport {
    work.refuseBusy()
    given(id, stages)
    return begin(id, stage)
  }

  return {
    list: () => listTouchImports(db).map((one) => viewOf(look, one)),

    async takeFile(importId) {
      work.refuseBusy()
      return shown(await takeRows(deps, deps.stagedHistory(importId)))
    },

    readMailbox(mailboxId, days) {
      work.refuseBusy()
      return begin(newReading(deps, mailboxId, days), 'reading')
    },

    async stop(id) {
      given(id, ['reading'])
      await work.stop(id)
      if (findTouchImport(db, id)?.stage === 'reading') {
        write(db, (tx) => setTouchImportStage(tx, id, { stage: 'stopped' }))
      }
      deps.publish({ type: 'history.changed' })
      return shown(id)
    },

    resume: (id) => from(id, ['stopped'], 'reading'),
    keep: (id) => from(id, ['found', 'stopped'], 'keeping'),
    undo: (id) => from(id, ['kept'], 'undoing'),

    discard(id) {
      work.refuseBusy()
      given(id, ['found', 'stopped'])
      write(db, (tx) => deleteTouchImport(tx, id))
      deps.publish({ type: 'history.changed' })
    },

    start() {
      const open = listTouchImports(db)
      for (const { id, kind, stage } of open) if (kind === 'file' && stage === 'stopped') removeHalf(deps, id)
      const next = open.find(({ stage }) => stage === 'reading' || stage === 'keeping' || stage === 'undoing')
      if (next !== undefined) work.goOn(next)
    },

    close: () => work.close(),
  }
}

/** With 100,000 contacts it takes a second, and the page asks after every change of anything. */
const FINDINGS_KEPT_MS = 5_000

/** What keeping would do, worked out anew after a while or when more was found. */
function createFindings({ db, clock, coolDownMs }: TouchImportsDeps): (one: TouchImport) => HistoryFindings {
  const known = new Map<string, { readonly at: number; readonly findings: HistoryFindings }>()
  return ({ id, stage, mails }) => {
    const key = `${id} ${stage} ${mails}`
    const now = clock.monotonic()
    const kept = known.get(key)
    if (kept !== undefined && now - kept.at < FINDINGS_KEPT_MS) return kept.findings
    const findings = findingsOf(db, id, clock.now() - coolDownMs())
    known.clear()
    known.set(key, { at: now, findings })
    return findings
  }
}

function viewOf(
  { db, findings }: { db: Db; findings: (one: TouchImport) => HistoryFindings },
  one: TouchImport,
): HistoryImport {
  const { id, mailboxId: _, ...rest } = one
  const isFound = one.stage === 'found' || one.stage === 'stopped'
  return {
    ...rest,
    touchImportId: id as TouchImportId,
    findings: isFound ? findings(one) : null,
    left: one.stage === 'keeping' ? countFound(db, id) : one.stage === 'undoing' ? countKept(db, id) : 0,
  }
}

/** Answers the id of the import that holds the readable rows of a checked file. */
async function takeRows(
  { db, clock, publish }: TouchImportsDeps,
  { staging, fileName }: { readonly staging: string; readonly fileName: string },
): Promise<number> {
  // Half of a file is 'stopped', and is not there any more after a restart.
  const half = { kind: 'file', name: fileName, mailboxId: null, stage: 'stopped', sinceAt: 0 } as const
  const id = write(db, (tx) => insertTouchImport(tx, { ...half, createdAt: clock.now() }))
  await createPieces(clock).over({ last: lastStagedLine(staging) }, (range) =>
    addFoundRows(db, staging, { id, ...range }),
  )
  write(db, (tx) => setTouchImportStage(tx, id, { stage: 'found' }))
  publish({ type: 'history.changed' })
  return id
}

/** It is taken again from the file. */
function removeHalf({ db }: TouchImportsDeps, id: number): void {
  write(db, (tx) => deleteTouchImport(tx, id))
}

function newReading({ db, clock, mailboxes }: TouchImportsDeps, mailboxId: number, days: number): number {
  const { address, mayRead } = mailboxes.get(mailboxId)
  if (!mayRead) throw new AppError('history.not_readable', 'a mailbox that cannot be read')
  const createdAt = clock.now()
  const sinceAt = Math.max(0, createdAt - days * DAY_MS)
  const one = { kind: 'mailbox', name: address, mailboxId, stage: 'reading', sinceAt, createdAt } as const
  return write(db, (tx) => insertTouchImport(tx, one))
}

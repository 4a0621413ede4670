import { rmSync } from 'node:fs'
import { saveSuppressions } from '#db/queries/import-save'
import { countStagedRows, lastStagedLine } from '#db/queries/import-staging'
import type { RunningStep } from './import-steps.ts'
import { createPieces } from '../pieces.ts'

/**
 * `saving → saved` for a do-not-contact list. Each piece counts at once: half of such a list is better than none, and the
 * rest comes by importing it again.
 */
export async function saveSuppressionList({ deps, sessions, session, signal }: RunningStep): Promise<void> {
  const { staging } = session
  let saved = 0
  try {
    await createPieces(deps.clock).over({ last: lastStagedLine(staging), signal }, (range) => {
      saved += saveSuppressions(deps.db, staging, { ...range, now: deps.clock.now() })
      sessions.progress(session, saved)
    })
  } catch (error) {
    if (!signal.aborted) sessions.move(session, { stage: 'checked', error: sessions.explain(session, error) })
    return
  } finally {
    deps.suppressionsImported(saved)
  }
  if (signal.aborted) return
  const counts = countStagedRows(staging)
  sessions.move(session, { stage: 'saved', counts, progress: { done: saved, total: saved } })
  rmSync(session.file.path, { force: true })
}

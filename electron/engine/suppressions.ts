import { write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { deleteSuppression, insertSuppression, listSuppressions, type NewSuppression } from '#db/queries/suppressions'
import type { Suppression } from '#shared/contract/app'
import { parseAddress } from '#shared/domain/address'
import { AppError } from '#shared/errors'
import type { EngineContext } from './context.ts'

export interface SuppressionsDeps extends EngineContext {
  /** Skips what waits for people who must not be written to any more; answers how many sends. */
  readonly skipSuppressed: () => number
}

/** Addresses and domains that must never be written to. */
export interface Suppressions {
  list(page: { search: string; offset: number; limit: number }): { rows: Suppression[]; total: number }
  /** All or none. Throws `suppression.invalid` with the first value that is neither address nor domain. */
  add(values: readonly string[]): { added: number; known: number; skippedSends: number }
  /** Harmless when there is none. What was skipped stays skipped. */
  remove(id: number): void
}

type Entry = Pick<NewSuppression, 'kind' | 'value' | 'typed'>

export function createSuppressions(deps: SuppressionsDeps): Suppressions {
  const { db, clock } = deps

  function add(values: readonly string[]): { added: number; known: number; skippedSends: number } {
    const entries = values.map(entryOf)
    const now = clock.now()
    const added = write(db, (tx) => {
      let count = 0
      for (const entry of entries) if (insertSuppression(tx, { ...entry, reason: 'by_hand', now })) count++
      if (count > 0) insertEvent(tx, { at: now, kind: 'lead_suppressed', data: { reason: 'by_hand', added: count } })
      return count
    })
    if (added > 0) tell()
    // Also when all were known: what waits for them must not go.
    const skippedSends = deps.skipSuppressed()
    return { added, known: entries.length - added, skippedSends }
  }

  function remove(id: number): void {
    const now = clock.now()
    const isRemoved = write(db, (tx) => {
      const removed = deleteSuppression(tx, id)
      if (removed) insertEvent(tx, { at: now, kind: 'suppression_removed', data: { suppressionId: id } })
      return removed
    })
    if (isRemoved) tell()
  }

  function tell(): void {
    deps.publish({ type: 'suppressions.changed' })
    deps.publish({ type: 'leads.changed' })
  }

  return { list: (page) => listSuppressions(db, page), add, remove }
}

/** `ann@corp.example`, `corp.example` or `@corp.example`, read as strictly as an address to write to. */
function entryOf(typed: string, index: number): Entry {
  const text = typed.trim()
  const isDomain = text.lastIndexOf('@') <= 0
  const parsed = parseAddress(isDomain ? `any@${text.replace(/^@/, '')}` : text)
  if (!parsed.ok) {
    const details = { value: text.slice(0, 100), line: index + 1, problem: parsed.problem }
    throw new AppError('suppression.invalid', `value ${index + 1}: ${parsed.problem}`, { details })
  }
  const { domain, identity } = parsed.address
  return isDomain ? { kind: 'domain', value: domain, typed: text } : { kind: 'address', value: identity, typed: text }
}

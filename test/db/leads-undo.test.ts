import fc from 'fast-check'
import { expect, test } from 'vitest'
import { write, type Db } from '#db/open'
import { changeLeads, removeChange, reviewChange, tagChange, type LeadChange } from '#db/queries/lead-changes'
import { selectedLeadIds } from '#db/queries/leads'
import { findUndo, forgetShut, insertUndo, openUndo, restoreLeads, shutUndo, undoPieceEnd } from '#db/queries/undos'
import type { LeadSelection } from '#shared/contract/leads'
import type { LeadReview } from '#shared/domain/taxonomy'
import { filterOf, insertLeads, openTestDb } from '#test/support/leads'

type Step =
  | { readonly kind: 'review'; readonly ids: number[]; readonly review: LeadReview }
  | { readonly kind: 'tag'; readonly ids: number[]; readonly add: string[]; readonly remove: string[] }
  | { readonly kind: 'remove'; readonly ids: number[] }

const ALL: LeadSelection = { by: 'filter', filter: filterOf({}), except: [] }
const ids = fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1 })
const tags = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 2 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('review' as const),
    ids,
    review: fc.constantFrom<LeadReview>('new', 'approved', 'rejected'),
  }),
  fc.record({ kind: fc.constant('tag' as const), ids, add: tags, remove: tags }),
  fc.record({ kind: fc.constant('remove' as const), ids }),
)

interface Change {
  readonly changed: number
  readonly undoId: number | null
}

function apply(db: Db, one: Step): Change {
  return change(db, { by: 'ids', ids: one.ids as never }, changeOf(one))
}

function changeOf(one: Step): LeadChange {
  if (one.kind === 'review') return reviewChange(one.review)
  if (one.kind === 'remove') return removeChange(5)
  return tagChange({ add: one.add, remove: one.remove.filter((tag) => !one.add.includes(tag)) })
}

/** In pieces of two, as the engine does it. */
function change(db: Db, selection: LeadSelection, planned: LeadChange): Change {
  return write(db, (tx) => {
    const chosen = selectedLeadIds(tx, selection)
    const undoId = insertUndo(tx, planned.kind, 5)
    let changed = 0
    for (let at = 0; at < chosen.length; at += 2) {
      changed += changeLeads(tx, undoId, { change: planned, ids: chosen.slice(at, at + 2) })
    }
    if (changed > 0) openUndo(tx, undoId, changed)
    else shutUndo(tx, undoId)
    forgetShut(tx, 10_000)
    return { changed, undoId: changed > 0 ? undoId : null }
  })
}

function undo(db: Db, undoId: number): number {
  return write(db, (tx) => {
    const kind = findUndo(tx, undoId)
    if (kind === null) throw new Error('gone')
    let restored = 0
    let upTo: number | null = 0
    for (let after = 0; upTo !== null; after = upTo ?? 0) {
      upTo = undoPieceEnd(tx, undoId, { after, size: 2 })
      if (upTo !== null) restored += restoreLeads(tx, { undoId, kind, after, upTo })
    }
    shutUndo(tx, undoId)
    while (!forgetShut(tx, 2));
    return restored
  })
}

/** Everything that can be seen of the leads: also what the tag index and the search make of them. */
function seen(db: Db): unknown[] {
  const leads = db.$client.prepare('SELECT id, review, tags, removed_at FROM leads ORDER BY id').all()
  const index = db.$client.prepare('SELECT lead_id, tag FROM lead_tags ORDER BY lead_id, tag').all()
  const found = db.$client.prepare("SELECT rowid FROM leads_fts WHERE leads_fts MATCH 'example' ORDER BY rowid").all()
  return [leads, index, found]
}

function filled(db: Db): void {
  db.$client.exec('DELETE FROM undos; DELETE FROM leads')
  insertLeads(
    db,
    [1, 2, 3, 4, 5].map((at) => ({ email: `p${at}@corp.example`, tags: at % 2 === 0 ? ['a', 'z'] : [] })),
  )
}

test('taking every change back, newest first, leaves the leads as they were', () => {
  using store = openTestDb()
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      filled(store.db)
      const before = seen(store.db)
      const changes = steps.map((one) => apply(store.db, one))
      for (const { undoId, changed } of changes.toReversed()) {
        if (undoId !== null) expect(undo(store.db, undoId)).toBe(changed)
      }
      expect(seen(store.db)).toEqual(before)
    }),
    { numRuns: 80 },
  )
})

test('a lead that something else has changed since is left alone', () => {
  using store = openTestDb()
  fc.assert(
    fc.property(step, step, (first, second) => {
      filled(store.db)
      const made = apply(store.db, first)
      apply(store.db, second)
      const touched = store.db.$client
        .prepare(
          `SELECT lead_id AS id, review, tags, removed_at FROM undo_leads JOIN leads ON leads.id = lead_id
           WHERE undo_id = ? AND leads.revision <> undo_leads.revision ORDER BY id`,
        )
        .all(made.undoId ?? 0) as { id: number }[]
      if (made.undoId !== null) expect(undo(store.db, made.undoId)).toBe(made.changed - touched.length)
      for (const lead of touched) {
        const now = store.db.$client.prepare('SELECT id, review, tags, removed_at FROM leads WHERE id = ?').get(lead.id)
        expect(now).toEqual(lead)
      }
    }),
    { numRuns: 80 },
  )
})

test('a change that changes nothing cannot be taken back', () => {
  using store = openTestDb()
  filled(store.db)
  expect(apply(store.db, { kind: 'review', ids: [1, 2], review: 'new' })).toEqual({ changed: 0, undoId: null })
  expect(apply(store.db, { kind: 'tag', ids: [2], add: ['a'], remove: ['b'] })).toEqual({ changed: 0, undoId: null })
  expect(store.db.$client.prepare('SELECT count(*) AS n FROM undos').get()).toEqual({ n: 0 })
})

test('a removed lead does not come back beside another one with its address', () => {
  using store = openTestDb()
  filled(store.db)
  const { undoId } = apply(store.db, { kind: 'remove', ids: [1, 2] })
  insertLeads(store.db, [{ email: 'p1@corp.example' }])
  expect(undo(store.db, undoId ?? 0)).toBe(1)
  const live = store.db.$client.prepare(
    "SELECT count(*) AS n FROM leads WHERE identity = 'p1@corp.example' AND removed_at IS NULL",
  )
  expect(live.get()).toEqual({ n: 1 })
})

test('the last 50 changes can be taken back, and large old ones make room', () => {
  using store = openTestDb()
  filled(store.db)
  const undoIds = Array.from({ length: 55 }, (_, at) =>
    change(store.db, ALL, reviewChange(at % 2 === 0 ? 'approved' : 'new')),
  ).map(({ undoId }) => undoId)
  const kept = () => store.db.$client.prepare('SELECT id FROM undos ORDER BY id').pluck().all()
  expect(kept()).toEqual(undoIds.slice(-50))
  store.db.$client.prepare('UPDATE undos SET lead_count = 300000 WHERE id = ?').run(undoIds[50])
  const last = apply(store.db, { kind: 'review', ids: [1], review: 'rejected' })
  expect(kept()).toEqual([...undoIds.slice(51), last.undoId])
  expect(store.db.$client.prepare('SELECT count(DISTINCT undo_id) FROM undo_leads').pluck().get()).toBe(5)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { write, type Db } from '#db/open'
import { removeLeads, reviewLeads, tagLeads, type Change } from '#db/queries/lead-changes'
import { deleteUndo, findUndo, restoreLeads } from '#db/queries/undos'
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

function apply(db: Db, one: Step): Change {
  const chosen = { selection: { by: 'ids', ids: one.ids as never } as const, now: 5 }
  return write(db, (tx) => {
    if (one.kind === 'review') return reviewLeads(tx, chosen, one.review)
    if (one.kind === 'remove') return removeLeads(tx, chosen)
    return tagLeads(tx, chosen, { add: one.add, remove: one.remove.filter((tag) => !one.add.includes(tag)) })
  })
}

function undo(db: Db, undoId: number): number {
  return write(db, (tx) => {
    const kind = findUndo(tx, undoId)
    if (kind === null) throw new Error('gone')
    const restored = restoreLeads(tx, undoId, kind)
    deleteUndo(tx, undoId)
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
      const change = apply(store.db, first)
      apply(store.db, second)
      const touched = store.db.$client
        .prepare(
          `SELECT lead_id AS id, review, tags, removed_at FROM undo_leads JOIN leads ON leads.id = lead_id
           WHERE undo_id = ? AND leads.revision <> undo_leads.revision ORDER BY id`,
        )
        .all(change.undoId ?? 0) as { id: number }[]
      if (change.undoId !== null) expect(undo(store.db, change.undoId)).toBe(change.changed - touched.length)
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
    write(store.db, (tx) => reviewLeads(tx, { selection: ALL, now: 5 }, at % 2 === 0 ? 'approved' : 'new')),
  ).map((change) => change.undoId)
  const kept = () => store.db.$client.prepare('SELECT id FROM undos ORDER BY id').pluck().all()
  expect(kept()).toEqual(undoIds.slice(-50))
  store.db.$client.prepare('UPDATE undos SET lead_count = 300000 WHERE id = ?').run(undoIds[50])
  const last = apply(store.db, { kind: 'review', ids: [1], review: 'rejected' })
  expect(kept()).toEqual([...undoIds.slice(51), last.undoId])
  expect(store.db.$client.prepare('SELECT count(DISTINCT undo_id) FROM undo_leads').pluck().get()).toBe(5)
})

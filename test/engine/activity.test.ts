import { expect, test } from 'vitest'
import { findActivityEnd, findActivityStart, listActivity } from '#db/queries/activity'
import { createActivity, type ActivityPage } from '#electron/engine/records/activity'
import { seedLead, seedSend } from '#test/support/seed-rows'
import { explain, openQueueDb, recordSql } from '#test/support/test-db'

const ANY: ActivityPage = {
  before: null,
  limit: 10,
  kinds: [],
  mailboxId: null,
  campaignId: null,
  leadId: null,
  since: null,
  until: null,
  search: '',
}

/** Three people in two campaigns of two mailboxes; an event each hour, its id the hour. */
function filled() {
  const store = openQueueDb()
  const ann = seedLead(store.db, { identity: 'ann@corp.example' })
  const bob = seedLead(store.db, { identity: 'bob_b@corp.example' })
  const first = seedSend(store.db, { leadId: ann, campaignId: 1, mailboxId: 1 })
  const second = seedSend(store.db, { leadId: bob, campaignId: 2, mailboxId: 2 })
  const add = store.db.$client.prepare(
    'INSERT INTO events (at, kind, send_id, lead_id, campaign_id, mailbox_id) VALUES (?, ?, ?, ?, ?, ?)',
  )
  add.run(1, 'app_started', null, null, null, null)
  add.run(2, 'send_accepted', first, null, null, null)
  add.run(3, 'send_accepted', second, bob, 2, 2)
  add.run(4, 'lead_edited', null, ann, null, null)
  add.run(5, 'campaign_paused', null, null, 2, null)
  add.run(6, 'mailbox_paused', null, null, null, 1)
  const activity = createActivity(store)
  const found = (filter: Partial<ActivityPage>): number[] =>
    activity.page({ ...ANY, ...filter }).rows.map(({ id }) => id)
  return { store, activity, found, ann }
}

test.each<[string, Partial<ActivityPage>, number[]]>([
  ['everything', {}, [6, 5, 4, 3, 2, 1]],
  ['kinds', { kinds: ['send_accepted', 'app_started'] }, [3, 2, 1]],
  ['a mailbox, also by the mail that left it', { mailboxId: 1 }, [6, 2]],
  ['a campaign, also by its mail', { campaignId: 2 }, [5, 3]],
  ['a lead, also by its mail', { leadId: 1 }, [4, 2]],
  ['a range of time, without its end', { since: 2, until: 5 }, [4, 3, 2]],
  ['an address', { search: 'ANN@' }, [4, 2]],
  ['a campaign by its name', { search: 'campaign 2' }, [5, 3]],
  ['signs that SQL would read as wildcards', { search: '_b@' }, [3]],
  ['several at once', { leadId: 1, kinds: ['lead_edited'], since: 4 }, [4]],
  ['a time at which nothing happened', { since: 50 }, []],
])('the feed is narrowed to %s', (_title, filter, ids) => {
  const { store, found } = filled()
  using _ = store
  expect(found(filter)).toEqual(ids)
})

test('each line leads to its mail, its lead and its campaign', () => {
  const { store, activity } = filled()
  using _ = store
  const { rows } = activity.page({ ...ANY, since: 2, until: 3 })
  expect(rows).toMatchObject([{ sendId: 1, leadId: 1, campaignId: 1, campaignName: 'Campaign 1' }])
  expect(rows[0]?.mailboxAddress).toBe('one@practice.example')
})

test('parts follow each other without a gap or a repetition', () => {
  const { store, activity } = filled()
  using _ = store
  const seen: number[] = []
  for (let before: number | null = null, hasMore = true; hasMore;) {
    const part = activity.page({ ...ANY, before, limit: 4 })
    seen.push(...part.rows.map(({ id }) => id))
    before = part.next
    hasMore = part.hasMore
  }
  expect(seen).toEqual([6, 5, 4, 3, 2, 1])
})

test('a rare thing far back is found in steps', () => {
  const { store, activity } = filled()
  using _ = store
  store.db.$client.exec(`WITH RECURSIVE n(v) AS (SELECT 7 UNION ALL SELECT v + 1 FROM n WHERE v < 250000)
    INSERT INTO events (at, kind) SELECT v, 'backup_made' FROM n`)
  const first = activity.page({ ...ANY, kinds: ['app_started'] })
  expect(first).toEqual({ rows: [], hasMore: true, next: 150_001 })
  const second = activity.page({ ...ANY, kinds: ['app_started'], before: first.next })
  const third = activity.page({ ...ANY, kinds: ['app_started'], before: second.next })
  expect([third.rows.map(({ id }) => id), third.hasMore]).toEqual([[1], false])
})

test('a day far back is found by an index, and no look reads all events', () => {
  using store = openQueueDb()
  const { db } = store
  const steps = recordSql(db, () => {
    findActivityEnd(db, 5)
    findActivityStart(db, 5)
    listActivity(db, { ...ANY, search: 'x', mailboxId: 1, since: 1 }, { before: 9, from: 1, limit: 5 })
  }).flatMap((sql) => explain(db, sql))
  expect(steps).toEqual(
    expect.arrayContaining([
      'SEARCH events USING COVERING INDEX events_at (at<?)',
      'SEARCH events USING COVERING INDEX events_at (at>?)',
    ]),
  )
  expect(steps).toContain('SEARCH events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)')
  expect(steps.filter((step) => /^SCAN (?!\(subquery)/.test(step))).toEqual([])
})

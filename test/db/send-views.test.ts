import { expect, test } from 'vitest'
import { write, type Db } from '#db/open'
import { insertEvent } from '#db/queries/events'
import {
  countByStatus,
  countSendsIn,
  countSentOf,
  countStatus,
  listFinishedIds,
  listSendEvents,
  listSendIds,
  listSendViews,
  listSentMoments,
  type SendScope,
} from '#db/queries/send-views'
import { openQueueDb } from '#test/support/test-db'
import { seedLead, seedSend } from '#test/support/seed-rows'

const scope = (change: Partial<SendScope>): SendScope => ({
  statuses: ['pending'],
  mailboxId: null,
  campaignId: null,
  leadIds: null,
  ...change,
})

const finishAt = (db: Db, id: number, at: number): unknown =>
  db.$client.prepare('UPDATE sends SET finished_at = ? WHERE id = ?').run(at, id)

test('rows come in the order of the ids that were asked for, and unknown ids are left out', () => {
  using store = openQueueDb()
  const ids = [seedSend(store.db), seedSend(store.db, { campaignId: 2 }), seedSend(store.db)]
  for (const id of ids) store.db.$client.prepare("INSERT INTO send_bodies VALUES (?, 'Hello', 'Hi', NULL)").run(id)
  const [first = 0, second = 0, third = 0] = ids
  const rows = listSendViews(store.db, [third, 999, first, second])
  expect(rows.map((row) => row.id)).toEqual([third, first, second])
  expect(rows[2]).toMatchObject({
    campaignId: 2,
    campaignName: 'Campaign 2',
    mailboxId: 1,
    toAddress: 'p@corp.example',
    subject: 'Hello',
    status: 'pending',
    stage: null,
    outcome: 'none',
    company: '',
  })
})

test('a scope narrows by status, mailbox, campaign and leads, each for itself and together', () => {
  using store = openQueueDb()
  const leadId = seedLead(store.db)
  const a = seedSend(store.db, { leadId })
  const b = seedSend(store.db, { campaignId: 2, leadId })
  const c = seedSend(store.db, { mailboxId: 2 })
  const d = seedSend(store.db, { status: 'failed' })
  const cases: [Partial<SendScope>, number[]][] = [
    [{}, [a, b, c]],
    [{ statuses: ['failed', 'pending'] }, [a, b, c, d]],
    [{ mailboxId: 2 }, [c]],
    [{ campaignId: 1 }, [a, c]],
    [{ leadIds: [leadId] }, [a, b]],
    [{ leadIds: [] }, []],
    [{ leadIds: [leadId], campaignId: 2, mailboxId: 1 }, [b]],
    [{ leadIds: [leadId], campaignId: 2, mailboxId: 2 }, []],
  ]
  for (const [change, ids] of cases) {
    expect(listSendIds(store.db, scope(change))).toEqual(ids)
    expect(countSendsIn(store.db, scope(change))).toBe(ids.length)
  }
})

test('finished sends come newest first, page by page', () => {
  using store = openQueueDb()
  const ids = [30, 10, 20, 20].map((at) => {
    const id = seedSend(store.db, { status: 'sent' })
    finishAt(store.db, id, at)
    return id
  })
  const [at30, at10, at20, at20Later] = ids
  const sent = scope({ statuses: ['sent'] })
  expect(listFinishedIds(store.db, sent, { offset: 0, limit: 2 })).toEqual([at30, at20Later])
  expect(listFinishedIds(store.db, sent, { offset: 2, limit: 2 })).toEqual([at20, at10])
  expect(listFinishedIds(store.db, sent, { offset: 4, limit: 2 })).toEqual([])
})

test('sends are counted by status, over all', () => {
  using store = openQueueDb()
  seedSend(store.db)
  seedSend(store.db, { mailboxId: 2 })
  seedSend(store.db, { status: 'uncertain' })
  expect(countByStatus(store.db)).toEqual(
    new Map([
      ['pending', 2],
      ['uncertain', 1],
    ]),
  )
  expect(countStatus(store.db, 'pending')).toBe(2)
  expect(countStatus(store.db, 'failed')).toBe(0)
})

test('what was sent is told from a moment on', () => {
  using store = openQueueDb()
  for (const at of [10, 20]) finishAt(store.db, seedSend(store.db, { status: 'sent', pacedAt: at }), at)
  finishAt(store.db, seedSend(store.db, { status: 'cancelled' }), 20)
  seedSend(store.db, { status: 'uncertain', pacedAt: 20 })
  expect(listSentMoments(store.db, 10).toSorted((a, b) => a - b)).toEqual([10, 20])
  expect(listSentMoments(store.db, 11)).toEqual([20])
  expect(countSentOf(store.db, 1, 10)).toBe(2)
  expect(countSentOf(store.db, 1, 11)).toBe(1)
  expect(countSentOf(store.db, 2, 0)).toBe(0)
})

test('the story of a send is its events, oldest first', () => {
  using store = openQueueDb()
  const sendId = seedSend(store.db)
  write(store.db, (tx) => {
    insertEvent(tx, { at: 5, kind: 'send_queued', sendId })
    insertEvent(tx, { at: 6, kind: 'app_paused' })
    insertEvent(tx, { at: 7, kind: 'send_skipped', sendId, data: { because: 'suppressed' } })
  })
  expect(listSendEvents(store.db, sendId)).toEqual([
    { at: 5, kind: 'send_queued', data: null },
    { at: 7, kind: 'send_skipped', data: '{"because":"suppressed"}' },
  ])
})

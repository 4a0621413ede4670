import { expect, test } from 'vitest'
import { write, type Db } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { findPauseTrial, hasEverQueued, getTestMail, insertTestMail, updateTestMail } from '#db/queries/readiness'
import type { EventKind } from '#shared/domain/taxonomy'
import { seedSend } from '#test/support/seed-rows'
import { explain, openQueueDb, recordSql } from '#test/support/test-db'

/** Pauses and their ends, each at its moment: `[1, 'app_paused']`; with a mailbox, only of that one. */
function seedEvents(db: Db, events: readonly (readonly [at: number, kind: EventKind, mailboxId?: number])[]): void {
  write(db, (tx) => {
    for (const [at, kind, mailboxId = null] of events) insertEvent(tx, { at, kind, mailboxId })
  })
}

test.each<[string, Parameters<typeof seedEvents>[1], object | null]>([
  ['nothing', [], null],
  ['a pause that goes on', [[10, 'mailbox_paused', 1]], null],
  ['the end of a rest, which was no pause', [[10, 'mailbox_resumed', 1]], null],
  [
    'a pause of another mailbox',
    [
      [10, 'mailbox_paused', 2],
      [20, 'mailbox_resumed', 2],
    ],
    null,
  ],
  [
    'its own pause',
    [
      [10, 'mailbox_paused', 1],
      [20, 'mailbox_resumed', 1],
    ],
    { pausedAt: 10, resumedAt: 20 },
  ],
  [
    'a pause of everything',
    [
      [10, 'app_paused'],
      [20, 'app_resumed'],
    ],
    { pausedAt: 10, resumedAt: 20 },
  ],
  [
    'the newer one of two, which lie in each other',
    [
      [10, 'app_paused'],
      [12, 'mailbox_paused', 1],
      [14, 'mailbox_resumed', 1],
      [20, 'app_resumed'],
    ],
    { pausedAt: 10, resumedAt: 20 },
  ],
])('the last pause that was tried: %s', (_what, events, expected) => {
  using store = openQueueDb()
  seedEvents(store.db, events)
  expect(findPauseTrial(store.db, 1)).toEqual(expected && { ...expected, sent: 0 })
})

test('mail that was put before the provider within the pause is counted, not that before, after or elsewhere', () => {
  using store = openQueueDb()
  seedEvents(store.db, [
    [10, 'mailbox_paused', 1],
    [20, 'mailbox_resumed', 1],
  ])
  for (const pacedAt of [5, 10, 11, 19, 20, 25]) seedSend(store.db, { status: 'sent', pacedAt })
  seedSend(store.db, { status: 'sent', pacedAt: 15, mailboxId: 2 })
  expect(findPauseTrial(store.db, 1)).toEqual({ pausedAt: 10, resumedAt: 20, sent: 2 })
})

test('a mailbox has queued when something of it waits or its provider was asked, not when it was only cancelled', () => {
  using store = openQueueDb()
  expect(hasEverQueued(store.db, 1)).toBe(false)
  seedSend(store.db, { status: 'cancelled' })
  expect(hasEverQueued(store.db, 1)).toBe(false)
  seedSend(store.db)
  expect(hasEverQueued(store.db, 1)).toBe(true)
  seedSend(store.db, { status: 'sent', pacedAt: 5, mailboxId: 2 })
  expect(hasEverQueued(store.db, 2)).toBe(true)
})

test('neither question walks through the whole history', () => {
  using store = openQueueDb()
  const steps = recordSql(store.db, () => {
    hasEverQueued(store.db, 1)
    findPauseTrial(store.db, 1)
  }).flatMap((sql) => explain(store.db, sql))
  expect(steps).toEqual([
    'SEARCH sends USING COVERING INDEX sends_pending (mailbox_id=?)',
    'SEARCH sends USING COVERING INDEX sends_history (mailbox_id=? AND paced_at>?)',
    'SCAN events USING INDEX events_pauses',
  ])
})

test('the table itself refuses to ask for a test mail twice, or to take back that it was accepted', () => {
  using store = openQueueDb()
  const change = (status: 'sending' | 'failed' | 'accepted') =>
    write(store.db, (tx) => updateTestMail(tx, getTestMail(tx, 1), { status }))
  write(store.db, (tx) => insertTestMail(tx, { mailboxId: 1, requestKey: 'pressed', key: 'k', createdAt: 1 }))
  change('sending')
  change('failed')
  expect(() => change('sending')).toThrow('a test mail is asked for once')
  change('accepted')
  expect(() => change('failed')).toThrow('a test mail is asked for once')
})

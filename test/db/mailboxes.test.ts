import { expect, test } from 'vitest'
import { write } from '#db/open'
import {
  countLeft,
  countUnfinished,
  insertMailbox,
  isAddressTaken,
  listMailboxes,
  updateMailbox,
} from '#db/queries/mailboxes'
import { getSetting, setSetting } from '#db/queries/settings'
import { DEFAULT_POLICY } from '#shared/domain/policy'
import { SendStatus } from '#shared/domain/taxonomy'
import { openQueueDb } from '#test/support/test-db'
import { seedSend } from '#test/support/seed-rows'

const MAILBOX: Parameters<typeof insertMailbox>[1] = {
  kind: 'practice',
  address: 'Robin@Practice.example',
  senderName: 'Robin',
  signature: '-- \nRobin',
  company: 'Corp',
  postalAddress: '1 Main Street',
  optOut: 'Reply “stop”.',
  policy: { ...DEFAULT_POLICY, daysOff: ['2026-12-24'], zone: 'Europe/Berlin' },
  smtp: null,
  imap: null,
  mostMailBytes: null,
  mayRead: false,
  seed: 7,
  createdAt: 5,
}

test('a mailbox comes back as it was put in, ready and healthy', () => {
  using store = openQueueDb()
  const id = write(store.db, (tx) => insertMailbox(tx, MAILBOX))
  expect(listMailboxes(store.db).at(-1)).toEqual({
    ...MAILBOX,
    id,
    status: 'ready',
    need: null,
    cursor: null,
    readAt: null,
    restingUntil: null,
    restReason: null,
    health: 100,
    healthFrom: 0,
    handOver: 0,
    ownAddresses: [],
    foundAddresses: [],
    removedAt: null,
  })
  expect(listMailboxes(store.db).map((mailbox) => mailbox.id)).toEqual([1, 2, id])
})

test('a change writes what it names and leaves the rest', () => {
  using store = openQueueDb()
  const id = write(store.db, (tx) => insertMailbox(tx, MAILBOX))
  write(store.db, (tx) => updateMailbox(tx, id, { status: 'resting', restingUntil: 99 }))
  const [first, , changed] = listMailboxes(store.db)
  expect(changed).toMatchObject({ ...MAILBOX, id, status: 'resting', restingUntil: 99, health: 100 })
  expect(first).toMatchObject({ id: 1, status: 'ready' })
})

test('a removed mailbox is not found, and its address is free again', () => {
  using store = openQueueDb()
  const id = write(store.db, (tx) => insertMailbox(tx, MAILBOX))
  expect(isAddressTaken(store.db, 'robin@practice.EXAMPLE')).toBe(true)
  expect(() => write(store.db, (tx) => insertMailbox(tx, { ...MAILBOX, address: 'robin@practice.example' }))).toThrow(
    'UNIQUE',
  )
  write(store.db, (tx) => updateMailbox(tx, id, { removedAt: 9 }))
  expect(listMailboxes(store.db).map((mailbox) => mailbox.id)).toEqual([1, 2])
  expect(isAddressTaken(store.db, 'robin@practice.example')).toBe(false)
  expect(write(store.db, (tx) => insertMailbox(tx, MAILBOX))).toBeGreaterThan(id)
})

test('unfinished are what waits, is worked on or is uncertain, in this mailbox', () => {
  using store = openQueueDb()
  for (const status of SendStatus.options) seedSend(store.db, { status })
  seedSend(store.db, { mailboxId: 2 })
  expect(countUnfinished(store.db, 1)).toBe(3)
  expect(countUnfinished(store.db, 2)).toBe(1)
})

test('what was put before the provider is counted from a moment on', () => {
  using store = openQueueDb()
  for (const pacedAt of [10, 20, 30]) seedSend(store.db, { status: 'sent', pacedAt })
  seedSend(store.db)
  expect([10, 20, 21, 31].map((since) => countLeft(store.db, 1, since))).toEqual([3, 2, 1, 0])
})

test('a setting has a default until it is written, and then its value', () => {
  using store = openQueueDb()
  expect(getSetting(store.db, 'isPaused')).toBe(false)
  expect(getSetting(store.db, 'epoch')).toBe(0)
  write(store.db, (tx) => setSetting(tx, 'isPaused', true))
  write(store.db, (tx) => setSetting(tx, 'epoch', 4))
  write(store.db, (tx) => setSetting(tx, 'epoch', 5))
  expect(getSetting(store.db, 'isPaused')).toBe(true)
  expect(getSetting(store.db, 'epoch')).toBe(5)
  expect(getSetting(store.db, 'zone')).toBe('')
})

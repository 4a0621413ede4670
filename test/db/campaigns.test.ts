import { expect, test } from 'vitest'
import { write, type Db } from '#db/open'
import {
  countCampaign,
  findCampaign,
  findCampaignByRequest,
  hasUnfinished,
  insertCampaign,
  listCampaigns,
  moveCampaign,
} from '#db/queries/campaigns'
import { SendStatus } from '#shared/domain/taxonomy'
import { openQueueDb } from '#test/support/test-db'
import { seedSend } from '#test/support/seed-rows'

const insert = (db: Db, requestKey: string): number =>
  write(db, (tx) =>
    insertCampaign(tx, {
      name: 'March',
      status: 'active',
      requestKey,
      scheduledAt: 70,
      priority: 1,
      useLeadZone: false,
      missed: 'spread',
      expiresAfterMs: null,
      createdAt: 60,
    }),
  )

test('a campaign is found by its id and by the press on the button that made it', () => {
  using store = openQueueDb()
  const id = insert(store.db, 'pressed')
  expect(findCampaign(store.db, id)).toEqual({
    id,
    name: 'March',
    status: 'active',
    pausedBecause: null,
    mailboxIds: [],
    requestKey: 'pressed',
    scheduledAt: 70,
    priority: 1,
    useLeadZone: false,
    missed: 'spread',
    expiresAfterMs: null,
    pausedAt: null,
    archivedAt: null,
    endedAt: null,
    createdAt: 60,
  })
  expect(findCampaignByRequest(store.db, 'pressed')).toEqual(findCampaign(store.db, id))
  expect(findCampaignByRequest(store.db, 'not pressed')).toBeNull()
  expect(findCampaign(store.db, 999)).toBeNull()
})

test('one press makes one campaign', () => {
  using store = openQueueDb()
  insert(store.db, 'pressed')
  expect(() => insert(store.db, 'pressed')).toThrow('UNIQUE constraint failed: campaigns.request_key')
})

test('the newest come first, as many as asked for', () => {
  using store = openQueueDb()
  expect(listCampaigns(store.db, { limit: 3, isArchived: false }).map((campaign) => campaign.id)).toEqual([5, 4, 3])
})

test('a campaign moves out of the states that are named, and out of no other', () => {
  using store = openQueueDb()
  const move = (from: 'active' | 'paused', to: 'paused' | 'cancelled'): boolean =>
    write(store.db, (tx) => moveCampaign(tx, 1, { from: [from], to, now: 80 }))
  expect(move('paused', 'cancelled')).toBe(false)
  expect(findCampaign(store.db, 1)?.status).toBe('active')
  expect(move('active', 'paused')).toBe(true)
  expect(findCampaign(store.db, 1)?.status).toBe('paused')
  expect(findCampaign(store.db, 2)?.status).toBe('active')
})

test.each(
  SendStatus.options.map((status) => [status, ['pending', 'processing', 'uncertain'].includes(status)] as const),
)('a campaign whose one send is %s is unfinished: %s', (status, isUnfinished) => {
  using store = openQueueDb()
  seedSend(store.db, { status })
  expect(hasUnfinished(store.db, 1)).toBe(isUnfinished)
  expect(hasUnfinished(store.db, 2)).toBe(false)
})

test('sends are counted by status, and those that were tried before apart', () => {
  using store = openQueueDb()
  seedSend(store.db)
  seedSend(store.db, { attempts: 2 })
  seedSend(store.db, { status: 'sent', attempts: 1 })
  seedSend(store.db, { campaignId: 2, attempts: 1 })
  expect(countCampaign(store.db, 1)).toEqual({
    byStatus: new Map([
      ['pending', 2],
      ['sent', 1],
    ]),
    retrying: 1,
  })
  expect(countCampaign(store.db, 3)).toEqual({ byStatus: new Map(), retrying: 0 })
})

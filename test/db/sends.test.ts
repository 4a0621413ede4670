import { describe, expect, test } from 'vitest'
import { write, type Db, type Writer } from '#db/open'
import { insertEvent } from '#db/queries/events'
import {
  findSend,
  findSendIdByKey,
  getSendBody,
  insertSend,
  listInFlight,
  listUncertain,
  moveSend,
  type MoveExtras,
  type NewSend,
  type Send,
} from '#db/queries/sends'
import { listSuppressedPending, setPriority } from '#db/queries/waiting-sends'
import type { Failure, SendState } from '#shared/domain/send-transitions'
import { SendStatus } from '#shared/domain/taxonomy'
import { openQueueDb } from '#test/support/test-db'
import { seedLead, seedSend, seedSuppression } from '#test/support/seed-rows'

const failure: Failure = { code: 'mail.refused', providerCode: '550' }

const newSend = (change: Partial<NewSend> = {}): NewSend => ({
  campaignId: 1,
  step: 0,
  variant: 0,
  parked: null,
  leadId: 1,
  mailboxId: 1,
  key: 'key-1',
  toAddress: 'ann@corp.example',
  toIdentity: 'ann@corp.example',
  toName: 'Ann Lee',
  priority: 1,
  zone: '',
  notBefore: 100,
  scheduledAt: null,
  createdAt: 50,
  body: { subject: 'Hello', text: 'Hi Ann', html: null },
  templateVersionId: 1,
  ...change,
})

const count = (db: Db, table: string): number =>
  (db.$client.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n

function known(db: Db, sendId: number): Send {
  const send = findSend(db, sendId)
  if (!send) throw new Error(`no send ${sendId}`)
  return send
}

const move = (db: Db, send: Send, state: SendState, extras: MoveExtras = { epoch: 1 }): Send | null =>
  write(db, (tx) => moveSend(tx, send, { ...extras, state }))

describe('queueing', () => {
  test('writes the send and the mail as approved', () => {
    using store = openQueueDb()
    seedLead(store.db)
    const id = write(store.db, (tx) => insertSend(tx, newSend({ zone: 'Asia/Kolkata', priority: 0 })))
    expect(known(store.db, Number(id))).toEqual({
      id,
      campaignId: 1,
      leadId: 1,
      mailboxId: 1,
      key: 'key-1',
      generation: 0,
      step: 0,
      dueCode: 'scheduled',
      parked: null,
      toAddress: 'ann@corp.example',
      toName: 'Ann Lee',
      attempts: 0,
      priority: 0,
      zone: 'Asia/Kolkata',
      notBefore: 100,
      startedAt: null,
      epoch: 0,
      revision: 0,
      state: { status: 'pending', notBefore: 100, draftId: null, failure: null },
    })
    expect(getSendBody(store.db, Number(id))).toEqual({ subject: 'Hello', text: 'Hi Ann', html: null })
    expect(findSendIdByKey(store.db, 'key-1')).toBe(id)
    expect(findSendIdByKey(store.db, 'key-2')).toBeNull()
  })

  test('a lead of a campaign is queued once, whatever else differs', () => {
    using store = openQueueDb()
    seedLead(store.db)
    const queue = (change: Partial<NewSend>): number | null => write(store.db, (tx) => insertSend(tx, newSend(change)))
    expect(queue({})).not.toBeNull()
    expect(
      queue({ key: 'key-2', notBefore: 999, mailboxId: 2, body: { subject: 'Other', text: '', html: null } }),
    ).toBeNull()
    expect(count(store.db, 'sends')).toBe(1)
    expect(count(store.db, 'send_bodies')).toBe(1)
    expect(getSendBody(store.db, 1).subject).toBe('Hello')
    expect(queue({ key: 'key-2', campaignId: 2 })).not.toBeNull()
  })

  test('of a send that is not there, nothing is found', () => {
    using store = openQueueDb()
    expect(findSend(store.db, 99)).toBeNull()
    expect(() => getSendBody(store.db, 99)).toThrow('send 99 has no body')
  })
})

describe('a move', () => {
  const stories: Record<string, SendState[]> = {
    'to sent': [
      { status: 'processing', stage: 'drafting', draftId: null },
      { status: 'processing', stage: 'drafted', draftId: 'd1' },
      { status: 'processing', stage: 'sending', draftId: 'd1', startedAt: 200 },
      { status: 'sent', providerMessageId: 'm1', finishedAt: 300 },
    ],
    'to doubt and back with its draft': [
      { status: 'processing', stage: 'drafting', draftId: null },
      { status: 'processing', stage: 'drafted', draftId: 'd1' },
      { status: 'processing', stage: 'sending', draftId: 'd1', startedAt: 200 },
      { status: 'uncertain', draftId: 'd1', failure: { code: 'mail.unanswered', providerCode: null } },
      { status: 'pending', notBefore: 400, draftId: 'd1', failure: null },
      { status: 'processing', stage: 'drafting', draftId: 'd1' },
    ],
    'to a refusal, another try and the end': [
      { status: 'processing', stage: 'drafting', draftId: null },
      { status: 'pending', notBefore: 500, draftId: null, failure },
      { status: 'processing', stage: 'drafting', draftId: null },
      { status: 'failed', failure, finishedAt: 600 },
      { status: 'pending', notBefore: 700, draftId: null, failure },
    ],
    'to cancelled': [{ status: 'cancelled', finishedAt: 300 }],
    'to skipped': [{ status: 'skipped', because: 'lead_replied', finishedAt: 300 }],
    'to sent without an id': [
      { status: 'processing', stage: 'drafting', draftId: null },
      { status: 'processing', stage: 'drafted', draftId: 'd1' },
      { status: 'processing', stage: 'sending', draftId: 'd1', startedAt: 200 },
      { status: 'sent', providerMessageId: null, finishedAt: 300 },
    ],
  }

  test.each(Object.entries(stories))('%s stores each state as it is, and counts its revisions', (_name, states) => {
    using store = openQueueDb()
    let send = known(store.db, seedSend(store.db, { notBefore: 100 }))
    for (const state of states) {
      const moved = move(store.db, send, state, { epoch: 3 })
      expect(moved).toMatchObject({ state, epoch: 3, revision: send.revision + 1 })
      send = known(store.db, send.id)
      expect(send).toMatchObject({ state, epoch: 3, revision: moved?.revision })
    }
  })

  test('to sending is what the pacing counts from, and nothing else is', () => {
    using store = openQueueDb()
    let send = known(store.db, seedSend(store.db))
    const paced = () => store.db.$client.prepare('SELECT paced_at, started_at FROM sends').get()
    for (const state of stories['to sent']?.slice(0, 2) ?? []) send = move(store.db, send, state) ?? send
    expect(paced()).toEqual({ paced_at: null, started_at: null })
    move(store.db, send, { status: 'processing', stage: 'sending', draftId: 'd1', startedAt: 200 })
    expect(paced()).toEqual({ paced_at: 200, started_at: 200 })
  })

  test('keeps the count of attempts, or writes a new one', () => {
    using store = openQueueDb()
    const send = known(store.db, seedSend(store.db, { attempts: 2 }))
    const claimed = move(store.db, send, { status: 'processing', stage: 'drafting', draftId: null })
    expect(known(store.db, send.id).attempts).toBe(2)
    const back =
      claimed &&
      move(store.db, claimed, { status: 'pending', notBefore: 9, draftId: null, failure }, { epoch: 1, attempts: 3 })
    expect(back?.attempts).toBe(3)
    expect(known(store.db, send.id).attempts).toBe(3)
  })

  test('may give a mail that is sent again a new key', () => {
    using store = openQueueDb()
    const send = known(store.db, seedSend(store.db, { status: 'uncertain' }))
    const state: SendState = { status: 'pending', notBefore: 9, draftId: null, failure: null }
    const moved = move(store.db, send, state, { epoch: 1, attempts: 0, generation: { number: 1, key: 'key-again' } })
    expect(moved).toMatchObject({ generation: 1, key: 'key-again' })
    expect(known(store.db, send.id)).toMatchObject({ generation: 1, key: 'key-again', attempts: 0 })
  })

  const claimed: SendState = { status: 'processing', stage: 'drafting', draftId: null }

  test('that somebody else made first is not made again', () => {
    using store = openQueueDb()
    const seen = known(store.db, seedSend(store.db))
    expect(move(store.db, seen, claimed)).not.toBeNull()
    const now = known(store.db, seen.id)
    expect(move(store.db, seen, { status: 'cancelled', finishedAt: 1 })).toBeNull()
    expect(known(store.db, seen.id)).toEqual(now)
  })

  test.each([
    ['an older owner', 4, false],
    ['the same owner', 5, true],
    ['a later owner', 6, true],
  ])('by %s than the last one: made is %s', (_name, epoch, isMade) => {
    using store = openQueueDb()
    const send = known(store.db, seedSend(store.db))
    const owned = move(store.db, send, claimed, { epoch: 5 })
    const before = known(store.db, send.id)
    const moved = owned && move(store.db, owned, { status: 'processing', stage: 'drafted', draftId: 'd1' }, { epoch })
    expect(moved !== null).toBe(isMade)
    if (!isMade) expect(known(store.db, send.id)).toEqual(before)
  })
})

describe('the table itself', () => {
  const ENDED = ['sent', 'cancelled'] as const

  test.each(ENDED.flatMap((from) => SendStatus.options.filter((to) => to !== from).map((to) => [from, to] as const)))(
    'what is %s never becomes %s',
    (from, to) => {
      using store = openQueueDb()
      const id = seedSend(store.db, { status: from })
      const stage = to === 'processing' ? 'drafting' : null
      const attempt = (): unknown =>
        store.db.$client.prepare('UPDATE sends SET status = ?, stage = ? WHERE id = ?').run(to, stage, id)
      expect(attempt).toThrow('a send that has ended does not move')
      expect(known(store.db, id).state.status).toBe(from)
    },
  )

  test('what was cancelled waits again only as a new mail', () => {
    using store = openQueueDb()
    const id = seedSend(store.db, { status: 'cancelled' })
    store.db.$client.prepare("UPDATE sends SET status = 'pending', generation = generation + 1 WHERE id = ?").run(id)
    expect(known(store.db, id).state.status).toBe('pending')
  })

  const AGAIN = ['failed', 'skipped'] as const

  test.each(AGAIN.flatMap((from) => SendStatus.options.filter((to) => to !== from).map((to) => [from, to] as const)))(
    'what has %s becomes %s only if that is pending, or was sent although it seemed to fail',
    (from, to) => {
      using store = openQueueDb()
      const id = seedSend(store.db, { status: from })
      const stage = to === 'processing' ? 'drafting' : null
      const attempt = (): unknown =>
        store.db.$client.prepare('UPDATE sends SET status = ?, stage = ? WHERE id = ?').run(to, stage, id)
      if (to === 'pending' || (from === 'failed' && to === 'sent')) expect(attempt).not.toThrow()
      else expect(attempt).toThrow('a send that has ended does not move')
    },
  )

  test.each([
    ["status = 'processing', stage = NULL"],
    ["status = 'processing', stage = 'flying'"],
    ["status = 'pending', stage = 'drafted'"],
    ["status = 'flying'"],
    ['priority = 3'],
    ["outcome = 'opened'"],
    ["not_before = 'soon'"],
    ['lead_id = 999'],
    ['campaign_id = 999'],
  ])('refuses %s', (change) => {
    using store = openQueueDb()
    seedSend(store.db)
    expect(() => store.db.$client.exec(`UPDATE sends SET ${change}`)).toThrow(/constraint failed|cannot store/)
  })

  test('refuses a second send of the same campaign, step and lead, and a key that is taken', () => {
    using store = openQueueDb()
    const leadId = seedLead(store.db)
    seedSend(store.db, { leadId })
    expect(() => seedSend(store.db, { leadId })).toThrow('UNIQUE constraint failed')
    seedSend(store.db, { leadId, campaignId: 2 })
    expect(() => store.db.$client.exec("UPDATE sends SET key = 'same'")).toThrow('UNIQUE constraint failed: sends.key')
  })

  test('events are never changed and never deleted', () => {
    using store = openQueueDb()
    write(store.db, (tx) => insertEvent(tx, { at: 5, kind: 'app_started', data: { mails: 3 } }))
    const before = store.db.$client.prepare('SELECT * FROM events').all()
    expect(before).toMatchObject([{ at: 5, kind: 'app_started', send_id: null, data: '{"mails":3}' }])
    expect(() => store.db.$client.exec('UPDATE events SET at = 6')).toThrow('append-only')
    expect(() => store.db.$client.exec('DELETE FROM events')).toThrow('append-only')
    expect(() => store.db.$client.exec("REPLACE INTO events (id, at, kind) VALUES (1, 6, 'app_paused')")).toThrow(
      'append-only',
    )
    expect(store.db.$client.prepare('SELECT * FROM events').all()).toEqual(before)
  })

  test('a version of a template is never edited', () => {
    using store = openQueueDb()
    expect(() => store.db.$client.exec("UPDATE template_versions SET subject = 'Other'")).toThrow(
      'never edited in place',
    )
  })
})

describe('lists', () => {
  test('what is in flight is found in all mailboxes, oldest first', () => {
    using store = openQueueDb()
    const second = seedSend(store.db, { id: 7, status: 'processing', stage: 'sending', mailboxId: 2 })
    const first = seedSend(store.db, { id: 3, status: 'processing', stage: 'drafted' })
    for (const status of SendStatus.options) if (status !== 'processing') seedSend(store.db, { status })
    expect(listInFlight(store.db).map((send) => send.id)).toEqual([first, second])
  })

  test('what is uncertain is found by mailbox, oldest first', () => {
    using store = openQueueDb()
    seedSend(store.db, { id: 5, status: 'uncertain' })
    seedSend(store.db, { id: 4, status: 'uncertain' })
    seedSend(store.db, { id: 3, status: 'uncertain', mailboxId: 2 })
    for (const status of SendStatus.options) if (status !== 'uncertain') seedSend(store.db, { status })
    expect(listUncertain(store.db, 1).map((send) => send.id)).toEqual([4, 5])
  })

  test('what waits for somebody who must not be written to is found, and nothing else', () => {
    using store = openQueueDb()
    const waiting = (identity: string, domain: string): number =>
      seedSend(store.db, { leadId: seedLead(store.db, { identity, domain }) })
    const ann = waiting('ann@corp.example', 'corp.example')
    const bob = waiting('bob@left.example', 'left.example')
    waiting('cy@other.example', 'other.example')
    const gone = seedLead(store.db, { identity: 'di@left.example', domain: 'left.example' })
    seedSend(store.db, { leadId: gone, status: 'sent' })
    seedSuppression(store.db, 'address', 'ann@corp.example')
    seedSuppression(store.db, 'domain', 'left.example')
    expect(listSuppressedPending(store.db)).toEqual([ann, bob])
  })

  test('a new priority reaches what waits, counts as a change, and leaves the rest', () => {
    using store = openQueueDb()
    const waiting = seedSend(store.db)
    const already = seedSend(store.db, { priority: 0 })
    const sent = seedSend(store.db, { status: 'sent' })
    const other = seedSend(store.db)
    const prioritise = (tx: Writer): number => setPriority(tx, [waiting, already, sent, 999], 0)
    expect(write(store.db, prioritise)).toBe(1)
    expect(known(store.db, waiting)).toMatchObject({ priority: 0, revision: 1 })
    expect(known(store.db, already)).toMatchObject({ priority: 0, revision: 0 })
    expect(known(store.db, sent)).toMatchObject({ priority: 1, revision: 0 })
    expect(known(store.db, other)).toMatchObject({ priority: 1, revision: 0 })
  })
})

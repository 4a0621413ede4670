import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { write, type Db } from '#db/open'
import { joinDomains } from '#db/queries/domain-aliases'
import { insertOverride, withdrawOverride } from '#db/queries/history'
import { getLeadFacts } from '#db/queries/lead-facts'
import { listPending } from '#db/queries/pending'
import { getCampaignStatus, getPacingHistory, listLaneHeads } from '#db/queries/queue'
import { pullBackPacing } from '#db/queries/sends'
import { touchBySend, untouchBySend } from '#db/queries/touches'
import type { LeadFacts } from '#shared/domain/gates'
import { openQueueDb } from '#test/support/test-db'
import { seedLead, seedSend, seedSuppression, seedTouch, type LeadSeed, type SendSeed } from '#test/support/seed-rows'

const seeds = fc.array(
  fc.record({
    campaignId: fc.integer({ min: 1, max: 4 }),
    mailboxId: fc.constantFrom(1, 1, 1, 2),
    zone: fc.constantFrom('', 'Asia/Kolkata', 'Europe/Berlin', 'europe/berlin'),
    priority: fc.constantFrom(0 as const, 1 as const, 2 as const),
    notBefore: fc.integer({ min: 0, max: 5 }),
    status: fc.constantFrom(
      'pending' as const,
      'pending' as const,
      'sent' as const,
      'processing' as const,
      'uncertain' as const,
    ),
    attempts: fc.constantFrom(0, 0, 2),
  }),
  { maxLength: 40 },
)

/** The first of each lane, found by looking at everything. */
function headsOf(sends: readonly (SendSeed & { id: number })[], mailboxId: number) {
  const waiting = sends.filter((send) => send.status === 'pending' && send.mailboxId === mailboxId)
  const lanes = Map.groupBy(waiting, (send) => `${send.campaignId} ${send.zone} ${send.priority}`)
  return [...lanes.values()]
    .map((lane) => lane.toSorted((a, b) => Number(a.notBefore) - Number(b.notBefore) || a.id - b.id)[0])
    .map(
      (send) =>
        send && {
          sendId: send.id,
          notBefore: send.notBefore,
          dueCode: Number(send.attempts) > 0 ? 'retry' : 'scheduled',
        },
    )
    .toSorted((a, b) => Number(a?.sendId) - Number(b?.sendId))
}

test('the heads of the lanes are the first of each campaign, zone and priority, and nothing else', () => {
  using store = openQueueDb()
  fc.assert(
    fc.property(seeds, (all) => {
      store.db.$client.exec('DELETE FROM sends; DELETE FROM leads')
      const sends = all.map((seed) => ({ ...seed, id: seedSend(store.db, seed) }))
      for (const mailboxId of [1, 2]) {
        const found = listLaneHeads(store.db, mailboxId).toSorted((a, b) => a.sendId - b.sendId)
        expect(found.map(({ sendId, notBefore, dueCode }) => ({ sendId, notBefore, dueCode }))).toEqual(
          headsOf(sends, mailboxId),
        )
        for (const head of found) expect(sends.find((send) => send.id === head.sendId)).toMatchObject(laneOf(head))
      }
    }),
    { numRuns: 60 },
  )
}, 30_000)

const laneOf = ({ campaignId, zone, priority }: { campaignId: number; zone: string; priority: number }) => ({
  campaignId,
  zone,
  priority,
})

test('everything that is pending is listed with the facts of its lead', () => {
  using store = openQueueDb()
  const ann = seedLead(store.db, { identity: 'ann@corp.example', contact: 'replied' })
  const first = seedSend(store.db, { leadId: ann, notBefore: 7, attempts: 1, priority: 0, zone: 'Asia/Kolkata' })
  const second = seedSend(store.db, { campaignId: 2 })
  seedSend(store.db, { status: 'sent' })
  seedSend(store.db, { status: 'processing' })
  seedSend(store.db, { mailboxId: 2 })
  seedTouch(store.db, 'ann@corp.example', 50)

  const pending = listPending(store.db, 1).toSorted((a, b) => a.sendId - b.sendId)
  expect(pending.map((send) => send.sendId)).toEqual([first, second])
  expect(pending[0]).toEqual({
    sendId: first,
    campaignId: 1,
    zone: 'Asia/Kolkata',
    priority: 0,
    notBefore: 7,
    isFollowUp: false,
    leadId: ann,
    dueCode: 'retry',
    parked: null,
    follows: null,
    identity: 'ann@corp.example',
    lead: getLeadFacts(store.db, first),
  })
  expect(pending[0]?.lead).toMatchObject({ contact: 'replied', lastTouchAt: 50 })
})

test('mails of one enrolment share the facts of their lead, but for what is their own', () => {
  using store = openQueueDb()
  const { db } = store
  const leadId = seedLead(db, { identity: 'ann@corp.example' })
  const sent = seedSend(db, { leadId, status: 'sent' })
  const [second, third] = [seedSend(db, { leadId, step: 1 }), seedSend(db, { leadId, step: 2 })]
  const other = seedSend(db, { leadId, campaignId: 2 })
  write(db, (tx) => touchBySend(tx, sent, 5))
  write(db, (tx) => insertOverride(tx, { leadId, now: 10, expiresAt: 99 }))
  write(db, (tx) => touchBySend(tx, third, 20))
  for (const { sendId, lead } of listPending(db, 1)) expect(lead).toEqual(getLeadFacts(db, sendId))
  const facts = new Map(listPending(db, 1).map(({ sendId, lead }) => [sendId, lead]))
  expect(facts.get(third)).toMatchObject({ hasBegun: true, lastTouchAt: null, allowedAgain: { at: 10, until: 99 } })
  expect(facts.get(second)).toMatchObject({ hasBegun: true, lastTouchAt: null })
  expect(facts.get(other)).toMatchObject({ hasBegun: false, lastTouchAt: 20 })
})

describe('the history of a mailbox', () => {
  test('is what was asked for after a moment, rising, and the last of all', () => {
    using store = openQueueDb()
    const at = (pacedAt: number, mailboxId = 1): number => seedSend(store.db, { status: 'sent', pacedAt, mailboxId })
    at(300)
    at(100)
    const last = at(500)
    at(200)
    at(900, 2)
    seedSend(store.db)
    expect(getPacingHistory(store.db, 1, 200)).toEqual({
      times: [300, 500],
      byHand: [],
      last: { at: 500, sendId: last },
      restartedAt: null,
    })
    expect(getPacingHistory(store.db, 1, 500)).toEqual({
      times: [],
      byHand: [],
      last: { at: 500, sendId: last },
      restartedAt: null,
    })
    expect(getPacingHistory(store.db, 1, 0).times).toEqual([100, 200, 300, 500])
  })

  test('counts what is being sent or uncertain as well, and is empty for a new mailbox', () => {
    using store = openQueueDb()
    seedSend(store.db, { status: 'processing', stage: 'sending', pacedAt: 10 })
    const second = seedSend(store.db, { status: 'uncertain', pacedAt: 20 })
    expect(getPacingHistory(store.db, 1, 0)).toEqual({
      times: [10, 20],
      byHand: [],
      last: { at: 20, sendId: second },
      restartedAt: null,
    })
    expect(getPacingHistory(store.db, 2, 0)).toEqual({ times: [], byHand: [], last: null, restartedAt: null })
  })

  test('of two at the same moment the later one is the last', () => {
    using store = openQueueDb()
    seedSend(store.db, { status: 'sent', pacedAt: 10 })
    const second = seedSend(store.db, { status: 'sent', pacedAt: 10 })
    expect(getPacingHistory(store.db, 1, 0).last).toEqual({ at: 10, sendId: second })
    expect(getPacingHistory(store.db, 1, 10).last).toEqual({ at: 10, sendId: second })
  })

  test('after the clock was set back counts what lies in the future as now, and leaves the rest', () => {
    using store = openQueueDb()
    const past = seedSend(store.db, { status: 'sent', pacedAt: 100 })
    const future = seedSend(store.db, { status: 'sent', pacedAt: 900 })
    seedSend(store.db, { status: 'uncertain', pacedAt: 901, mailboxId: 2 })
    seedSend(store.db)
    expect(write(store.db, (tx) => pullBackPacing(tx, 500))).toBe(2)
    expect(getPacingHistory(store.db, 1, 0)).toEqual({
      times: [100, 500],
      byHand: [],
      last: { at: 500, sendId: future },
      restartedAt: null,
    })
    expect(past).toBeLessThan(future)
    expect(getPacingHistory(store.db, 2, 0).times).toEqual([500])
    expect(write(store.db, (tx) => pullBackPacing(tx, 500))).toBe(0)
  })
})

describe('the facts of a lead', () => {
  const good: LeadFacts = {
    isRemoved: false,
    review: 'approved',
    contact: 'none',
    isSuppressed: false,
    isCompanyStopped: false,
    isPaused: false,
    isListHeld: false,
    hasBegun: false,
    basisUntil: null,
    lastTouchAt: null,
  }

  test('hold the word of the rep for one mail, whichever of the lead leaves first', () => {
    using store = openQueueDb()
    const { db } = store
    const leadId = seedLead(db, { identity: 'ann@corp.example' })
    const [first, second] = [seedSend(db, { leadId }), seedSend(db, { leadId, campaignId: 2 })]
    write(db, (tx) => insertOverride(tx, { leadId, now: 10, expiresAt: 99 }))
    const allowed = { at: 10, until: 99 }
    expect([first, second].map((id) => getLeadFacts(db, id).allowedAgain)).toEqual([allowed, allowed])

    write(db, (tx) => touchBySend(tx, first, 20))
    expect([first, second].map((id) => getLeadFacts(db, id).allowedAgain)).toEqual([allowed, undefined])
    write(db, (tx) => untouchBySend(tx, first))
    expect(getLeadFacts(db, second).allowedAgain).toEqual(allowed)
    expect(listPending(db, 1)).toHaveLength(2)

    write(db, (tx) => withdrawOverride(tx, leadId, 30))
    expect(getLeadFacts(db, second).allowedAgain).toBeUndefined()
  })

  test('count the person at every domain of the company', () => {
    using store = openQueueDb()
    const { db } = store
    seedTouch(db, 'ann@corp.other', 40)
    expect(factsOf(db)).toEqual(good)
    write(db, (tx) => joinDomains(tx, ['corp.other', 'corp.example']))
    const send = seedSend(db, { leadId: 1, campaignId: 3 })
    expect(getLeadFacts(db, send)).toEqual({ ...good, lastTouchAt: 40 })
    seedSuppression(db, 'domain', 'corp.other', 'company_stop')
    expect(getLeadFacts(db, send)).toEqual({ ...good, lastTouchAt: 40, isCompanyStopped: true })
    seedSuppression(db, 'address', 'bob@corp.other')
    expect(getLeadFacts(db, send).isSuppressed).toBe(false)
    seedSuppression(db, 'address', 'ann@corp.other')
    expect(getLeadFacts(db, send).isSuppressed).toBe(true)
  })

  function factsOf(db: Db, lead: LeadSeed = {}): LeadFacts {
    return getLeadFacts(db, seedSend(db, { leadId: seedLead(db, { identity: 'ann@corp.example', ...lead }) }))
  }

  test.each<[LeadSeed, Partial<LeadFacts>]>([
    [{}, {}],
    [{ removedAt: 5 }, { isRemoved: true }],
    [{ review: 'rejected' }, { review: 'rejected' }],
    [{ contact: 'opted_out' }, { contact: 'opted_out' }],
  ])('of a lead with %j differ by %j', (lead, facts) => {
    using store = openQueueDb()
    expect(factsOf(store.db, lead)).toEqual({ ...good, ...facts })
  })

  test.each<['address' | 'domain', string, string, Partial<LeadFacts>]>([
    ['address', 'ann@corp.example', 'by_hand', { isSuppressed: true }],
    ['domain', 'corp.example', 'opted_out', { isSuppressed: true }],
    ['domain', 'corp.example', 'company_stop', { isCompanyStopped: true }],
    ['address', 'bob@corp.example', 'by_hand', {}],
    ['domain', 'other.example', 'by_hand', {}],
    ['domain', 'ann@corp.example', 'by_hand', {}],
    ['address', 'corp.example', 'by_hand', {}],
  ])('with the %s %s suppressed (%s) differ by %j', (kind, value, reason, facts) => {
    using store = openQueueDb()
    seedSuppression(store.db, kind, value, reason)
    expect(factsOf(store.db)).toEqual({ ...good, ...facts })
  })

  test('name the last contact with the person, whoever made it', () => {
    using store = openQueueDb()
    seedTouch(store.db, 'ann@corp.example', 10)
    seedTouch(store.db, 'ann@corp.example', 30, seedSend(store.db, { campaignId: 2 }))
    seedTouch(store.db, 'ann@corp.example', 20)
    seedTouch(store.db, 'bob@corp.example', 99)
    expect(factsOf(store.db)).toEqual({ ...good, lastTouchAt: 30 })
  })

  test('leave out the touch of the send itself, which counts for everybody else', () => {
    using store = openQueueDb()
    const leadId = seedLead(store.db, { identity: 'ann@corp.example' })
    const own = seedSend(store.db, { leadId, campaignId: 1 })
    const other = seedSend(store.db, { leadId, campaignId: 2 })
    write(store.db, (tx) => touchBySend(tx, own, 40))
    expect(getLeadFacts(store.db, own).lastTouchAt).toBeNull()
    expect(getLeadFacts(store.db, other).lastTouchAt).toBe(40)

    write(store.db, (tx) => touchBySend(tx, own, 60))
    expect(getLeadFacts(store.db, other).lastTouchAt).toBe(60)
    expect(store.db.$client.prepare('SELECT count(*) AS n FROM touches').get()).toEqual({ n: 1 })

    write(store.db, (tx) => untouchBySend(tx, own))
    expect(getLeadFacts(store.db, other).lastTouchAt).toBeNull()
  })

  test('cannot be had for a send that is not there', () => {
    using store = openQueueDb()
    expect(() => getLeadFacts(store.db, 99)).toThrow('send 99 has no lead')
  })
})

test('a campaign has a status, and one that is missing is a bug', () => {
  using store = openQueueDb()
  store.db.$client.exec("UPDATE campaigns SET status = 'paused', paused_at = 1 WHERE id = 2")
  expect(getCampaignStatus(store.db, 1)).toBe('active')
  expect(getCampaignStatus(store.db, 2)).toBe('paused')
  expect(() => getCampaignStatus(store.db, 77)).toThrow('campaign 77 is missing')
})

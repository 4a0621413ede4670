/** Gates that concern one send alone: it steps aside, and others go. */
import { expect, test } from 'vitest'
import { decide, type LaneHead } from '#shared/domain/decide'
import { askGates, explainGates, type GateFacts } from '#shared/domain/gates'
import { DAY_MS, HOUR_MS, IDLE_MS, restartRoomAt } from '#shared/domain/pacing'
import { plan, type PlannedSend } from '#shared/domain/plan'
import { DEFAULT_POLICY } from '#shared/domain/policy'
import { GateName } from '#shared/domain/taxonomy'
import { GOOD_FACTS, GOOD_LEAD, GOOD_MAILBOX, MONDAY_9 as NOW, OPEN } from './gate-facts.ts'

const capped = { ...GOOD_MAILBOX, policy: { ...DEFAULT_POLICY, domainCap: 2 } }
const ask = (change: Partial<GateFacts>) => askGates({ ...GOOD_FACTS, ...change })

test('enough mail to one company in a day holds the next one to it, until the oldest is a day ago', () => {
  const times = [NOW - 5 * HOUR_MS, NOW - HOUR_MS]
  expect(ask({ mailbox: capped, companyTimes: () => times })).toEqual({
    say: 'later',
    until: NOW + 19 * HOUR_MS,
    because: 'domain_cap',
  })
  expect(ask({ mailbox: capped, companyTimes: () => times.slice(1) })).toEqual({ say: 'pass' })
  expect(ask({ companyTimes: () => times })).toEqual({ say: 'pass' })
})

test('a person who is paused and a list that is held stand aside', () => {
  expect(ask({ lead: { ...GOOD_LEAD, isPaused: true } })).toEqual({ say: 'hold', because: 'person_paused' })
  expect(ask({ lead: { ...GOOD_LEAD, isListHeld: true } })).toEqual({ say: 'hold', because: 'list_held' })
})

test('a lead without a ground that is enough stands aside, and one whose ground ends from that moment on', () => {
  const until = (basisUntil: number | null) => ask({ lead: { ...GOOD_LEAD, basisUntil } })
  expect(until(0)).toEqual({ say: 'hold', because: 'basis_missing' })
  expect(until(NOW)).toEqual({ say: 'hold', because: 'basis_missing' })
  expect(until(NOW + 1)).toEqual({ say: 'pass' })
})

test('a text that has aged is looked at last, when everything else lets the mail go', () => {
  const asked: string[] = []
  const hasTextAged = (): boolean => asked.push('text') > 0
  expect(ask({ hasTextAged, campaign: { status: 'paused' } })).toMatchObject({ because: 'campaign_paused' })
  expect(asked).toEqual([])
  expect(ask({ hasTextAged })).toEqual({ say: 'hold', because: 'text_aged' })
})

test('what steps aside lets the next one of its lane be asked', () => {
  const head = (sendId: number): LaneHead => ({
    sendId,
    campaignId: 1,
    isFollowUp: false,
    zone: '',
    priority: 1,
    notBefore: 0,
    dueCode: 'scheduled',
  })
  const factsOf = ({ sendId }: LaneHead): GateFacts => ({
    ...GOOD_FACTS,
    lead: { ...GOOD_LEAD, isPaused: sendId === 1 },
  })
  expect(decide([head(1)], GOOD_FACTS, factsOf)).toMatchObject({ do: 'park', because: 'person_paused' })
  const times = [NOW - 1, NOW - 1]
  expect(
    decide([head(2)], { now: NOW, mailbox: capped }, (one) => ({
      ...factsOf(one),
      mailbox: capped,
      companyTimes: () => times,
    })),
  ).toMatchObject({ do: 'postpone', until: NOW - 1 + DAY_MS, because: 'domain_cap' })
})

test('the forecast knows the limit for a company, and lets others go meanwhile', () => {
  const send = (sendId: number, identity: string): PlannedSend => ({
    sendId,
    campaignId: 1,
    isFollowUp: false,
    zone: '',
    priority: 1,
    notBefore: 0,
    dueCode: 'scheduled',
    leadId: sendId,
    identity,
    lead: GOOD_LEAD,
    parked: null,
    follows: null,
  })
  const sends = ['a@one.example', 'b@one.example', 'c@one.example', 'd@gmail.com', 'e@gmail.com', 'f@gmail.com']
  const forecasts = plan({
    now: NOW,
    isAppPaused: false,
    mailbox: capped,
    companyTimes: new Map(),
    joined: new Map(),
    campaignStatus: () => 'active',
    calendarOf: () => OPEN,
    sends: sends.map((identity, index) => send(index + 1, identity)),
  })
  const hoursAway = (id: number): number => Math.floor(((forecasts.get(id)?.at ?? 0) - NOW) / HOUR_MS)
  expect([1, 2, 4, 5, 6].every((id) => hoursAway(id) < 2)).toBe(true)
  expect(forecasts.get(3)).toMatchObject({ at: NOW + DAY_MS, because: 'domain_cap' })
})

test('a mailbox that is not well takes twice the time between two mails', () => {
  const history = { times: [NOW], byHand: [], last: { at: NOW, sendId: 1 }, restartedAt: null }
  const untilAt = (health: number): number => {
    const verdict = ask({ mailbox: { ...GOOD_MAILBOX, health, history } })
    return verdict.say === 'wait' ? (verdict.until ?? 0) - NOW : 0
  }
  expect(untilAt(60)).toBeGreaterThan(0)
  expect(untilAt(59)).toBe(2 * untilAt(60))
})

test.each([
  [0, 10],
  [1, 10],
  [2, 20],
  [4, 30],
  [6, 40],
])('%d days after a long silence it sends %d mails a day', (days, limit) => {
  const since = NOW - days * DAY_MS
  const times = (count: number): number[] => Array.from({ length: count }, (_, n) => NOW - count + n)
  const full = { times: times(limit), byHand: [], last: { at: NOW - 1, sendId: 1 }, restartedAt: since }
  const free = { ...full, times: times(limit - 1) }
  const policy = { ...DEFAULT_POLICY, dailyCap: 40 }
  expect(restartRoomAt(free, policy, NOW)).toBeLessThanOrEqual(NOW)
  if (limit < 40) expect(restartRoomAt(full, policy, NOW)).toBeGreaterThan(NOW)
  else expect(restartRoomAt(full, policy, NOW)).toBe(0)
})

test('the silence itself counts before the first mail, and a shorter one does not', () => {
  const at = (ago: number) => ({ times: [], byHand: [], last: { at: NOW - ago, sendId: 1 }, restartedAt: null })
  const policy = { ...DEFAULT_POLICY, dailyCap: 40 }
  const twenty = Array.from({ length: 20 }, (_, n) => NOW - 20 + n)
  expect(restartRoomAt({ ...at(IDLE_MS), byHand: twenty }, policy, NOW)).toBeGreaterThan(NOW)
  expect(restartRoomAt({ ...at(IDLE_MS - 1), byHand: twenty }, policy, NOW)).toBe(0)
})

test('every gate is told, in the order in which they are asked', () => {
  const told = explainGates({ ...GOOD_FACTS, campaign: { status: 'paused' } })
  expect(told.map(({ gate }) => gate)).toEqual(GateName.options)
  expect(told.filter(({ verdict }) => verdict.say !== 'pass').map(({ gate }) => gate)).toEqual(['campaign'])
})

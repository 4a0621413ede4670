import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextSendState, type Failure, type SendFact, type SendState } from '#shared/domain/send-transitions'

const NOW = 5_000
const refused: Failure = { code: 'mail.refused', providerCode: '550' }
const unanswered: Failure = { code: 'mail.unanswered', providerCode: null }

/** Every place a send can be in, with and without a draft. */
const STATES = {
  pending: { status: 'pending', notBefore: 100, draftId: null, failure: null },
  'pending with draft': { status: 'pending', notBefore: 100, draftId: 'd0', failure: refused },
  drafting: { status: 'processing', stage: 'drafting', draftId: null },
  'drafting with draft': { status: 'processing', stage: 'drafting', draftId: 'd0' },
  drafted: { status: 'processing', stage: 'drafted', draftId: 'd0' },
  sending: { status: 'processing', stage: 'sending', draftId: 'd0', startedAt: 200 },
  'handed over': { status: 'processing', stage: 'handed_over', draftId: 'd0', leavesAt: 7_000 },
  sent: { status: 'sent', providerMessageId: 'm0', finishedAt: 300 },
  failed: { status: 'failed', failure: refused, finishedAt: 300 },
  cancelled: { status: 'cancelled', finishedAt: 300 },
  skipped: { status: 'skipped', because: 'suppressed', finishedAt: 300 },
  uncertain: { status: 'uncertain', draftId: 'd0', failure: unanswered },
  'uncertain after a refusal': { status: 'uncertain', draftId: 'd0', failure: refused },
} as const satisfies Record<string, SendState>

const FACTS = {
  claimed: { type: 'claimed' },
  drafted: { type: 'drafted', draftId: 'd1' },
  started: { type: 'started', now: NOW },
  'handed over': { type: 'handed_over', now: NOW, leavesAt: 7_000 },
  'found held': { type: 'found_held', now: NOW, leavesAt: 7_000, draftId: 'd1' },
  'taken back': { type: 'taken_back', now: NOW, notBefore: 8_000 },
  accepted: { type: 'accepted', now: NOW, providerMessageId: 'm1' },
  'refused for now': { type: 'refused', now: NOW, retryAt: 9_000, failure: refused },
  'refused for good': { type: 'refused', now: NOW, retryAt: null, failure: refused },
  unanswered: { type: 'unanswered', failure: unanswered },
  held: { type: 'held', notBefore: 8_000 },
  forbidden: { type: 'forbidden', now: NOW, because: 'lead_replied' },
  cancel_requested: { type: 'cancel_requested', now: NOW },
  proved_sent: { type: 'proved_sent', now: NOW, providerMessageId: 'm1' },
  proved_unsent: { type: 'proved_unsent', now: NOW, draftId: 'd1' },
  settled_sent: { type: 'settled_sent', now: NOW },
  settled_unsent: { type: 'settled_unsent', now: NOW },
  retry_requested: { type: 'retry_requested', now: NOW },
  revived: { type: 'revived', notBefore: 6_000 },
  queued_anew: { type: 'queued_anew', notBefore: 7_000 },
} as const satisfies Record<string, SendFact>

type StateName = keyof typeof STATES
type FactName = keyof typeof FACTS

const pending = (notBefore: number, draftId: string | null, failure: Failure | null = null): SendState => ({
  status: 'pending',
  notBefore,
  draftId,
  failure,
})
const handedOver = (draftId: string): SendState => ({
  status: 'processing',
  stage: 'handed_over',
  draftId,
  leavesAt: 7_000,
})
const skipped: SendState = { status: 'skipped', because: 'lead_replied', finishedAt: NOW }
const cancelled: SendState = { status: 'cancelled', finishedAt: NOW }
const failed: SendState = { status: 'failed', failure: refused, finishedAt: NOW }
const sentAs = (providerMessageId: string | null): SendState => ({ status: 'sent', providerMessageId, finishedAt: NOW })

/** Every move there is. What is not listed has no place in that state. */
const MOVES: Record<StateName, Partial<Record<FactName, SendState>>> = {
  pending: {
    claimed: { status: 'processing', stage: 'drafting', draftId: null },
    forbidden: skipped,
    cancel_requested: cancelled,
    'found held': handedOver('d1'),
    proved_sent: sentAs('m1'),
  },
  'pending with draft': {
    claimed: { status: 'processing', stage: 'drafting', draftId: 'd0' },
    forbidden: skipped,
    cancel_requested: cancelled,
    'found held': handedOver('d1'),
    proved_sent: sentAs('m1'),
  },
  drafting: {
    drafted: { status: 'processing', stage: 'drafted', draftId: 'd1' },
    'refused for now': pending(9_000, null, refused),
    'refused for good': failed,
    held: pending(8_000, null),
    forbidden: skipped,
    cancel_requested: cancelled,
  },
  'drafting with draft': {
    drafted: { status: 'processing', stage: 'drafted', draftId: 'd1' },
    'refused for now': pending(9_000, 'd0', refused),
    'refused for good': failed,
    held: pending(8_000, 'd0'),
    forbidden: skipped,
    cancel_requested: cancelled,
  },
  drafted: {
    started: { status: 'processing', stage: 'sending', draftId: 'd0', startedAt: NOW },
    'handed over': handedOver('d0'),
    'refused for now': pending(9_000, 'd0', refused),
    'refused for good': failed,
    held: pending(8_000, 'd0'),
    forbidden: skipped,
    cancel_requested: cancelled,
  },
  sending: {
    accepted: sentAs('m1'),
    'refused for now': pending(9_000, 'd0', refused),
    'refused for good': failed,
    unanswered: { status: 'uncertain', draftId: 'd0', failure: unanswered },
    proved_sent: sentAs('m1'),
    proved_unsent: pending(NOW, 'd1'),
  },
  // Neither cancelled nor skipped nor asked for again before it is taken back, or its time has told.
  'handed over': {
    accepted: sentAs('m1'),
    'refused for now': pending(9_000, 'd0', refused),
    'refused for good': failed,
    unanswered: { status: 'uncertain', draftId: 'd0', failure: unanswered },
    'taken back': pending(8_000, null),
    proved_sent: sentAs('m1'),
  },
  sent: {},
  failed: { retry_requested: pending(NOW, null, refused), proved_sent: sentAs('m1') },
  cancelled: { queued_anew: pending(7_000, null) },
  skipped: { revived: pending(6_000, null) },
  uncertain: {
    proved_sent: sentAs('m1'),
    proved_unsent: pending(NOW, 'd1'),
    settled_sent: sentAs(null),
    settled_unsent: pending(NOW, null),
  },
  'uncertain after a refusal': {
    proved_sent: sentAs('m1'),
    proved_unsent: failed,
    settled_sent: sentAs(null),
    settled_unsent: pending(NOW, null),
  },
}

const stateNames = Object.keys(STATES) as StateName[]
const factNames = Object.keys(FACTS) as FactName[]

test.each(stateNames)('from %s each fact leads where the table says, or nowhere', (state) => {
  const reached = Object.fromEntries(factNames.map((fact) => [fact, nextSendState(STATES[state], FACTS[fact])]))
  const expected = Object.fromEntries(factNames.map((fact) => [fact, MOVES[state][fact] ?? null]))
  expect(reached).toEqual(expected)
})

test('a fact changes nothing in the state it meets', () => {
  for (const state of stateNames) {
    const before = structuredClone(STATES[state])
    for (const fact of factNames) nextSendState(STATES[state], FACTS[fact])
    expect(STATES[state]).toEqual(before)
  }
})

interface Step {
  readonly from: SendState
  readonly fact: SendFact
  readonly to: SendState
}

/** What comes of facts in this order; those without a place change nothing. */
function lifeOf(names: readonly FactName[]): Step[] {
  const steps: Step[] = []
  let state: SendState = STATES.pending
  for (const name of names) {
    const next = nextSendState(state, FACTS[name])
    if (next) steps.push({ from: state, fact: FACTS[name], to: next })
    state = next ?? state
  }
  return steps
}

/** Whatever happens, in whatever order. */
const wildLives = fc.array(fc.constantFrom(...factNames), { maxLength: 60 })

/** Facts in an order that often makes sense, so that long lives come up too. */
const likelyLives = fc
  .array(
    fc.constantFrom<readonly FactName[]>(
      ['claimed', 'drafted', 'started', 'unanswered'],
      ['claimed', 'drafted', 'started', 'refused for now'],
      ['claimed', 'drafted', 'started', 'refused for good', 'retry_requested'],
      ['proved_unsent'],
      ['settled_unsent'],
      ['claimed', 'held'],
      ['claimed', 'drafted', 'handed over'],
      ['taken back'],
      ['unanswered'],
      ['claimed', 'drafted', 'started', 'started', 'accepted'],
      ['started'],
      ['retry_requested'],
    ),
    { maxLength: 15 },
  )
  .map((groups) => groups.flat())

const anyLife = fc.oneof(wildLives, likelyLives).map(lifeOf)

test('what has ended stays ended, but for what the rep or a verdict that is taken back lets wait again', () => {
  fc.assert(
    fc.property(anyLife, (steps) => {
      for (const { from, fact } of steps) {
        expect(from.status).not.toBe('sent')
        if (from.status === 'cancelled') expect(fact.type).toBe('queued_anew')
        if (from.status === 'skipped') expect(fact.type).toBe('revived')
        if (from.status === 'failed') expect(['retry_requested', 'proved_sent']).toContain(fact.type)
      }
    }),
    { numRuns: 500 },
  )
})

test('the provider can only accept or stay silent while it is being asked', () => {
  fc.assert(
    fc.property(anyLife, (steps) => {
      for (const { from, fact } of steps) {
        if (fact.type !== 'accepted' && fact.type !== 'unanswered') continue
        expect(from).toMatchObject({ status: 'processing', stage: expect.stringMatching(/^(?:sending|handed_over)$/) })
      }
    }),
    { numRuns: 500 },
  )
})

test('nobody asks twice without a refusal, a proof or the word of the rep in between', () => {
  const waysBack = new Set(['refused', 'taken_back', 'proved_unsent', 'settled_unsent', 'retry_requested'])
  fc.assert(
    fc.property(anyLife, (steps) => {
      let isAsked = false
      for (const { fact } of steps) {
        if (waysBack.has(fact.type)) isAsked = false
        if (!['started', 'handed_over', 'found_held'].includes(fact.type)) continue
        expect(isAsked).toBe(false)
        isAsked = true
      }
    }),
    { numRuns: 500 },
  )
})

test('once asked for, a mail cannot be cancelled, skipped or held', () => {
  fc.assert(
    fc.property(anyLife, (steps) => {
      for (const { from, fact } of steps) {
        const isAsked = from.status === 'processing' && ['sending', 'handed_over'].includes(from.stage)
        if (from.status !== 'uncertain' && !isAsked) continue
        expect(['cancel_requested', 'forbidden', 'held']).not.toContain(fact.type)
      }
    }),
    { numRuns: 500 },
  )
})

/**
 * The forecast: the decisions of one mailbox, taken ahead of time by the same rules.
 */
import type { Calendar } from './calendar.ts'
import { decide, type Decision, type LaneHead } from './decide.ts'
import { askGates, type GateFacts, type LeadFacts, type MailboxFacts } from './gates.ts'
import type { CampaignStatus, NeverCode, WaitCode } from './taxonomy.ts'

export interface PlannedSend extends LaneHead {
  /** The person, so that two sends to one person in one plan see each other. */
  readonly identity: string
  readonly lead: LeadFacts
  /** When its provider was asked before, epoch ms: it counts once, so asked again it leaves this moment for the new one. */
  readonly pacedAt?: number
}

export interface PlanInput {
  /** Epoch ms. */
  readonly now: number
  readonly isAppPaused: boolean
  readonly mailbox: MailboxFacts
  readonly campaignStatus: (campaignId: number) => CampaignStatus
  readonly calendarOf: (zone: string) => Calendar
  /** Everything pending in this mailbox, in any order. */
  readonly sends: readonly PlannedSend[]
}

/** `at` epoch ms, null while it depends on the rep; `skip` when a rule will forbid it then. */
export type Forecast =
  | { readonly at: number | null; readonly because: WaitCode; readonly ahead: number; readonly skip: null }
  | { readonly at: null; readonly because: 'turn'; readonly ahead: number; readonly skip: NeverCode }

/** `heads[i]` is the first of `lanes[i]` that is not planned yet; lanes that are done are gone. */
interface Lanes {
  readonly lanes: Lane[]
  readonly heads: PlannedSend[]
}

interface Lane {
  readonly sends: readonly PlannedSend[]
  next: number
}

interface Walk {
  now: number
  times: number[]
  last: { at: number; sendId: number } | null
  because: WaitCode
  ahead: number
  readonly touched: Map<string, number>
}

/** When each pending send goes, by id. 10,000 sends in well under 200 ms: one decision a slot, days worked out once. */
export function plan(input: PlanInput): Map<number, Forecast> {
  const queue = lanesOf(input.sends)
  const walk: Walk = {
    now: input.now,
    times: [...input.mailbox.history.times],
    last: input.mailbox.history.last,
    because: 'turn',
    ahead: 0,
    touched: new Map(),
  }
  const going: Going = { queue, walk, forecasts: new Map() }
  for (;;) {
    const decision = decideAt(input, going)
    if (decision.do === 'nothing') return going.forecasts
    if (decision.do === 'wait' && decision.until === null) return forecastHeld(input, going)
    take(decision, going)
  }
}

interface Going {
  readonly queue: Lanes
  readonly walk: Walk
  readonly forecasts: Map<number, Forecast>
}

function take(decision: Decision<PlannedSend>, { queue, walk, forecasts }: Going): void {
  if (decision.do === 'wait' && decision.until !== null) {
    walk.now = decision.until
    walk.because = decision.because
    return
  }
  if (decision.do !== 'send' && decision.do !== 'skip') return
  const { head } = decision
  advance(queue, head)
  if (decision.do === 'skip') {
    forecasts.set(head.sendId, { at: null, because: 'turn', ahead: walk.ahead, skip: decision.because })
    return
  }
  forecasts.set(head.sendId, { at: walk.now, because: walk.because, ahead: walk.ahead, skip: null })
  const before = head.pacedAt === undefined ? -1 : walk.times.indexOf(head.pacedAt)
  if (before >= 0) walk.times.splice(before, 1)
  walk.times.push(walk.now)
  walk.last = { at: walk.now, sendId: head.sendId }
  walk.touched.set(head.identity, walk.now)
  walk.ahead += 1
}

function decideAt(input: PlanInput, { queue, walk }: Going): Decision<PlannedSend> {
  const mailbox = mailboxAt(input, walk)
  return decide(queue.heads, { now: walk.now, mailbox }, (head) => factsOf(input, { head, walk, mailbox }))
}

/** The mailbox as it will be then: resting ends by itself. */
function mailboxAt(input: PlanInput, walk: Walk): MailboxFacts {
  return { ...input.mailbox, history: { times: walk.times, byHand: input.mailbox.history.byHand, last: walk.last } }
}

function factsOf(
  input: PlanInput,
  { head, walk, mailbox }: { head: PlannedSend; walk: Walk; mailbox: MailboxFacts },
): GateFacts {
  const touchedAt = walk.touched.get(head.identity)
  return {
    now: walk.now,
    app: { isPaused: input.isAppPaused },
    campaign: { status: input.campaignStatus(head.campaignId) },
    mailbox,
    lead: touchedAt === undefined ? head.lead : { ...head.lead, lastTouchAt: touchedAt },
    calendar: input.calendarOf(head.zone),
  }
}

/** Nothing more happens without the rep: each lane says what holds it. */
function forecastHeld(input: PlanInput, { queue, walk, forecasts }: Going): Map<number, Forecast> {
  const mailbox = mailboxAt(input, walk)
  for (const lane of queue.lanes) {
    for (const send of lane.sends.slice(lane.next)) {
      const verdict = askGates(factsOf(input, { head: send, walk, mailbox }))
      if (verdict.say === 'never') {
        forecasts.set(send.sendId, { at: null, because: 'turn', ahead: walk.ahead, skip: verdict.because })
      } else {
        const because = verdict.say === 'wait' ? verdict.because : 'turn'
        forecasts.set(send.sendId, { at: null, because, ahead: walk.ahead, skip: null })
      }
    }
  }
  return forecasts
}

function advance({ lanes, heads }: Lanes, head: PlannedSend): void {
  const index = heads.indexOf(head)
  const lane = lanes[index]
  if (!lane) throw new Error(`send ${head.sendId} is at the head of no lane`)
  lane.next += 1
  const next = lane.sends[lane.next]
  if (next) {
    heads[index] = next
    return
  }
  lanes.splice(index, 1)
  heads.splice(index, 1)
}

/** The most urgent lane first: once one may go, those behind it need not be asked. */
function lanesOf(sends: readonly PlannedSend[]): Lanes {
  const byKey = Map.groupBy(sends, (send) => `${send.campaignId}|${send.priority}|${send.zone}`)
  const lanes = [...byKey.values()]
    .map((lane) => ({ sends: lane.toSorted((a, b) => a.notBefore - b.notBefore || a.sendId - b.sendId), next: 0 }))
    .sort((a, b) => (a.sends[0]?.priority ?? 0) - (b.sends[0]?.priority ?? 0))
  return { lanes, heads: lanes.flatMap((lane) => lane.sends[0] ?? []) }
}

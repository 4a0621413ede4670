import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { isWithin } from '#shared/domain/absences'
import { companyOf } from '#shared/domain/company'
import { decide } from '#shared/domain/decide'
import { DAY_MS, IDLE_MS } from '#shared/domain/pacing'
import { plan, planTogether, type Forecast, type PlanInput, type PlannedSend } from '#shared/domain/plan'
import { expectPace, plannedOf } from './plan-laws.ts'
import { sequences, type SequenceSituation } from './planned-sequences.ts'

type Forecasts = ReadonlyMap<number, Forecast>

const localOf = (moment: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone)

/** The law of delays once more, a day at a time: when the mail after one sent at `sentAt` may go at the earliest. */
function earliest({ input, ownZone, absences }: SequenceSituation, send: PlannedSend, sentAt: number): number {
  const { policy } = input.mailbox
  const { days, unit } = send.follows?.delay ?? { days: 0, unit: 'days' }
  let local = localOf(sentAt, send.zone || ownZone)
  for (let left = days, steps = 0; left > 0 && steps < 370; steps += 1) {
    local = local.add({ days: 1 })
    const date = local.toPlainDate().toString()
    const isOpen = !policy.daysOff.includes(date) && (policy.hours[local.dayOfWeek - 1] ?? []).length > 0
    if (!isWithin(absences, date) && (unit === 'days' || isOpen)) left -= 1
  }
  return local.epochMilliseconds
}

/** Each follow-up with what its own mail and the one before it are told; null: that one is in no plan. */
function pairsOf({ sends }: PlanInput, forecasts: Forecasts) {
  return sends.flatMap((send) => {
    if (send.follows === null) return []
    return [{ send, own: forecasts.get(send.sendId), before: forecasts.get(send.follows.sendId) ?? null }]
  })
}

test('no follow-up is planned sooner than its delay after the mail before it', () => {
  fc.assert(
    fc.property(sequences, (situation) => {
      for (const { send, own, before } of pairsOf(situation.input, plan(situation.input))) {
        if (typeof own?.at !== 'number') continue
        expect(before?.at).toEqual(expect.any(Number))
        expect(own.at).toBeGreaterThan(before?.at ?? Number.POSITIVE_INFINITY)
        expect(own.at).toBeGreaterThanOrEqual(earliest(situation, send, before?.at ?? Number.POSITIVE_INFINITY))
      }
    }),
    { numRuns: 400 },
  )
}, 30_000)

test('a follow-up waits with a mail that is held, and is skipped with one that is skipped', () => {
  fc.assert(
    fc.property(sequences, ({ input }) => {
      const forecasts = plan(input)
      expect([...forecasts.keys()].toSorted((a, b) => a - b)).toEqual(
        input.sends.map(({ sendId }) => sendId).toSorted((a, b) => a - b),
      )
      for (const { own, before } of pairsOf(input, forecasts)) {
        if (before !== null && before.at !== null) continue
        expect(own?.at).toBeNull()
        if (before !== null && before.skip !== null) expect(own?.skip).toBe(before.skip)
        else expect(own).toMatchObject({ because: 'step_before', skip: null })
      }
    }),
    { numRuns: 400 },
  )
}, 30_000)

test('sequences keep the pace of the mailbox, its companies and the absences of the rep', () => {
  fc.assert(
    fc.property(sequences, ({ input, ownZone, absences }) => {
      const planned = plannedOf(input, plan(input))
      expectPace(input, planned)
      const { domainCap } = input.mailbox.policy
      for (const { send, at } of planned) {
        expect(send.lead).toMatchObject({ isPaused: false, isListHeld: false, contact: 'none', review: 'approved' })
        expect(input.campaignStatus(send.campaignId)).toBe('active')
        expect(
          isWithin(
            absences,
            localOf(at, send.zone || ownZone)
              .toPlainDate()
              .toString(),
          ),
        ).toBe(false)
        const toCompany = planned.filter(
          (other) =>
            companyOf(other.send.identity, input.joined) === companyOf(send.identity, input.joined) &&
            other.at > at - DAY_MS &&
            other.at <= at,
        )
        if (domainCap !== null) expect(toCompany.length).toBeLessThanOrEqual(domainCap)
      }
    }),
    { numRuns: 300 },
  )
}, 30_000)

/** What is left to do in each mailbox after each mail, as the database would have it. */
interface Left {
  inputs: readonly PlanInput[]
  readonly done: Map<number, number | string>
}

/** Senders without any look ahead, side by side; after each mail `onLeft` sees what a new plan would be made of. */
function sendAll(inputs: readonly PlanInput[], onLeft: (left: Left, now: number) => void): Left['done'] {
  const left: Left = { inputs, done: new Map() }
  const open = new Set(inputs.keys())
  for (;;) {
    const [at] = [...open].toSorted((a, b) => nowOf(left, a) - nowOf(left, b) || a - b)
    if (at === undefined) return left.done
    const decision = decisionOf(left, at)
    const { now } = inputAt(left, at)
    if (decision.do === 'nothing' || (decision.do === 'wait' && decision.until === null)) open.delete(at)
    else if (decision.do === 'wait') put(left, at, { now: decision.until ?? now })
    else {
      if (decision.do === 'postpone') {
        change(left, decision.head, { notBefore: decision.until, dueCode: decision.because })
      } else if (decision.do === 'park') change(left, decision.head, { parked: decision.because })
      else if (decision.do === 'skip') drop(left, decision.head, decision.because)
      else sent(left, at, decision.head)
      // Those that are behind have not come to this moment yet.
      if ([...open].every((other) => nowOf(left, other) >= now)) onLeft(left, now)
    }
  }
}

function inputAt({ inputs }: Left, at: number): PlanInput {
  const input = inputs[at]
  if (!input) throw new Error(`there is no mailbox ${at}`)
  return input
}

const nowOf = (left: Left, at: number): number => inputAt(left, at).now

function decisionOf(left: Left, at: number) {
  const input = inputAt(left, at)
  const { now, mailbox, joined } = input
  return decide(headsOf(input), { now, mailbox }, (head) => ({
    now,
    app: { isPaused: false },
    campaign: { status: input.campaignStatus(head.campaignId) },
    mailbox,
    lead: head.lead,
    calendar: input.calendarOf(head.zone, head.isFollowUp),
    companyTimes: () => input.companyTimes.get(companyOf(head.identity, joined) ?? '') ?? [],
    hasTextAged: null,
  }))
}

function headsOf({ sends }: PlanInput): PlannedSend[] {
  const inLane = sends.filter(({ parked }) => parked === null)
  const lanes = Map.groupBy(inLane, (send) => `${send.campaignId} ${send.isFollowUp} ${send.zone} ${send.priority}`)
  return [...lanes.values()].flatMap((lane) => lane.toSorted(byPlace)[0] ?? [])
}

const byPlace = (a: PlannedSend, b: PlannedSend): number => a.notBefore - b.notBefore || a.sendId - b.sendId

function put(left: Left, at: number, to: Partial<PlanInput>): void {
  left.inputs = left.inputs.map((input, index) => (index === at ? { ...input, ...to } : input))
}

function changeAll(left: Left, to: (send: PlannedSend) => readonly PlannedSend[]): void {
  left.inputs = left.inputs.map((input) => ({ ...input, sends: input.sends.flatMap(to) }))
}

function change(left: Left, head: PlannedSend, to: Partial<PlannedSend>): void {
  changeAll(left, (send) => [send.sendId === head.sendId ? { ...send, ...to } : send])
}

/** What follows a mail that never goes does not go either. */
function drop(left: Left, head: PlannedSend, because: string): void {
  left.done.set(head.sendId, because)
  const next = left.inputs.flatMap(({ sends }) => sends).filter(({ follows }) => follows?.sendId === head.sendId)
  changeAll(left, (send) => (send.sendId === head.sendId ? [] : [send]))
  for (const send of next) drop(left, send, because)
}

/** The same person under another address of their company, or under the one they had before. */
function isSamePerson(send: PlannedSend, to: PlannedSend, joined: PlanInput['joined']): boolean {
  const main = (identity: string): string => {
    const [name = '', domain = ''] = identity.split('@')
    return `${name}@${joined.get(domain) ?? domain}`
  }
  return [send.identity, send.newIdentity ?? send.identity].some((each) => main(each) === main(to.identity))
}

function sent(left: Left, at: number, head: PlannedSend): void {
  const { now, mailbox, companyTimes, calendarOf, joined } = inputAt(left, at)
  const { times, last, restartedAt } = mailbox.history
  left.done.set(head.sendId, now)
  const isRestart = last !== null && now - last.at >= IDLE_MS
  const history = {
    times: [...times.filter((time) => time > now - DAY_MS), now],
    byHand: [],
    last: { at: now, sendId: head.sendId },
    restartedAt: isRestart ? now : restartedAt,
  }
  const company = companyOf(head.identity, joined) ?? ''
  const allTimes = new Map([...companyTimes, [company, [...(companyTimes.get(company) ?? []), now]]])
  left.inputs = left.inputs.map((input) => ({ ...input, companyTimes: allTimes }))
  put(left, at, { mailbox: { ...mailbox, history } })
  changeAll(left, (send) => {
    if (send.sendId === head.sendId) return []
    const isOther = send.campaignId !== head.campaignId || send.leadId !== head.leadId
    const lead = isOther && isSamePerson(send, head, joined) ? { ...send.lead, lastTouchAt: now } : send.lead
    if (send.follows?.sendId !== head.sendId) return [{ ...send, lead }]
    const { days, unit } = send.follows.delay
    const notBefore = Math.max(send.notBefore, calendarOf(send.zone, true).after(now, days, unit))
    const next = { ...send, lead: { ...lead, hasBegun: true }, notBefore, dueCode: 'step_delay' as const }
    return [{ ...next, parked: null, follows: null }]
  })
}

const together = (inputs: readonly PlanInput[]): Forecasts => new Map(planTogether(inputs).flatMap((each) => [...each]))
const momentsOf = (forecasts: Forecasts, ids: readonly number[]) => ids.map((id) => [id, forecasts.get(id)?.at ?? null])
const idsOf = (inputs: readonly PlanInput[]) => inputs.flatMap(({ sends }) => sends.map(({ sendId }) => sendId))

test.each([
  ['a mailbox', 1],
  ['two mailboxes side by side', 2],
])(
  'the forecast of %s is what a sender then does, and a new forecast after each mail says the same',
  (_, mailboxes) => {
    fc.assert(
      fc.property(sequences, ({ input, other }) => {
        const inputs = [input, other].slice(0, mailboxes)
        const forecasts = together(inputs)
        const done = sendAll(inputs, (left, now) => {
          const ids = idsOf(left.inputs)
          const again = together(left.inputs.map((each) => ({ ...each, now })))
          expect(momentsOf(again, ids)).toEqual(momentsOf(forecasts, ids))
        })
        for (const sendId of idsOf(inputs)) {
          const outcome = done.get(sendId)
          if (typeof outcome === 'number') expect(forecasts.get(sendId)).toMatchObject({ at: outcome, skip: null })
          else if (typeof outcome === 'string') expect(forecasts.get(sendId)).toMatchObject({ at: null, skip: outcome })
          else expect(forecasts.get(sendId)?.at).toBeNull()
        }
      }),
      { numRuns: 200 },
    )
  },
  60_000,
)

import { WELCOME } from '#electron/engine/planning/sequence-example'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { CampaignPlan } from '#shared/contract/campaigns'
import { createCalendar } from '#shared/domain/calendar'
import { plan, type Forecast, type PlannedSend } from '#shared/domain/plan'
import type { Policy } from '#shared/domain/policy'
import { ALWAYS, MONDAY_9, policyWith, type TestEngine } from '#test/support/start-test-engine'
import type { Case, Figure } from './figures.ts'
import { EVERYBODY, scheduleAll, startStocked } from './ground.ts'
import { interleave, median } from './measure.ts'

const SENDS = 10_000
const ENROLMENTS = 5_000
/** Working days before each step: all of it goes within a month. */
const DELAYS = [0, 3, 7] as const
const STEPS = DELAYS.length
const WORKING_DAYS = 20
const ZONES = ['', 'America/New_York', 'Europe/Berlin', 'Asia/Tokyo', 'Australia/Sydney']

/**
 * The forecast of 10,000 sends at 40 a day: nine months ahead, weekends and daylight saving included. And of 5,000 people in
 * a sequence of three steps, at a pace that takes all of it within 30 days.
 */
export const planning: Case = {
  title: 'Planning',
  async run({ folder, isQuick }) {
    const dataFolder = join(folder, 'planning')
    mkdirSync(dataFolder)
    await using app = await startStocked(dataFolder, SENDS)
    scheduleAll(app, { listId: null, key: 'all' })
    const { forecasts, mailboxes } = app.engine.rooms
    mailboxes.savePolicy(app.mailboxId, policyWith({}))
    const sequencesFolder = join(folder, 'planning-sequences')
    mkdirSync(sequencesFolder)
    await using inSequences = await startStocked(sequencesFolder, ENROLMENTS)
    const campaignId = startSequences(inSequences)
    const { forecasts: ofSequences } = inSequences.engine.rooms
    const changes = changesOf(inSequences, campaignId)
    const ask = (change: CampaignPlan): number => {
      return inSequences.engine.rooms.campaignPlans.whatIf(campaignId, change).after.planned
    }
    const found = await interleave(isQuick ? 3 : 9, {
      whole: () => timed(() => (forecasts.forget(), forecasts.of(app.mailboxId).bySend.size)),
      plain: () => timed(() => planned([''])),
      mixed: () => timed(() => planned(ZONES)),
      wholeSequences: () =>
        timed(() => (ofSequences.forget(), ofSequences.of(inSequences.mailboxId).bySend.size), ENROLMENTS * STEPS),
      whatIf: () => timed(() => (ofSequences.forget(), halfTheDay(inSequences)), ENROLMENTS * STEPS),
      whatIfAgain: () => timed(() => halfTheDay(inSequences), ENROLMENTS * STEPS),
      away: () => timed(() => (ofSequences.forget(), goAway(inSequences)), ENROLMENTS * STEPS),
      delay: () => timed(() => (ofSequences.forget(), ask(changes.delay)), ENROLMENTS * STEPS),
      delayAgain: () => timed(() => ask(changes.delay), ENROLMENTS * STEPS),
      more: () => timed(() => (ofSequences.forget(), ask(changes.more)), ENROLMENTS * (STEPS + 1)),
      moreAgain: () => timed(() => ask(changes.more), ENROLMENTS * (STEPS + 1)),
      fewer: () => timed(() => (ofSequences.forget(), ask(changes.fewer)), ENROLMENTS * (STEPS - 1)),
      sequences: () => timed(() => plannedSequences(['']), ENROLMENTS * STEPS),
      mixedSequences: () => timed(() => plannedSequences(ZONES), ENROLMENTS * STEPS),
    })
    const aim = { is: 'below', value: 200 } as const
    const aimOfSequences = { is: 'below', value: 300 } as const
    return {
      figures: [
        { name: '10,000 sends, read from the database and planned', value: median(found.whole), unit: 'ms', aim },
        { name: '10,000 sends, the plan alone', value: median(found.plain), unit: 'ms', aim },
        { name: '10,000 sends in 5 zones and 3 priorities (15 lanes)', value: median(found.mixed), unit: 'ms', aim },
        ...SEQUENCES.map(([key, name]): Figure => {
          return { name: `5,000 × 3 steps${name}`, value: median(found[key]), unit: 'ms', aim: aimOfSequences }
        }),
      ],
    }
  },
}

const SEQUENCES = [
  ['wholeSequences', ' over 30 days, read and planned'],
  ['whatIf', ', what-if: a cap, all read'],
  ['whatIfAgain', ', what-if: a cap, all known'],
  ['away', ', what-if: an absence, all read'],
  ['delay', ', what-if: a step delay, all read'],
  ['delayAgain', ', what-if: a step delay, all known'],
  ['more', ', what-if: one more mail, all read'],
  ['moreAgain', ', what-if: one more mail, all known'],
  ['fewer', ', what-if: one mail less, all read'],
  ['sequences', ' over 30 days, the plan alone'],
  ['mixedSequences', ' in 5 zones, the plan alone'],
] as const

function timed(work: () => number, expected = SENDS): number {
  const from = performance.now()
  if (work() !== expected) throw new Error('the plan lacks sends')
  return performance.now() - from
}

function planned(zones: readonly string[]): number {
  const sends = Array.from({ length: SENDS }, (_, index) => toSend(index, zones))
  return planOf(policyWith({}), { zones, sends }).size
}

/** How many of them have a moment: all, also the second and third mails, whose time hangs on the mail before. */
function plannedSequences(zones: readonly string[]): number {
  const sends = Array.from({ length: ENROLMENTS }, (_, index) => stepsOf(index, zones)).flat()
  return [...planOf(sequencePolicy(), { zones, sends }).values()].filter(({ at }) => at !== null).length
}

/** What the Mailboxes page asks while a rep halves the cap: the plan as it is beside the plan as it would be. */
function halfTheDay({ engine, mailboxId }: TestEngine & { readonly mailboxId: number }): number {
  const policy = sequencePolicy()
  const { before, after } = engine.rooms.whatIfs.policy(mailboxId, { ...policy, dailyCap: policy.dailyCap / 2 })
  if (before.planned !== after.planned) throw new Error('a smaller cap moves mail, it drops none')
  return after.planned
}

function goAway({ engine }: TestEngine): number {
  return engine.rooms.whatIfs.absences([{ from: '2026-03-10', to: '2026-03-13', stopBeforeDays: 2 }]).after.planned
}

/** What the page of a campaign asks while a rep edits its steps: a later second mail, one more mail, one less. */
function changesOf({ engine }: TestEngine, campaignId: number): Record<'delay' | 'more' | 'fewer', CampaignPlan> {
  const { record, steps } = engine.rooms.campaigns.get(campaignId)
  const { name, mailboxIds, priority, useLeadZone, missed } = record
  const was = steps.map(({ delay, threading, variants }) => {
    return { delay, threading, templateIds: variants.map(({ templateId }) => templateId) }
  })
  const days = (count: number) => ({ days: count, unit: 'working_days' })
  const changed = (to: readonly object[]): CampaignPlan => {
    const change = { name, mailboxIds, priority, useLeadZone, missed, at: null, expiresAfterHours: null, steps: to }
    return change as unknown as CampaignPlan
  }
  return {
    delay: changed(was.map((step, index) => (index === 1 ? { ...step, delay: days(5) } : step))),
    more: changed([...was, { ...was.at(-1), delay: days(4) }]),
    fewer: changed(was.slice(0, -1)),
  }
}

function sequencePolicy(): Policy {
  const perDay = Math.ceil((ENROLMENTS * STEPS) / WORKING_DAYS)
  return policyWith({ dailyCap: perDay, hourlyCap: perDay, gapMs: { min: 15_000, max: 45_000 } })
}

/** The same in the database: a campaign that begins tomorrow, so that nothing leaves while it is measured. */
function startSequences(app: TestEngine & { readonly mailboxId: number }): number {
  const { campaignPlans, campaignLeads, mailboxes, templates } = app.engine.rooms
  const [template] = templates.list(false)
  if (!template) throw new Error('the stock has a template')
  mailboxes.savePolicy(app.mailboxId, sequencePolicy())
  const id = campaignPlans.create({
    name: 'Spring',
    steps: DELAYS.map((days, step) => ({
      delay: { days, unit: 'working_days' },
      threading: step === 0 ? 'new' : 'reply',
      templateIds: [template.id],
    })),
    mailboxIds: [app.mailboxId],
    at: { local: '2026-03-03T09:00', zone: 'UTC' },
    priority: 1,
    useLeadZone: false,
    missed: 'spread',
    expiresAfterHours: null,
  } as Parameters<typeof campaignPlans.create>[0])
  campaignLeads.addLeads(id, { by: 'filter', except: [], filter: EVERYBODY }, { acceptsFailedChecks: true })
  campaignLeads.start(id, { acceptsFailedChecks: true })
  return id
}

/** With calendars that know nothing yet, as after a start. */
function planOf(
  policy: Policy,
  { zones, sends }: { readonly zones: readonly string[]; readonly sends: readonly PlannedSend[] },
): ReadonlyMap<number, Forecast> {
  const calendars = new Map(
    zones.map((zone) => [zone, createCalendar({ hours: policy.hours, zone: zone || 'UTC', isDayOff: () => false })]),
  )
  const always = createCalendar({ hours: ALWAYS, zone: 'UTC', isDayOff: () => false })
  return plan({
    now: MONDAY_9,
    isAppPaused: false,
    mailbox: {
      status: 'ready',
      restingUntil: null,
      health: 100,
      policy,
      seed: 7,
      history: { times: [], byHand: [], last: null, restartedAt: null },
    },
    campaignStatus: () => 'active',
    companyTimes: new Map(),
    joined: new Map(),
    calendarOf: (zone) => calendars.get(zone) ?? always,
    sends,
  })
}

/** The second mail three working days after the first, the third seven after the second: both stand beside their lane. */
function stepsOf(index: number, zones: readonly string[]): PlannedSend[] {
  const first = { ...toSend(index, zones), priority: 1 } as const
  const next = (step: number, days: number): PlannedSend => ({
    ...first,
    sendId: first.sendId + step * ENROLMENTS,
    isFollowUp: true,
    parked: 'step_before',
    follows: { sendId: first.sendId + (step - 1) * ENROLMENTS, delay: { days, unit: 'working_days' } },
  })
  return [first, next(1, DELAYS[1]), next(2, DELAYS[2])]
}

function toSend(index: number, zones: readonly string[]): PlannedSend {
  return {
    sendId: index + 1,
    campaignId: 1,
    zone: zones[index % zones.length] ?? '',
    priority: zones.length === 1 ? 1 : ((index % 3) as 0 | 1 | 2),
    notBefore: MONDAY_9,
    dueCode: 'scheduled',
    isFollowUp: false,
    leadId: index + 1,
    parked: null,
    follows: null,
    identity: `p${index}@company.example`,
    lead: WELCOME,
  }
}

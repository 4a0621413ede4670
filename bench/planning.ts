import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createCalendar } from '#shared/domain/calendar'
import { plan, type PlannedSend } from '#shared/domain/plan'
import { ALWAYS, MONDAY_9, policyWith } from '#test/support/start-test-engine'
import type { Case } from './figures.ts'
import { scheduleAll, startStocked } from './ground.ts'
import { interleave, median } from './measure.ts'

const SENDS = 10_000
const ZONES = ['', 'America/New_York', 'Europe/Berlin', 'Asia/Tokyo', 'Australia/Sydney']

/** The forecast of 10,000 sends at 40 a day: nine months ahead, weekends and daylight saving included. */
export const planning: Case = {
  title: 'Planning',
  async run({ folder, isQuick }) {
    const dataFolder = join(folder, 'planning')
    mkdirSync(dataFolder)
    await using app = await startStocked(dataFolder, SENDS)
    scheduleAll(app, null, 'all')
    const { forecasts, mailboxes } = app.engine.rooms
    mailboxes.savePolicy(app.mailboxId, policyWith({}))
    const found = await interleave(isQuick ? 3 : 9, {
      whole: () => timed(() => (forecasts.forget(), forecasts.of(app.mailboxId).bySend.size)),
      plain: () => timed(() => planned([''])),
      mixed: () => timed(() => planned(ZONES)),
    })
    const aim = { is: 'below', value: 200 } as const
    return {
      figures: [
        { name: '10,000 sends, read from the database and planned', value: median(found.whole), unit: 'ms', aim },
        { name: '10,000 sends, the plan alone', value: median(found.plain), unit: 'ms', aim },
        { name: '10,000 sends in 5 zones and 3 priorities (15 lanes)', value: median(found.mixed), unit: 'ms', aim },
      ],
    }
  },
}

function timed(work: () => number): number {
  const from = performance.now()
  if (work() !== SENDS) throw new Error('the plan lacks sends')
  return performance.now() - from
}

/** With calendars that know nothing yet, as after a start. */
function planned(zones: readonly string[]): number {
  const policy = policyWith({})
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
    calendarOf: (zone) => calendars.get(zone) ?? always,
    sends: Array.from({ length: SENDS }, (_, index) => toSend(index, zones)),
  }).size
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
    lead: {
      isRemoved: false,
      review: 'approved',
      contact: 'none',
      isSuppressed: false,
      isCompanyStopped: false,
      isPaused: false,
      isListHeld: false,
      lastTouchAt: null,
    },
  }
}

/** What can be learnt from what was sent: counted from the sends themselves, never kept beside them. */
import {
  countFailures,
  listAllMailboxes,
  listFailures,
  listReceivedQuarters,
  listSentQuarters,
  listTextVersions,
  QUARTER_MS,
  type ReceivedQuarter,
  type SentQuarter,
  type SomeMailbox,
} from '#db/queries/insights'
import { listMailboxes } from '#db/queries/mailboxes'
import type { Overview } from '#shared/contract/insights'
import { dailyLimit, DAY_MS } from '#shared/domain/pacing'
import { clearBest, rateOf, type Rate } from '#shared/domain/rates'
import { localDateOf, startOfDay } from '#shared/domain/wall-time'
import type { EngineContext } from '../context.ts'
import type { Forecasts } from '../planning/forecast.ts'
import { createQuarters, type Quarters } from './quarters.ts'

export interface Insights {
  /** The last so many days, today included. */
  overview(days: number): Overview
}

export interface InsightsDeps extends Pick<EngineContext, 'db' | 'clock'> {
  readonly forecasts: Pick<Forecasts, 'moments'>
}

/** Newest failed sends shown for each reason. */
const SHOWN_FAILURES = 5
const COMING_DAYS = 7

interface Counted {
  readonly sent: number
  readonly hits: number
}

export function createInsights(deps: InsightsDeps): Insights {
  const { db, clock } = deps
  const quarters = createQuarters()

  function overview(days: number): Overview {
    const zone = clock.zone()
    const dates = datesUntil(clock.now(), { days, zone })
    const from = Math.floor(dates.startAt / QUARTER_MS)
    const all = listSentQuarters(db, { from, to: Math.floor(clock.now() / QUARTER_MS) + 1 })
    const known = listAllMailboxes(db)
    const real = new Set(known.filter(({ kind }) => kind !== 'practice').map(({ id }) => id))
    const isPractice = real.size === 0
    const counts = ({ mailboxId }: { mailboxId: number }): boolean => isPractice || real.has(mailboxId)
    const sent = all.filter(counts)
    const received = listReceivedQuarters(db, from).filter(counts)
    const byDay = dayRows(dates.dates, { sent, received, dateOf: (quarter) => quarters.at(quarter, zone).date })
    return {
      days: byDay,
      totals: totalsOf(sent),
      ...ratesOf(sent, { quarters, zoneOf: zonesOf(known, zone), texts: listTextVersions(db) }),
      throughput: {
        coming: comingDays(deps, zone),
        dailyLimit: listMailboxes(db)
          .filter(({ id, status }) => counts({ mailboxId: id }) && status !== 'paused')
          .reduce((sum, { policy }) => sum + dailyLimit(policy, clock.now()), 0),
        sentPerSendingDay: meanOfSendingDays(byDay),
      },
      failures: failuresSince(deps, dates.startAt),
      isPractice,
    }
  }

  return { overview }
}

/** Local dates, the oldest first, and the moment at which the first begins. */
function datesUntil(
  now: number,
  { days, zone }: { days: number; zone: string },
): { dates: readonly string[]; startAt: number } {
  const dates: string[] = []
  let startAt = startOfDay(now, zone)
  for (let back = 0; back < days; back += 1) {
    if (back > 0) startAt = startOfDay(startAt - 1, zone)
    dates.unshift(localDateOf(startAt, zone))
  }
  return { dates, startAt }
}

function dayRows(
  dates: readonly string[],
  found: {
    readonly sent: readonly SentQuarter[]
    readonly received: readonly ReceivedQuarter[]
    readonly dateOf: (quarter: number) => string
  },
): Overview['days'] {
  const days = new Map(dates.map((date) => [date, { date, sent: 0, replied: 0, bounced: 0, optedOut: 0 }]))
  for (const { quarter, sent } of found.sent) {
    const day = days.get(found.dateOf(quarter))
    if (day) day.sent += sent
  }
  for (const { quarter, verdict, count } of found.received) {
    const day = days.get(found.dateOf(quarter))
    if (day && verdict !== 'auto_replied') day[DAY_PARTS[verdict]] += count
  }
  return [...days.values()]
}

const DAY_PARTS = { replied: 'replied', bounced: 'bounced', opted_out: 'optedOut' } as const

function totalsOf(sent: readonly SentQuarter[]): Overview['totals'] {
  const sum = (part: 'sent' | 'replied' | 'bounced' | 'optedOut'): number =>
    sent.reduce((total, each) => total + each[part], 0)
  const all = sum('sent')
  const of = (part: 'replied' | 'bounced' | 'optedOut'): Rate => rateOf(sum(part), all)
  return { sent: all, replied: of('replied'), bounced: of('bounced'), optedOut: of('optedOut') }
}

interface By {
  readonly quarters: Quarters
  readonly zoneOf: (mailboxId: number) => string
  readonly texts: ReturnType<typeof listTextVersions>
}

function ratesOf(
  sent: readonly SentQuarter[],
  { quarters, zoneOf, texts }: By,
): Pick<Overview, 'byTemplate' | 'byStep' | 'byWeekday' | 'byHour'> {
  const named = new Map(texts.map((text) => [text.versionId, text]))
  const byTemplate = rated(grouped(sent, ({ versionId }) => versionId))
    .flatMap(({ key, rate, isClearBest }) => {
      const text = named.get(key)
      if (text === undefined) return []
      const templateId = text.templateId as Overview['byTemplate'][number]['templateId']
      return [{ templateId, name: text.templateName, version: text.version, rate, isClearBest }]
    })
    .toSorted((a, b) => b.rate.sent - a.rate.sent || a.name.localeCompare(b.name) || b.version - a.version)
  const local = (each: SentQuarter) => quarters.at(each.quarter, zoneOf(each.mailboxId))
  return {
    byTemplate,
    byStep: rated(grouped(sent, ({ step }) => step))
      .map(({ key, rate }) => ({ step: key, rate }))
      .toSorted((a, b) => a.step - b.step),
    byWeekday: rated(grouped(sent, (each) => local(each).weekday))
      .map(({ key, ...rest }) => ({ weekday: key, ...rest }))
      .toSorted((a, b) => a.weekday - b.weekday),
    byHour: rated(grouped(sent, (each) => local(each).hour))
      .map(({ key, ...rest }) => ({ hour: key, ...rest }))
      .toSorted((a, b) => a.hour - b.hour),
  }
}

function grouped<K>(sent: readonly SentQuarter[], keyOf: (each: SentQuarter) => K | null): Map<K, Counted> {
  const groups = new Map<K, { sent: number; hits: number }>()
  for (const each of sent) {
    const key = keyOf(each)
    if (key === null) continue
    let group = groups.get(key)
    if (group === undefined) groups.set(key, (group = { sent: 0, hits: 0 }))
    group.sent += each.sent
    group.hits += each.replied
  }
  return groups
}

function rated<K>(groups: ReadonlyMap<K, Counted>): { key: K; rate: Rate; isClearBest: boolean }[] {
  const rows = [...groups].map(([key, { sent, hits }]) => ({ key, rate: rateOf(hits, sent) }))
  const best = clearBest(rows.map(({ rate }) => rate))
  return rows.map((row, index) => ({ ...row, isClearBest: index === best }))
}

/** A mailbox's own zone; that of the machine for those that follow it. */
function zonesOf(known: readonly SomeMailbox[], machine: string): (mailboxId: number) => string {
  const zones = new Map(known.map(({ id, zone }) => [id, zone]))
  return (mailboxId) => zones.get(mailboxId) ?? machine
}

function comingDays({ clock, forecasts }: InsightsDeps, zone: string): Overview['throughput']['coming'] {
  const days: { date: string; planned: number; endAt: number }[] = []
  let startAt = startOfDay(clock.now(), zone)
  for (let ahead = 0; ahead < COMING_DAYS; ahead += 1) {
    // A day has 23 to 25 hours: its end is the start of the day that 26 hours later lies in.
    const endAt = startOfDay(startAt + DAY_MS + DAY_MS / 12, zone)
    days.push({ date: localDateOf(startAt, zone), planned: 0, endAt })
    startAt = endAt
  }
  for (const moment of forecasts.moments()) {
    const day = days.find(({ endAt }) => moment < endAt)
    if (day) day.planned += 1
  }
  return days.map(({ date, planned }) => ({ date, planned }))
}

function meanOfSendingDays(days: Overview['days']): number | null {
  const busy = days.filter(({ sent }) => sent > 0)
  return busy.length === 0 ? null : busy.reduce((sum, { sent }) => sum + sent, 0) / busy.length
}

function failuresSince({ db }: InsightsDeps, since: number): Overview['failures'] {
  return countFailures(db, since).map((group) => ({
    ...group,
    sends: listFailures(db, group, { since, limit: SHOWN_FAILURES }).map(({ sendId, ...rest }) => ({
      ...rest,
      sendId: sendId as Overview['failures'][number]['sends'][number]['sendId'],
    })),
  }))
}

/**
 * Knows the rules a second time, written apart from the product and as plainly as possible: looks at each mail in the
 * instant before its first byte and says which rule it breaks.
 */
import Holidays from 'date-holidays'
import type { Policy } from '#shared/domain/policy'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** The first pause of a mailbox that cannot be reached. */
const SHORTEST_REST = 2 * 60_000

/** A mailbox as the rep has left it. */
export interface KnownMailbox {
  policy: Policy
  isPaused: boolean
  isSignedOut: boolean
  /** When it could not be reached last, and nobody has resumed it since, epoch ms. */
  unreachableAt: number | null
}

/** Something left a mailbox, or tried to: its first byte was handed over. */
export interface Leaving {
  /** Epoch ms. */
  at: number
  readonly mailbox: string
  readonly key: string
  readonly to: string
  readonly sendId: number
  readonly campaignId: number
  isAccepted: boolean
  /** The rep has said that it was not sent, and is believed. */
  isDenied: boolean
}

/** The mail whose first byte is about to go. */
export interface Candidate {
  readonly now: number
  readonly mailbox: string
  readonly key: string
  readonly to: string
  readonly sendId: number
  readonly campaignId: number
  /** '' is the mailbox's. */
  readonly zone: string
}

/** All that happened, as the test has seen or done it. */
export interface Known {
  machineZone: string
  isAppPaused: boolean
  readonly mailboxes: Map<string, KnownMailbox>
  readonly stoppedCampaigns: Set<number>
  /** By address: suppressed, rejected or removed. */
  readonly unwanted: Map<string, string>
  /** Contacts before the run, by address, epoch ms. */
  readonly touches: Map<string, number[]>
  readonly leavings: Leaving[]
}

/** The rules that this mail breaks; empty is what a test wants. */
export function judge(known: Known, mail: Candidate): string[] {
  const mailbox = known.mailboxes.get(mail.mailbox)
  if (!mailbox) return [`there is no mailbox ${mail.mailbox}`]
  const broken = [
    ...(known.isAppPaused ? ['everything is paused'] : []),
    ...(mailbox.isPaused ? ['its mailbox is paused'] : []),
    ...(mailbox.isSignedOut ? ['its mailbox is signed out'] : []),
    ...(isResting(mailbox, mail.now) ? ['its mailbox rests'] : []),
    ...(known.stoppedCampaigns.has(mail.campaignId) ? ['its campaign is paused or cancelled'] : []),
    ...(known.unwanted.has(mail.to) ? [`its lead is ${known.unwanted.get(mail.to)}`] : []),
    ...(isCooling(known, mail, mailbox.policy) ? ['its lead was written to lately'] : []),
    ...closedBecause(mailbox.policy, mail.zone || (mailbox.policy.zone ?? known.machineZone), mail.now),
    ...paceBroken(known, mail, mailbox.policy),
    ...(known.leavings.some((other) => other.key === mail.key && other.isAccepted) ? ['it was sent before'] : []),
  ]
  return broken.map((rule) => `${new Date(mail.now).toISOString()} ${mail.to} left although ${rule}`)
}

function isResting({ unreachableAt }: KnownMailbox, now: number): boolean {
  return unreachableAt !== null && now < unreachableAt + SHORTEST_REST
}

function isCooling(known: Known, mail: Candidate, policy: Policy): boolean {
  const written = known.leavings.filter((other) => other.to === mail.to && other.isAccepted && !other.isDenied)
  const others = written.filter((other) => other.sendId !== mail.sendId).map((other) => other.at)
  const last = Math.max(Number.NEGATIVE_INFINITY, ...others, ...(known.touches.get(mail.to) ?? []))
  return last + policy.coolDownDays * DAY > mail.now
}

function paceBroken(known: Known, mail: Candidate, policy: Policy): string[] {
  const own = known.leavings.filter((other) => other.mailbox === mail.mailbox)
  const last = Math.max(Number.NEGATIVE_INFINITY, ...own.map((other) => other.at))
  const accepted = own.filter((other) => other.isAccepted && !other.isDenied)
  const within = (ms: number): number => accepted.filter((other) => other.at > mail.now - ms).length + 1
  const { ramp } = policy
  const days = ramp ? Math.max(0, Math.floor((mail.now - ramp.startAt) / DAY)) : 0
  return [
    ...(mail.now - last < policy.gapMs.min ? [`only ${mail.now - last} ms had passed`] : []),
    ...(within(HOUR) > policy.hourlyCap ? [`it is number ${within(HOUR)} in the hour`] : []),
    ...(within(DAY) > policy.dailyCap ? [`it is number ${within(DAY)} in the day`] : []),
    ...(ramp && within(DAY) > ramp.first + ramp.perDay * days ? ['the ramp allows fewer'] : []),
  ]
}

/** What a wall clock and a calendar on the wall of that zone show. */
function closedBecause(policy: Policy, zone: string, now: number): string[] {
  const readings = readingsOf(zone, now)
  const isAtWork = readings.some((reading) => isOpen(policy, reading) && !isDayOff(policy, reading.date))
  return isAtWork ? [] : [`it is ${JSON.stringify(readings)} in ${zone}`]
}

interface Reading {
  readonly date: string
  /** 0 is Monday. */
  readonly weekday: number
  readonly minutes: number
}

/**
 * While the clocks have just been set back, an opening that began before goes on as if they had not (a range is open once,
 * in one piece); so both readings count then.
 */
function readingsOf(zone: string, now: number): Reading[] {
  const wall = wallOf(zone, now)
  const asBefore = wallOf(zone, now - 2 * HOUR) + 2 * HOUR
  return [wall, ...(asBefore > wall ? [asBefore] : [])].map((at) => {
    const local = new Date(at)
    return {
      date: local.toISOString().slice(0, 10),
      weekday: (local.getUTCDay() + 6) % 7,
      minutes: local.getUTCHours() * 60 + local.getUTCMinutes(),
    }
  })
}

/** What the wall shows, as if it were UTC. */
function wallOf(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const part = (type: string): number => Number(parts.find((candidate) => candidate.type === type)?.value)
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
}

function isOpen(policy: Policy, { weekday, minutes }: Reading): boolean {
  return (policy.hours[weekday] ?? []).some((range) => minutes >= range.from && minutes < range.to)
}

function isDayOff(policy: Policy, date: string): boolean {
  if (policy.daysOff.includes(date)) return true
  if (!policy.holidays) return false
  const days = new Holidays(policy.holidays.country).getHolidays(Number(date.slice(0, 4)))
  return days.some((day) => day.type === 'public' && day.date.startsWith(date))
}

/** When a mail may go, and by when it must have gone: the calendar, the days between two mails, the pace of the mailbox. */
import { Temporal } from 'temporal-polyfill'
import {
  allMails,
  companyOf,
  type Delay,
  isOver,
  isPaused,
  type Mail,
  type Model,
  nameOf,
  type Pause,
  type Person,
  type Placed,
  standing,
} from './sequence-model.ts'
import { forbidden, isListHeld } from './sequence-why-not.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** The machine was seen awake this long before it slept at the latest. */
const LEAST_SLEEP = 30 * MINUTE

/** The rules that this mail breaks at `now`, in words; empty is what a test wants. */
export function brokenBy(model: Model, placed: Placed, now: number): string[] {
  const { campaign, enrolment, person, mail, step } = placed
  const broken: string[] = []
  const must = (isKept: boolean, rule: string): void => {
    if (!isKept) broken.push(`${rule}: ${nameOf(placed)}, ${new Date(now).toISOString()}`)
  }
  must(!campaign.isCancelled, 'the campaign was cancelled')
  must(!isPaused(campaign.pauses), 'the campaign is paused')
  must(!isPaused(enrolment.pauses), 'the person is paused')
  must(!enrolment.isRemoved, 'the person was taken out')
  must(mail.accepted === null, 'it was sent before')
  must(!mail.isMissed, 'its time was missed, and the rep is asked')
  must(!isCompanyFull(model, person, now), 'its company has got enough')
  must(mail.over === null, `it was over (${mail.over?.why})`)
  const why = forbidden(model, placed, now)
  must(why === null, `forbidden by ${why}`)
  must(!isListHeld(model, person.list), 'its list is held')
  must(now >= backAt(model, placed), 'the person is not back')
  must(isOpen(model, now), 'outside the hours')
  must(enrolment.mails.slice(0, step).every(isOver), 'a mail before it is still to go')
  must(now >= (mail.moved?.to ?? 0), 'the rep wants it later')
  must(mail.moved?.isEarly === false || now >= dueAt(model, placed), 'its days have not passed')
  for (const rule of slotBroken(model, enrolment.mailbox, now)) must(false, rule)
  for (const other of moreUrgent(model, placed, now)) must(false, `${nameOf(other)} is more urgent`)
  return broken
}

/** The earliest moment of a mail, epoch ms: its days after the one before it, on a clock that pauses stop. */
function dueAt(model: Model, { campaign, enrolment, step }: Placed, since: 'taken' | 'known' = 'taken'): number {
  const delay = campaign.delays[step]
  const ends = enrolment.mails.slice(0, step).flatMap(({ accepted, knownAt, over }) => {
    const sentAt = since === 'known' ? (knownAt ?? accepted) : accepted
    const end = sentAt ?? (over?.why === 'left_out' || over?.why === 'expired' ? over.at : null)
    return end === null ? [] : [end]
  })
  if (!delay || step === 0 || ends.length === 0) return 0
  const from = Math.max(...ends)
  const clock = { due: after(model, from, delay), since: from, unit: delay.unit }
  return stretched(model, clock, [...campaign.pauses, ...enrolment.pauses])
}

/** Two pauses at once stop the clock once, and on days that do not count it stands still anyway. */
function stretched(
  model: Model,
  { due, since, unit }: { due: number; since: number; unit: Delay['unit'] },
  pauses: readonly Pause[],
): number {
  let end = due
  let reached = since
  for (const { from, to } of pauses.toSorted((a, b) => a.from - b.from)) {
    const begin = Math.max(from, reached)
    if (to === null || to <= begin || begin >= end) continue
    end = onward(model, { from: end, unit, ms: countedMs(model, { from: begin, to, unit }) })
    reached = to
  }
  return end
}

function counts({ absences }: Model, day: Temporal.PlainDate, unit: Delay['unit']): boolean {
  return !isAbsent(absences, day.toString()) && (unit === 'days' || day.dayOfWeek <= 5)
}

/** How much of this stretch lies on days that count, ms. */
function countedMs(model: Model, stretch: { from: number; to: number; unit: Delay['unit'] }): number {
  let sum = 0
  for (let at = stretch.from; at < stretch.to;) {
    const { day, ends } = dayOf(model, at)
    const until = Math.min(ends, stretch.to)
    if (counts(model, day, stretch.unit)) sum += until - at
    at = until
  }
  return sum
}

/** When so much time on days that count has passed. */
function onward(model: Model, { from, ms, unit }: { from: number; ms: number; unit: Delay['unit'] }): number {
  let at = from
  for (let left = ms; left > 0;) {
    const { day, ends } = dayOf(model, at)
    const part = counts(model, day, unit) ? Math.min(left, ends - at) : 0
    left -= part
    at = left > 0 ? ends : at + part
  }
  return at
}

function dayOf({ zone }: Model, at: number): { day: Temporal.PlainDate; ends: number } {
  const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate()
  return { day, ends: day.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds }
}

/** The same time of day, so many days that count later. */
function after(model: Model, from: number, { days, unit }: Delay): number {
  const { zone } = model
  const begin = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone)
  let day = begin
  for (let left = days; left > 0;) {
    day = day.add({ days: 1 })
    if (counts(model, day.toPlainDate(), unit)) left -= 1
  }
  // By the clock of its own day, not of one on the way.
  return day.toPlainDate().toZonedDateTime({ timeZone: zone, plainTime: begin.toPlainTime() }).epochMilliseconds
}

function isOpen({ zone, opens, closes, absences }: Model, now: number): boolean {
  const local = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone)
  const minutes = local.hour * 60 + local.minute
  const isAway = isAbsent(absences, local.toPlainDate().toString())
  return !isAway && local.dayOfWeek <= 5 && minutes >= opens && minutes < closes
}

/** `from` itself, or when the hours begin next, epoch ms. */
function openFrom(model: Model, from: number): number {
  if (isOpen(model, from)) return from
  const { zone, opens } = model
  const plainTime = Temporal.PlainTime.from('00:00').add({ minutes: opens })
  let date = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone).toPlainDate()
  for (;;) {
    const begin = date.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds
    if (begin >= from && isOpen(model, begin)) return begin
    date = date.add({ days: 1 })
  }
}

function isAbsent(absences: Model['absences'], date: string): boolean {
  return absences.some(({ from, to }) => from <= date && date <= to)
}

/** Of the latest automatic answer that stands, epoch ms. A date that the rep has set since is their word. */
function backAt({ zone }: Model, { person, mail: { moved } }: Placed): number {
  const last = standing(person).findLast((each) => each.backOn !== null)
  if (last?.backOn == null || (moved && moved.at >= last.at)) return 0
  return Temporal.PlainDate.from(last.backOn).toZonedDateTime(zone).epochMilliseconds
}

/** Of all that stand, the latest day, epoch ms: nobody minds a mail that waits for that. */
function backAtLatest({ zone }: Model, { person }: Placed): number {
  const days = standing(person).flatMap(({ backOn }) => backOn ?? [])
  return Math.max(0, ...days.map((day) => Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds))
}

/**
 * A date that the rep set while the mail still waited for the one before it: once its days count, whichever is later is its
 * date, and where that is the rep's nothing but their word moves it any more.
 */
export function settleDate(model: Model, placed: Placed): void {
  const { enrolment, mail, step } = placed
  const isTurn = enrolment.mails.slice(0, step).every((before) => isOver(before) && !before.isInDoubt)
  if (!mail.moved?.isEarly || !isTurn) return
  if (mail.moved.to > dueAt(model, placed)) mail.moved = { ...mail.moved, isEarly: false }
}

/** What a mail at `now` breaks of gap and caps. What a provider refused does not fill a cap. */
function slotBroken(model: Model, mailbox: number | null, now: number): string[] {
  const { gapMs, hourlyCap, dailyCap } = model.pace
  const mails = mailsFrom(model, mailbox)
  const last = Math.max(...mails.flatMap(({ asked }) => asked))
  const sent = [...mails.flatMap(({ accepted }) => accepted ?? []), ...(model.byHand[mailbox ?? 0] ?? [])]
  const within = (ms: number): number => sent.filter((at) => at > now - ms).length
  return [
    ...(now - last < gapMs.min ? [`only ${now - last} ms have passed`] : []),
    ...(within(HOUR) >= hourlyCap ? ['the hour is full'] : []),
    ...(within(DAY) >= dailyCap ? ['the day is full'] : []),
  ]
}

function mailsFrom(model: Model, mailbox: number | null): Mail[] {
  return [...allMails(model)].flatMap(({ enrolment, mail }) => (enrolment.mailbox === mailbox ? [mail] : []))
}

function mailsTo(model: Model, person: Person): Mail[] {
  const company = companyOf(model, person)
  return [...allMails(model)].flatMap((other) => (companyOf(model, other.person) === company ? [other.mail] : []))
}

/** What the rep wrote by hand to somebody at their company. */
function handTo(model: Model, person: Person): number[] {
  const company = companyOf(model, person)
  return [...model.touches].flatMap(([address, moments]) => {
    const domain = address.slice(address.indexOf('@') + 1)
    return companyOf(model, { company: domain }) === company ? [...moments] : []
  })
}

function isCompanyFull(model: Model, person: Person, now: number): boolean {
  const sent = mailsTo(model, person).flatMap(({ accepted }) => accepted ?? [])
  const lately = [...sent, ...handTo(model, person)].filter((at) => at > now - DAY)
  return model.companyCap !== null && lately.length >= model.companyCap
}

/** When there surely is room for a mail to their company, epoch ms: every try counts, whichever mailbox made it. */
function companyFreeAt(model: Model, person: Person): number {
  if (model.companyCap === null) return 0
  const tries = mailsTo(model, person).flatMap(({ asked }) => asked)
  // Whoever died may have had one on its way from each mailbox.
  const deaths = model.byHand.flatMap(() => model.deaths)
  const all = [...tries, ...deaths, ...handTo(model, person)].toSorted((a, b) => a - b)
  return (all.at(-model.companyCap) ?? Number.NEGATIVE_INFINITY) + DAY
}

/** When the mailbox surely has room again, epoch ms: the longest gap, and every try counts. */
function slotFreeAt(model: Model, mailbox: number | null): number {
  const { deaths, byHand, people } = model
  const { gapMs, hourlyCap, dailyCap } = model.pace
  const tries = mailsFrom(model, mailbox).flatMap(({ asked }) => asked)
  const all = [...tries, ...deaths, ...(byHand[mailbox ?? 0] ?? [])].toSorted((a, b) => a - b)
  // A mailbox to which much comes back takes twice the time.
  const isSlow = [...people.values()].some(({ heard }) => heard.some(({ answer }) => answer === 'bounced'))
  const room = (cap: number, windowMs: number): number => (all.at(-cap) ?? Number.NEGATIVE_INFINITY) + windowMs
  return Math.max(0, room(1, isSlow ? 2 * gapMs.max : gapMs.max), room(hourlyCap, HOUR), room(dailyCap, DAY))
}

/** When nothing of its own keeps a mail any more, epoch ms; null: somebody or something holds it. */
function readyAt(model: Model, placed: Placed): number | null {
  const { campaign, enrolment, person, mail, step } = placed
  const before = enrolment.mails.slice(0, step)
  if (isOver(mail) || mail.isInDoubt || mail.isMissed) return null
  if (!before.every(isOver) || before.some(({ isInDoubt }) => isInDoubt)) return null
  if (campaign.isCancelled || isPaused(campaign.pauses)) return null
  if (enrolment.isRemoved || isPaused(enrolment.pauses) || isListHeld(model, person.list)) return null
  const due = mail.moved?.isEarly === false ? 0 : dueAt(model, placed, 'known')
  const retryAt =
    mail.refusals === 0 ? 0 : (mail.asked.at(-1) ?? 0) + Math.min(1.2 * 2 ** mail.refusals * MINUTE, 6 * HOUR)
  return Math.max(due, mail.moved?.to ?? 0, backAtLatest(model, placed), retryAt, companyFreeAt(model, person))
}

/**
 * May a sleep have kept this mail from leaving, so long ago that its campaign no longer wants it to go by itself? Only mail
 * whose turn had come can be missed.
 */
export function mayBeMissed(model: Model, placed: Placed): boolean {
  const { campaign, enrolment, mail, step } = placed
  const { missed } = campaign
  if (missed.rule === 'spread' || !enrolment.mails.slice(0, step).every(isOver)) return false
  const afterMs = missed.rule === 'expire' ? missed.afterMs : 0
  const due = mail.moved?.isEarly === false ? 0 : dueAt(model, placed)
  const earliest = Math.max(due, mail.moved?.to ?? 0, backAt(model, placed))
  return model.sleeps.some(({ from, to }) => openFrom(model, Math.max(earliest, from - LEAST_SLEEP)) < to - afterMs)
}

/** By when the next mail has left if nothing happens until then, epoch ms; Infinity: none is to leave. */
export function mustLeaveBy(model: Model, now: number): { at: number; mail: Placed | null } {
  const free = model.byHand.map((_, mailbox) => slotFreeAt(model, mailbox))
  let first: { at: number; mail: Placed | null } = { at: Number.POSITIVE_INFINITY, mail: null }
  for (const placed of allMails(model)) {
    const ready = readyAt(model, placed)
    if (ready === null) continue
    const at = openFrom(model, Math.max(now, ready, free[placed.enrolment.mailbox ?? 0] ?? 0))
    if (at < first.at && forbidden(model, placed, at) === null) first = { at, mail: placed }
  }
  return first
}

/** Mails that could go at `now` and are more urgent than this one. */
function moreUrgent(model: Model, placed: Placed, now: number): Placed[] {
  const rank = ({ campaign, step }: Placed): number => 2 * campaign.priority + (step > 0 ? 0 : 1)
  return [...allMails(model)].filter((other) => {
    if (rank(other) >= rank(placed) || other.enrolment.mailbox !== placed.enrolment.mailbox) return false
    const ready = readyAt(model, other)
    return ready !== null && ready < now && forbidden(model, other, now) === null && !isJustMissed(model, other, now)
  })
}

/** In the moment of waking up what was missed is set aside before anything goes; the model hears of it after that. */
function isJustMissed(model: Model, placed: Placed, now: number): boolean {
  return model.sleeps.at(-1)?.to === now && mayBeMissed(model, placed)
}

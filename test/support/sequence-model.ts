/**
 * The rules of a campaign a second time, written apart from the product and as plainly as possible: it hears what the rep
 * does and what people answer, looks at each mail in the instant before its first byte and says which rule it breaks, and
 * knows in the end who should have got what.
 */
import { Temporal } from 'temporal-polyfill'

export interface Delay {
  readonly days: number
  readonly unit: 'days' | 'working_days'
}

export interface Absent {
  /** First and last day, both included: `YYYY-MM-DD`. */
  readonly from: string
  readonly to: string
}

export type Answer = 'replied' | 'opted_out' | 'bounced' | 'auto_replied'

interface Pause {
  /** Epoch ms; `to` is null while it lasts. */
  readonly from: number
  to: number | null
}

export interface Heard {
  readonly answer: Answer
  /** Automatic answers: the day on which they are back. */
  readonly backOn: string | null
  /** Epoch ms. */
  readonly at: number
  /** The number under which the product lists it. */
  readonly id: number
  isUndone: boolean
}

/** One mail of one person: what became of it. */
export interface Fate {
  /** Epoch ms at which its first byte went; several times where a provider refused it. */
  readonly asked: number[]
  /** Epoch ms at which the provider took it. */
  accepted: number | null
  /** Epoch ms at which the rep left it out. */
  leftOut: number | null
  /** The rep's own date, epoch ms, when it was set, and whether it waits for the mail before it all the same. */
  moved: { readonly to: number; readonly at: number; readonly isEarly: boolean } | null
  isRefusedForGood: boolean
  /** No such mail any more: its step was dropped. */
  isDropped: boolean
}

export interface Someone {
  readonly mails: Fate[]
  readonly heard: Heard[]
  readonly pauses: Pause[]
  isRemoved: boolean
}

export interface Model {
  readonly zone: string
  /** Minutes after midnight, Monday to Friday. */
  readonly opens: number
  readonly closes: number
  delays: Delay[]
  absences: readonly Absent[]
  isCancelled: boolean
  readonly pauses: Pause[]
  /** By lead. */
  readonly people: Map<number, Someone>
}

export function newFate(): Fate {
  return { asked: [], accepted: null, leftOut: null, moved: null, isRefusedForGood: false, isDropped: false }
}

/** The rules that this mail breaks at `now`, in words; empty is what a test wants. */
export function brokenBy(model: Model, { lead, step, now }: { lead: number; step: number; now: number }): string[] {
  const person = model.people.get(lead)
  const mail = person?.mails[step]
  if (!person || !mail) return ['nobody asked for it']
  const broken: string[] = []
  const must = (isKept: boolean, rule: string): void => {
    if (!isKept) broken.push(`${rule}: lead ${lead}, mail ${step + 1}, ${new Date(now).toISOString()}`)
  }
  must(!model.isCancelled, 'the campaign was cancelled')
  must(!isPaused(model.pauses), 'the campaign is paused')
  must(!isPaused(person.pauses), 'the person is paused')
  must(!person.isRemoved, 'the person was taken out')
  must(mail.accepted === null, 'it was sent before')
  must(mail.leftOut === null, 'it was left out')
  must(!mail.isDropped, 'its step was dropped')
  for (const { answer } of standing(person)) must(answer === 'auto_replied', `the person has ${answer}`)
  must(now >= backAt(model, person, mail), 'the person is not back')
  must(isOpen(model, now), 'outside the hours')
  must(person.mails.slice(0, step).every(isOver), 'a mail before it is still to go')
  must(now >= (mail.moved?.to ?? 0), 'the rep wants it later')
  must(mail.moved?.isEarly === false || now >= dueAt(model, person, step), 'its days have not passed')
  return broken
}

/** Whoever has answered for good, or was taken out, gets nothing more. */
export function isStopped(model: Model, person: Someone): boolean {
  return model.isCancelled || person.isRemoved || standing(person).some(({ answer }) => answer !== 'auto_replied')
}

/** Sent, or never to be. */
export function isOver({ accepted, leftOut, isDropped, isRefusedForGood }: Fate): boolean {
  return accepted !== null || leftOut !== null || isDropped || isRefusedForGood
}

export function isPaused(pauses: readonly Pause[]): boolean {
  return pauses.at(-1)?.to === null
}

/** The earliest moment of a mail, epoch ms: its days after the one before it, on a clock that pauses stop. */
function dueAt(model: Model, person: Someone, step: number): number {
  const delay = model.delays[step]
  const ends = person.mails.slice(0, step).flatMap(({ accepted, leftOut }) => {
    const end = accepted ?? leftOut
    return end === null ? [] : [end]
  })
  if (!delay || step === 0 || ends.length === 0) return 0
  const since = Math.max(...ends)
  const due = after(model, since, delay)
  return stretched(model, { due, since, unit: delay.unit }, [...model.pauses, ...person.pauses])
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

function isAbsent(absences: readonly Absent[], date: string): boolean {
  return absences.some(({ from, to }) => from <= date && date <= to)
}

function standing({ heard }: Someone): Heard[] {
  return heard.filter(({ isUndone }) => !isUndone)
}

/** Of the latest automatic answer that stands, epoch ms. A date that the rep has set since is their word. */
function backAt({ zone }: Model, person: Someone, { moved }: Fate): number {
  const last = standing(person).findLast((each) => each.backOn !== null)
  if (last?.backOn == null || (moved && moved.at >= last.at)) return 0
  return Temporal.PlainDate.from(last.backOn).toZonedDateTime(zone).epochMilliseconds
}

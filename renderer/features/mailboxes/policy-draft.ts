import { OFFICE_HOURS, PACES } from '#shared/domain/paces'
import type { Policy } from './use-mailboxes.ts'

/** A policy while it is being typed: times as `HH:mm`, numbers that may be missing. */
export interface PolicyDraft {
  /** Seven days, Monday first. */
  readonly week: readonly (readonly RangeDraft[])[]
  /** Null follows the computer. */
  readonly zone: string | null
  readonly country: string | null
  readonly region: string | null
  readonly daysOff: readonly string[]
  readonly gapUnit: GapUnit
  readonly gapMin: NumberDraft
  readonly gapMax: NumberDraft
  readonly hourlyCap: NumberDraft
  readonly dailyCap: NumberDraft
  readonly hasRamp: boolean
  /** Epoch ms; null: when it is saved. */
  readonly rampStartAt: number | null
  readonly rampFirst: NumberDraft
  readonly rampPerDay: NumberDraft
  readonly handReserve: NumberDraft
  /** 0: no limit. */
  readonly domainCap: NumberDraft
  readonly coolDownDays: NumberDraft
}

export interface RangeDraft {
  readonly from: string
  readonly to: string
}

export type NumberDraft = number | ''
export type GapUnit = 'seconds' | 'minutes'
export type PaceName = keyof typeof PACES

export const UNIT_MS = { seconds: 1_000, minutes: 60_000 } satisfies Record<GapUnit, number>

const MIDNIGHT = 1440

export function draftOf(policy: Policy): PolicyDraft {
  const gapUnit: GapUnit =
    policy.gapMs.min % UNIT_MS.minutes === 0 && policy.gapMs.max % UNIT_MS.minutes === 0 ? 'minutes' : 'seconds'
  return {
    week: policy.hours.map((ranges) => ranges.map(({ from, to }) => ({ from: clockOf(from), to: clockOf(to) }))),
    zone: policy.zone,
    country: policy.holidays?.country ?? null,
    region: policy.holidays?.region ?? null,
    daysOff: policy.daysOff,
    gapUnit,
    gapMin: policy.gapMs.min / UNIT_MS[gapUnit],
    gapMax: policy.gapMs.max / UNIT_MS[gapUnit],
    hourlyCap: policy.hourlyCap,
    dailyCap: policy.dailyCap,
    hasRamp: policy.ramp !== null,
    rampStartAt: policy.ramp?.startAt ?? null,
    rampFirst: policy.ramp?.first ?? 5,
    rampPerDay: policy.ramp?.perDay ?? 3,
    handReserve: policy.handReserve,
    domainCap: policy.domainCap ?? 0,
    coolDownDays: policy.coolDownDays,
  }
}

/** Only for a draft without problems. `now` epoch ms starts a new slow start. */
export function policyOf(draft: PolicyDraft, now: number): Policy {
  return {
    hours: draft.week.map((ranges) => ranges.map(minutesOf).toSorted((left, right) => left.from - right.from)),
    zone: draft.zone,
    holidays: draft.country === null ? null : { country: draft.country, region: draft.region },
    daysOff: draft.daysOff.toSorted(),
    gapMs: gapOf(draft),
    hourlyCap: Number(draft.hourlyCap),
    dailyCap: Number(draft.dailyCap),
    ramp: draft.hasRamp
      ? { startAt: draft.rampStartAt ?? now, first: Number(draft.rampFirst), perDay: Number(draft.rampPerDay) }
      : null,
    handReserve: Number(draft.handReserve),
    domainCap: Number(draft.domainCap) || null,
    coolDownDays: Number(draft.coolDownDays),
  }
}

/** ms. */
export function gapOf(draft: PolicyDraft): Policy['gapMs'] {
  const unit = UNIT_MS[draft.gapUnit]
  return { min: Math.round(Number(draft.gapMin) * unit), max: Math.round(Number(draft.gapMax) * unit) }
}

/** The preset whose numbers these are; null: the rep's own. */
export function paceOf(draft: PolicyDraft): PaceName | null {
  const gap = gapOf(draft)
  const names = Object.keys(PACES) as PaceName[]
  return (
    names.find((name) => {
      const pace = PACES[name]
      const isSameGap = pace.gapMs.min === gap.min && pace.gapMs.max === gap.max
      return isSameGap && pace.hourlyCap === draft.hourlyCap && pace.dailyCap === draft.dailyCap
    }) ?? null
  )
}

export function withPace(draft: PolicyDraft, name: PaceName): PolicyDraft {
  const { gapMs, hourlyCap, dailyCap } = PACES[name]
  const gapUnit: GapUnit = gapMs.min < UNIT_MS.minutes ? 'seconds' : 'minutes'
  return {
    ...draft,
    gapUnit,
    gapMin: gapMs.min / UNIT_MS[gapUnit],
    gapMax: gapMs.max / UNIT_MS[gapUnit],
    hourlyCap,
    dailyCap,
  }
}

/** Is there a human pause between two mails, or only the shortest one? The limits hold either way. */
export function isThrottled(draft: PolicyDraft): boolean {
  const { min, max } = gapOf(draft)
  return min !== PACES.quick.gapMs.min || max !== PACES.quick.gapMs.max
}

/** Off: the pause of the quick pace. On: the pause of the careful one. Limits stay as they are. */
export function withThrottle(draft: PolicyDraft, isOn: boolean): PolicyDraft {
  const { gapMs } = isOn ? PACES.careful : PACES.quick
  const gapUnit: GapUnit = isOn ? 'minutes' : 'seconds'
  return { ...draft, gapUnit, gapMin: gapMs.min / UNIT_MS[gapUnit], gapMax: gapMs.max / UNIT_MS[gapUnit] }
}

/** One day with other ranges. */
export function withDay(draft: PolicyDraft, day: number, ranges: readonly RangeDraft[]): PolicyDraft {
  return { ...draft, week: draft.week.map((own, index) => (index === day ? ranges : own)) }
}

/** Monday's ranges on all five working days. */
export function withMondayAllWeek(draft: PolicyDraft): PolicyDraft {
  return { ...draft, week: draft.week.map((own, index) => (index < 5 ? (draft.week[0] ?? []) : own)) }
}

export function officeRanges(): readonly RangeDraft[] {
  return (OFFICE_HOURS[0] ?? []).map(({ from, to }) => ({ from: clockOf(from), to: clockOf(to) }))
}

/** Minutes after midnight; an end of 00:00 is the midnight that ends the day. NaN for an empty field. */
export function minutesOf(range: RangeDraft): { from: number; to: number } {
  const to = minutes(range.to)
  return { from: minutes(range.from), to: to === 0 ? MIDNIGHT : to }
}

function minutes(clock: string): number {
  const [hour, minute] = clock.split(':')
  return hour === undefined || hour === '' || minute === undefined ? Number.NaN : Number(hour) * 60 + Number(minute)
}

function clockOf(minute: number): string {
  const rest = minute % MIDNIGHT
  return `${String(Math.floor(rest / 60)).padStart(2, '0')}:${String(rest % 60).padStart(2, '0')}`
}

/** Delay clocks that run already, when the calendar they count in changes or a pause has stopped them. */
import type { Writer } from '#db/open'
import { type IsAway, listRunningDelays, setDelay } from '#db/queries/campaign-sends'
import { listStoppedDelays } from '#db/queries/enrolments'
import type { Absence } from '#shared/domain/absences'
import type { Calendar } from '#shared/domain/calendar'
import { type DelayClock, dueAfterPause, dueBy } from '#shared/domain/delay-clock'
import type { Policy } from '#shared/domain/policy'
import type { DelayUnit } from '#shared/domain/taxonomy'
import type { Calendars } from './calendars.ts'
import type { EngineContext } from '../context.ts'

/** The mailboxes with their schedules. */
export type Schedules = () => readonly { readonly id: number; readonly policy: Policy }[]

/** A pause that ends; `leadId` null: of everybody in the campaign. `pausedAt` epoch ms, null: there was none. */
export interface EndingPause {
  readonly campaignId: number
  readonly leadId: number | null
  readonly pausedAt: number | null
}

/** Other days than those in force: for one mailbox, or because the rep is away at other times. */
export interface OtherDays {
  readonly policyOf?: { readonly mailboxId: number; readonly policy: Policy }
  readonly absences?: readonly Absence[]
}

export interface RunningDelays {
  /** When what counts already would be due by other days, pauses included, epoch ms, by send; what stays is left out. */
  dueUnder(other: OtherDays): ReadonlyMap<number, number>
  /** Makes it so. */
  moveTo(tx: Writer, dueAt: ReadonlyMap<number, number>): void
  /** While somebody or something is paused its delay clocks stand still. `now` epoch ms. */
  resume(tx: Writer, pause: EndingPause, now: number): void
}

export function createRunningDelays(
  deps: Pick<EngineContext, 'db'> & { readonly calendars: Calendars; readonly policies: Schedules },
): RunningDelays {
  function calendarsUnder({ policyOf, absences }: OtherDays): CalendarOf {
    const calendars = absences ? deps.calendars.under(absences) : deps.calendars
    const policies = new Map(deps.policies().map(({ id, policy }) => [id, policy]))
    if (policyOf) policies.set(policyOf.mailboxId, policyOf.policy)
    return ({ mailboxId, zone }) => {
      const policy = policies.get(mailboxId)
      return policy ? calendars.of(policy, zone, true) : null
    }
  }

  return {
    dueUnder(other) {
      const [oldOf, newOf] = [calendarsUnder({}), calendarsUnder(other)]
      const moved = new Map<number, number>()
      for (const delay of listRunningDelays(deps.db)) {
        const [old, calendar] = [oldOf(delay), newOf(delay)]
        if (calendar === null || old === null || calendar === old) continue
        const clock = clockOf(old, { ...delay, from: delay.beforeSentAt })
        const due = dueBy({ calendar, delay }, { calendar: old, delay }, clock)
        if (isMoved(delay, due)) moved.set(delay.id, due)
      }
      return moved
    },

    moveTo(tx, dueAt) {
      for (const [id, due] of dueAt) setDelay(tx, id, due)
    },

    resume(tx, { campaignId, leadId, pausedAt }, now) {
      if (pausedAt === null || pausedAt >= now) return
      const calendarOf = calendarsUnder({})
      for (const delay of listStoppedDelays(tx, { campaignId, leadId, since: pausedAt, now })) {
        const calendar = calendarOf(delay)
        if (calendar === null || delay.beforeEndedAt === null) continue
        const clock = clockOf(calendar, { ...delay, from: delay.beforeEndedAt })
        const due = dueAfterPause(calendar, clock, { from: pausedAt, to: delay.stoppedUntil })
        if (isMoved(delay, due)) setDelay(tx, delay.id, due)
      }
    },
  }
}

type CalendarOf = (send: { readonly mailboxId: number; readonly zone: string }) => Calendar | null

interface Counting {
  readonly from: number
  readonly notBefore: number
  readonly days: number
  readonly unit: DelayUnit
  readonly isAway: IsAway
}

/** The clock of somebody who is away runs on: their mail waits for the later of both. */
function clockOf(calendar: Calendar, { from, notBefore, days, unit, isAway }: Counting): DelayClock {
  return { from, due: isAway === 1 ? calendar.after(from, days, unit) : notBefore, unit }
}

function isMoved({ notBefore, isAway }: Pick<Counting, 'notBefore' | 'isAway'>, due: number): boolean {
  return due > notBefore || (due < notBefore && isAway === 0)
}

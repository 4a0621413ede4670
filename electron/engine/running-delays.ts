/** Delay clocks that run already, when the calendar they count in changes or a pause has stopped them. */
import { type Writer, write } from '#db/open'
import { type IsAway, listRunningDelays, setDelay } from '#db/queries/campaign-sends'
import { listStoppedDelays } from '#db/queries/enrolments'
import type { Calendar } from '#shared/domain/calendar'
import { type DelayClock, dueAfterPause, dueBy } from '#shared/domain/delay-clock'
import type { Policy } from '#shared/domain/policy'
import type { DelayUnit } from '#shared/domain/taxonomy'
import type { Calendars } from './calendars.ts'
import type { EngineContext } from './context.ts'

/** The mailboxes with their schedules. */
export type Schedules = () => readonly { readonly id: number; readonly policy: Policy }[]

/** A pause that ends; `leadId` null: of everybody in the campaign. `pausedAt` epoch ms, null: there was none. */
export interface EndingPause {
  readonly campaignId: number
  readonly leadId: number | null
  readonly pausedAt: number | null
}

export interface RunningDelays {
  /** Makes a change of the calendars; what is counting by them counts by the new ones, with its pauses. */
  recountAround<T>(change: (tx: Writer) => T, takeEffect: () => void): T
  /** While somebody or something is paused its delay clocks stand still. `now` epoch ms. */
  resume(tx: Writer, pause: EndingPause, now: number): void
}

export function createRunningDelays(
  deps: Pick<EngineContext, 'db'> & { readonly calendars: Calendars; readonly policies: Schedules },
): RunningDelays {
  function calendarsNow(): (send: { readonly mailboxId: number; readonly zone: string }) => Calendar | null {
    const policies = new Map(deps.policies().map(({ id, policy }) => [id, policy]))
    return ({ mailboxId, zone }) => {
      const policy = policies.get(mailboxId)
      return policy ? deps.calendars.of(policy, zone, true) : null
    }
  }

  return {
    recountAround: (change, takeEffect) =>
      write(deps.db, (tx) => {
        const before = calendarsNow()
        const running = listRunningDelays(tx).map((delay) => ({ delay, old: before(delay) }))
        const result = change(tx)
        takeEffect()
        const calendarOf = calendarsNow()
        for (const { delay, old } of running) {
          const calendar = calendarOf(delay)
          if (calendar === null || old === null) continue
          const clock = clockOf(old, { ...delay, from: delay.beforeSentAt })
          moveTo(tx, delay, dueBy({ calendar, delay }, { calendar: old, delay }, clock))
        }
        return result
      }),

    resume(tx, { campaignId, leadId, pausedAt }, now) {
      if (pausedAt === null || pausedAt >= now) return
      const calendarOf = calendarsNow()
      for (const delay of listStoppedDelays(tx, { campaignId, leadId, since: pausedAt, now })) {
        const calendar = calendarOf(delay)
        if (calendar === null || delay.beforeEndedAt === null) continue
        const clock = clockOf(calendar, { ...delay, from: delay.beforeEndedAt })
        moveTo(tx, delay, dueAfterPause(calendar, clock, { from: pausedAt, to: delay.stoppedUntil }))
      }
    },
  }
}

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

function moveTo(
  tx: Writer,
  { id, notBefore, isAway }: Pick<Counting, 'notBefore' | 'isAway'> & { id: number },
  due: number,
): void {
  if (due > notBefore || (due < notBefore && isAway === 0)) setDelay(tx, id, due)
}

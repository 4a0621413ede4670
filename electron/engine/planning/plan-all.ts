/** One plan for all mailboxes, for a person and a company are the same to each of them. */
import { getJoinedDomains } from '#db/queries/domain-aliases'
import { listMailboxes } from '#db/queries/mailboxes'
import { getCampaignStatus, getPacingHistory, listCompanyTimes } from '#db/queries/queue'
import type { Calendar } from '#shared/domain/calendar'
import { DAY_MS } from '#shared/domain/pacing'
import { type Forecast, type PlannedSend, planTogether } from '#shared/domain/plan'
import type { Policy } from '#shared/domain/policy'
import type { CampaignStatus } from '#shared/domain/taxonomy'
import type { EngineContext } from '../context.ts'
import type { Schedule } from './calendars.ts'
import type { OtherDays } from './running-delays.ts'

export interface PlanAllDeps extends Pick<EngineContext, 'db' | 'clock'> {
  readonly calendars: Schedule
  readonly isAppPaused: () => boolean
}

/** What a plan is made from instead of what is so. */
export interface Otherwise {
  /** Epoch ms. */
  readonly now?: number
  readonly schedule?: Schedule
  readonly policyOf?: OtherDays['policyOf'] | undefined
  readonly sendsIn?: (mailboxId: number) => readonly PlannedSend[]
}

/** What goes when, by mailbox and send. */
export type Plans = ReadonlyMap<number, ReadonlyMap<number, Forecast>>

export function createPlanAll(
  deps: PlanAllDeps,
  waitingIn: (mailboxId: number) => readonly PlannedSend[],
): (otherwise?: Otherwise) => Plans {
  return ({ now = deps.clock.now(), schedule = deps.calendars, policyOf, sendsIn = waitingIn } = {}) => {
    const mailboxes = listMailboxes(deps.db).map((mailbox) =>
      mailbox.id === policyOf?.mailboxId ? { ...mailbox, policy: policyOf.policy } : mailbox,
    )
    const isLimited = mailboxes.some(({ policy }) => policy.domainCap !== null)
    const companyTimes = isLimited ? listCompanyTimes(deps.db, now - DAY_MS) : new Map<string, number[]>()
    const joined = getJoinedDomains(deps.db)
    const campaignStatus = statuses(deps)
    const planned = planTogether(
      mailboxes.map((mailbox) => ({
        now,
        isAppPaused: deps.isAppPaused(),
        mailbox: { ...mailbox, history: getPacingHistory(deps.db, mailbox.id, now - DAY_MS) },
        campaignStatus,
        calendarOf: calendarsFor(schedule, mailbox.policy),
        companyTimes,
        joined,
        sends: sendsIn(mailbox.id),
      })),
    )
    return new Map(mailboxes.map(({ id }, index) => [id, planned[index] ?? new Map()]))
  }
}

/** Each is read once; 0 is a campaign that is not there yet. */
function statuses({ db }: Pick<PlanAllDeps, 'db'>): (campaignId: number) => CampaignStatus {
  const known = new Map<number, CampaignStatus>([[0, 'active']])
  return (campaignId) => {
    const status = known.get(campaignId) ?? getCampaignStatus(db, campaignId)
    known.set(campaignId, status)
    return status
  }
}

/** One plan asks thousands of times for a few calendars. */
function calendarsFor(schedule: Schedule, policy: Policy): (zone: string, isFollowUp: boolean) => Calendar {
  const first = new Map<string, Calendar>()
  const next = new Map<string, Calendar>()
  return (zone, isFollowUp) => {
    const made = isFollowUp ? next : first
    const known = made.get(zone)
    if (known) return known
    const calendar = schedule.of(policy, zone, isFollowUp)
    made.set(zone, calendar)
    return calendar
  }
}

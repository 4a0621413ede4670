/** Everything that puts mail into the queue, put together: it works from the same orders. */
import { type CampaignLeads, createCampaignLeads } from './campaign-leads.ts'
import { type CampaignPeople, createCampaignPeople } from './campaign-people.ts'
import { type CampaignPlans, createCampaignPlans } from './campaign-plans.ts'
import { type Campaigns, createCampaigns } from './campaigns.ts'
import type { Calendars } from '../planning/calendars.ts'
import type { EngineContext } from '../context.ts'
import { createDispatch, type Dispatch } from './dispatch.ts'
import { createDraftMails, type DraftMails } from './draft-mails.ts'
import { createDayPlan, type DayPlan } from '../planning/day-plan.ts'
import { createExplain, type Explain } from '../planning/explain.ts'
import type { Forecasts } from '../planning/forecast.ts'
import type { Mailboxes } from '../mailboxes/mailboxes.ts'
import { createOrders } from './orders.ts'
import type { Queue } from '../sending/queue.ts'
import type { Readiness } from '../mailboxes/readiness.ts'
import { createSendList, type SendList } from '../sending/send-list.ts'
import type { RunningDelays } from '../planning/running-delays.ts'
import type { Sends } from '../sending/sends.ts'
import type { Templates } from '../texts/templates.ts'

export interface CampaignWing {
  readonly campaigns: Campaigns
  readonly campaignLeads: CampaignLeads
  readonly campaignPeople: CampaignPeople
  readonly campaignPlans: CampaignPlans
  readonly draftMails: DraftMails
  readonly dispatch: Dispatch
  readonly explain: Explain
  readonly dayPlan: DayPlan
  readonly sendList: SendList
}

export interface CampaignWingDeps extends EngineContext {
  readonly calendars: Calendars
  readonly delays: RunningDelays
  readonly forecasts: Forecasts
  readonly mailboxes: Mailboxes
  readonly queue: Queue
  readonly sends: Sends
  readonly readiness: Readiness
  readonly templates: Templates
  readonly installSecret: () => string
  readonly isAppPaused: () => boolean
  readonly isErased: (identity: string) => boolean
  /** The plan changed: look again. */
  readonly replan: () => void
}

export function createCampaignWing(deps: CampaignWingDeps): CampaignWing {
  const orders = createOrders(deps)
  const sendList = createSendList({ ...deps, mailboxOf: (mailboxId) => deps.mailboxes.find(mailboxId) })
  const { moveAllIn, moveOneIn } = deps.queue
  return {
    campaigns: createCampaigns(deps),
    campaignLeads: createCampaignLeads({ ...deps, orders }),
    campaignPeople: createCampaignPeople({ ...deps, sendList, moveOneIn }),
    campaignPlans: createCampaignPlans({ ...deps, orders, moveAllIn, moveOneIn }),
    draftMails: createDraftMails({ ...deps, orders }),
    dispatch: createDispatch({ ...deps, orders }),
    explain: createExplain(deps),
    dayPlan: createDayPlan({ ...deps, mailboxes: () => deps.mailboxes.list() }),
    sendList,
  }
}

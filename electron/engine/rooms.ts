import { listSuppressedPending } from '#db/queries/sends'
import { type App, createApp } from './app.ts'
import { createCalendars } from './calendars.ts'
import { type Campaigns, createCampaigns } from './campaigns.ts'
import { type Answers, createAnswers } from './answers.ts'
import type { EngineContext } from './context.ts'
import { createDispatch, type Dispatch } from './dispatch.ts'
import { createDoubts } from './doubts.ts'
import { createForecasts, type Forecasts } from './forecast.ts'
import { createHolidays } from './holidays.ts'
import { createInbox, type Inbox } from './inbox.ts'
import { createLeads, type Leads } from './leads.ts'
import { createMailboxDesk, type MailboxDesk } from './mailbox-desk.ts'
import { createMailboxWing, type MailboxWing } from './mailbox-wing.ts'
import type { BuiltInClients } from './oauth-clients.ts'
import { createOrders } from './orders.ts'
import type { Ownership } from './owner.ts'
import { createQueue, type Queue } from './queue.ts'
import { createRecordsWing, type RecordsWing } from './records-wing.ts'
import { createSendList, type SendList } from './send-list.ts'
import { createSender, type Sender } from './sender.ts'
import { createSends, type Sends } from './sends.ts'
import { createSuppressions, type Suppressions } from './suppressions.ts'
import { createTemplates, type Templates } from './templates.ts'
import { createTimeWatch } from './time-watch.ts'

/** Every service of the running product. */
export interface Rooms extends MailboxWing, RecordsWing {
  readonly answers: Answers
  readonly app: App
  readonly campaigns: Campaigns
  readonly dispatch: Dispatch
  readonly forecasts: Forecasts
  readonly inbox: Inbox
  readonly leads: Leads
  readonly mailboxDesk: MailboxDesk
  readonly queue: Queue
  readonly sendList: SendList
  readonly sender: Sender
  readonly sends: Sends
  readonly suppressions: Suppressions
  readonly templates: Templates
}

export interface Furniture extends EngineContext {
  readonly ownership: Ownership
  readonly installSecret: () => string
  /** The client ids that came with the build. */
  readonly builtIn: BuiltInClients
  readonly importWorker: URL
  readonly backupWorker: URL
  readonly version: string
}

/** Builds the rooms in the order in which they need each other; what they need of a later room is handed over as a call. */
export function furnish(furniture: Furniture): Rooms {
  const deps: Furniture = { ...furniture, publish: (event) => publish(event) }
  const publish: EngineContext['publish'] = (event) => {
    if (event.type === 'leads.changed') {
      templates.forgetFields()
      forecasts.forget()
    }
    furniture.publish(event)
  }
  const holidays = createHolidays()
  const calendars = createCalendars(deps.clock, holidays)
  const isAppPaused = (): boolean => app.isPaused()
  const forecasts = createForecasts({ ...deps, calendars, isAppPaused })
  const replan = (): void => {
    forecasts.forget()
    if (deps.ownership.isOwner()) sender.wake()
  }

  const wing = createMailboxWing({ ...deps, calendars, replan })
  const { accounts, mailboxes, providers, troubled } = wing
  const queue = createQueue({
    ...deps,
    calendars,
    isAppPaused,
    epoch: () => deps.ownership.epoch(),
    mailboxOf: (mailboxId) => mailboxes.find(mailboxId),
    moved: () => forecasts.forget(),
  })
  const doubts = createDoubts({ ...deps, queue, providers })
  const timeWatch = createTimeWatch({
    ...deps,
    changed: () => forecasts.forget(),
    wentBack: () => {
      queue.pullBack()
      mailboxes.endLongRests()
    },
  })
  const suppressed = (): void => void sends.skipSuppressed()
  const inbox = createInbox({ ...deps, queue, providers, mailboxes, troubled, suppressed, replan })
  const sender = createSender({
    ...deps,
    queue,
    providers,
    doubts,
    inbox,
    mailboxes: () => mailboxes.list(),
    troubled,
    worked: (mailboxId) => mailboxes.worked(mailboxId),
    diskChanged: (isFull) => app.setDiskFull(isFull),
    lookAtTime: () => timeWatch.look(),
  })
  const app: App = createApp({ ...deps, forecasts, mailboxes, replan, interrupt: () => sender.interrupt() })
  const sends = createSends({ ...deps, queue, replan, listSuppressedPending: () => listSuppressedPending(deps.db) })
  const templates = createTemplates({ ...deps, mailboxes })
  const records = createRecordsWing({
    ...deps,
    forecasts,
    cancel: (ids) => void sends.cancel({ by: 'ids', ids }),
  })
  return {
    ...wing,
    ...records,
    answers: createAnswers({ ...deps, mailboxes, arrived: (mailboxId) => inbox.raise(mailboxId), replan }),
    app,
    campaigns: createCampaigns({ ...deps, forecasts, sends, replan }),
    dispatch: createDispatch({
      ...deps,
      orders: createOrders({ ...deps, templates, mailboxes, isErased: records.erased.has }),
      forecasts,
      replan,
    }),
    forecasts,
    inbox,
    leads: createLeads({ ...deps, suppressed, isErased: records.erased.has }),
    mailboxDesk: createMailboxDesk({ ...deps, accounts, mailboxes, forecasts, holidays }),
    queue,
    sendList: createSendList({ ...deps, forecasts }),
    sender,
    sends,
    suppressions: createSuppressions({ ...deps, skipSuppressed: () => sends.skipSuppressed() }),
    templates,
  }
}

import { listSuppressedPending } from '#db/queries/sends'
import type { MailboxRecord } from '#db/queries/mailboxes'
import { DAY_MS } from '#shared/domain/pacing'
import { DEFAULT_POLICY } from '#shared/domain/policy'
import type { MailProvider } from '../mailbox/mail-provider.ts'
import { type Activity, createActivity } from './activity.ts'
import { type App, createApp } from './app.ts'
import { type Backups, createBackups } from './backups.ts'
import { createCalendars } from './calendars.ts'
import { type Campaigns, createCampaigns } from './campaigns.ts'
import type { EngineContext } from './context.ts'
import { createDispatch, type Dispatch } from './dispatch.ts'
import { createDoubts } from './doubts.ts'
import { practiceFolders } from './folders.ts'
import { createForecasts, type Forecasts } from './forecast.ts'
import { createHolidays } from './holidays.ts'
import { createHalfLists } from './half-lists.ts'
import { createImports, type Imports } from './imports.ts'
import { createLeads, type Leads } from './leads.ts'
import { createMailboxDesk, type MailboxDesk } from './mailbox-desk.ts'
import { createMailboxes, type Mailboxes } from './mailboxes.ts'
import { createOrders } from './orders.ts'
import type { Ownership } from './owner.ts'
import { createProviders } from './providers.ts'
import { createQueue, type Queue } from './queue.ts'
import { createSendList, type SendList } from './send-list.ts'
import { createSender, type Sender } from './sender.ts'
import { createSends, type Sends } from './sends.ts'
import { createSuppressions, type Suppressions } from './suppressions.ts'
import { createTemplates, type Templates } from './templates.ts'
import { createTimeWatch } from './time-watch.ts'
import { createUploads, type Uploads } from './uploads.ts'

/** Every service of the running product. */
export interface Rooms {
  readonly activity: Activity
  readonly app: App
  readonly backups: Backups
  readonly campaigns: Campaigns
  readonly dispatch: Dispatch
  readonly forecasts: Forecasts
  readonly imports: Imports
  readonly leads: Leads
  readonly mailboxDesk: MailboxDesk
  readonly mailboxes: Mailboxes
  readonly queue: Queue
  readonly sendList: SendList
  readonly sender: Sender
  readonly sends: Sends
  readonly suppressions: Suppressions
  readonly templates: Templates
  readonly uploads: Uploads
}

export interface Furniture extends EngineContext {
  readonly ownership: Ownership
  readonly installSecret: () => string
  readonly openMailbox: (mailbox: MailboxRecord) => Promise<MailProvider>
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
  const providers = createProviders(deps.openMailbox)
  const isAppPaused = (): boolean => app.isPaused()
  const forecasts = createForecasts({ ...deps, calendars, isAppPaused })
  const replan = (): void => {
    forecasts.forget()
    if (deps.ownership.isOwner()) sender.wake()
  }

  const mailboxes = createMailboxes({
    ...deps,
    calendars,
    replan,
    forget: (mailboxId) => providers.forget(mailboxId),
    open: (account, password) =>
      deps.mail.open(account, { practiceFolder: practiceFolders(deps.dataFolder), password }),
  })
  mailboxes.reload()
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
  const sender = createSender({
    ...deps,
    queue,
    providers,
    doubts,
    mailboxes: () => mailboxes.list(),
    troubled: (mailboxId, trouble) => mailboxes.troubled(mailboxId, trouble),
    worked: (mailboxId) => mailboxes.worked(mailboxId),
    diskChanged: (isFull) => app.setDiskFull(isFull),
    lookAtTime: () => timeWatch.look(),
  })
  const app: App = createApp({ ...deps, forecasts, mailboxes, replan, interrupt: () => sender.interrupt() })
  const sends = createSends({ ...deps, queue, replan, listSuppressedPending: () => listSuppressedPending(deps.db) })
  const templates = createTemplates({ ...deps, mailboxes })
  const leads = createLeads({ ...deps, suppressed: () => void sends.skipSuppressed() })
  const uploads = createUploads(deps)
  return {
    activity: createActivity(deps),
    app,
    backups: createBackups(deps),
    campaigns: createCampaigns({ ...deps, forecasts, sends, replan }),
    dispatch: createDispatch({ ...deps, orders: createOrders({ ...deps, templates, mailboxes }), forecasts, replan }),
    forecasts,
    imports: createImports({
      ...deps,
      uploads,
      halfLists: createHalfLists(deps),
      coolDownMs: () => DEFAULT_POLICY.coolDownDays * DAY_MS,
    }),
    leads,
    mailboxDesk: createMailboxDesk({ ...deps, mailboxes, forecasts, holidays }),
    mailboxes,
    queue,
    sendList: createSendList({ ...deps, forecasts }),
    sender,
    sends,
    suppressions: createSuppressions({ ...deps, skipSuppressed: () => sends.skipSuppressed() }),
    templates,
    uploads,
  }
}

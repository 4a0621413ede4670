import { listSuppressedPending } from '#db/queries/waiting-sends'
import { type App, createApp } from './app.ts'
import { type CampaignWing, createCampaignWing } from './campaigns/campaign-wing.ts'
import { type Answers, createAnswers } from './inbox/answers.ts'
import type { Away } from './planning/away.ts'
import type { EngineContext } from './context.ts'
import { createDoubts } from './sending/doubts.ts'
import { createForecasts, type Forecasts } from './planning/forecast.ts'
import { createImportWing, type ImportWing } from './imports/import-wing.ts'
import { createHandovers } from './sending/handovers.ts'
import { createInbox, type Inbox } from './inbox/inbox.ts'
import { createLeadFilters, type LeadFilters } from './leads/lead-filters.ts'
import { createLeads, type Leads } from './leads/leads.ts'
import { createMailboxDesk, type MailboxDesk } from './mailboxes/mailbox-desk.ts'
import { createMailboxWing, type MailboxWing } from './mailboxes/mailbox-wing.ts'
import { createListCanary, type ListCanary } from './inbox/list-canary.ts'
import { createLookAtTime } from './sending/look-at-time.ts'
import type { BuiltInClients } from './mailboxes/oauth-clients.ts'
import type { Ownership } from './owner.ts'
import { createQueue, type Queue } from './sending/queue.ts'
import { createRecordsWing, type RecordsWing } from './records/records-wing.ts'
import { createSearch, type Search } from './search.ts'
import { createSendEdits, type SendEdits } from './sending/send-edits.ts'
import { createSameRefusals } from './sending/same-refusals.ts'
import { createSender, type Sender } from './sending/sender.ts'
import { createSends, type Sends } from './sending/sends.ts'
import { createSentMark, type SentMark } from './sending/sent-mark.ts'
import { createTimeWing } from './planning/time-wing.ts'
import { createUploads } from './uploads.ts'
import { createWhatIfs, type WhatIfs } from './planning/what-if.ts'
import { createWritingWing, type WritingWing } from './texts/writing-wing.ts'

/** Every service of the running product. */
export interface Rooms extends MailboxWing, CampaignWing, ImportWing, RecordsWing, WritingWing {
  readonly answers: Answers
  readonly app: App
  readonly away: Away
  readonly forecasts: Forecasts
  readonly inbox: Inbox
  readonly leads: Leads
  readonly leadFilters: LeadFilters
  readonly listCanary: ListCanary
  readonly mailboxDesk: MailboxDesk
  readonly queue: Queue
  readonly sender: Sender
  readonly sends: Sends
  readonly sentMark: SentMark
  readonly search: Search
  readonly sendEdits: SendEdits
  readonly whatIfs: WhatIfs
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
      writing.templates.forgetFields()
      replan()
    }
    furniture.publish(event)
  }
  const { holidays, away, calendars, delays } = createTimeWing({
    ...deps,
    policies: () => mailboxes.list(),
    replan: () => replan(),
  })
  const isAppPaused = (): boolean => app.isPaused()
  const forecasts = createForecasts({ ...deps, calendars, delays, isAppPaused })
  const replan = (): void => {
    forecasts.forget()
    if (deps.ownership.isOwner()) sender.wake()
  }

  const wing = createMailboxWing({ ...deps, calendars, delays, replan })
  const { accounts, mailboxes, providers, troubled } = wing
  const queue = createQueue({
    ...deps,
    calendars,
    isAppPaused,
    epoch: () => deps.ownership.epoch(),
    mailboxOf: (mailboxId) => mailboxes.find(mailboxId),
    moved: () => forecasts.forget(),
  })
  const lookAtTime = createLookAtTime({
    ...deps,
    forecasts,
    queue,
    wentBack: () => {
      queue.pullBack()
      mailboxes.endLongRests()
    },
  })
  const suppressed = (): void => void sends.skipSuppressed()
  const inbox = createInbox({ ...deps, queue, providers, mailboxes, troubled, suppressed, replan })
  const sentMark = createSentMark(deps)
  const sender = createSender({
    ...deps,
    leaving: ({ mayRead }) => {
      // Where mail can be read, what left is found there.
      if (!mayRead) sentMark.note()
    },
    calendars,
    queue,
    providers,
    doubts: createDoubts({ ...deps, queue, providers }),
    handovers: createHandovers({ ...deps, calendars, forecasts, queue, providers, isAppPaused }),
    inbox,
    mailboxes: () => mailboxes.list(),
    troubled,
    worked: (mailboxId) => mailboxes.worked(mailboxId),
    refused: createSameRefusals({ ...deps, replan }),
    diskChanged: (isFull) => app.setDiskFull(isFull),
    lookAtTime,
  })
  const app: App = createApp({ ...deps, forecasts, mailboxes, replan, interrupt: () => sender.interrupt() })
  const sends = createSends({
    ...deps,
    queue,
    replan,
    takeBack: (mailboxId, sendId) => sender.takeBack(mailboxes.get(mailboxId), sendId),
    lookNow: (mailboxId, sendId) => sender.lookNow(mailboxes.get(mailboxId), sendId),
    listSuppressedPending: () => listSuppressedPending(deps.db),
  })
  const uploads = createUploads(deps)
  const writing = createWritingWing({
    ...deps,
    ...wing,
    queue,
    calendars,
    uploads,
    isAppPaused,
    alone: sender.alone,
    replan,
  })
  const importing = createImportWing({
    ...deps,
    ...wing,
    uploads,
    replan,
    skipSuppressed: () => sends.skipSuppressed(),
  })
  return {
    ...wing,
    ...createCampaignWing({
      ...deps,
      ...writing,
      isErased: importing.erased.has,
      isAppPaused,
      calendars,
      delays,
      forecasts,
      mailboxes,
      queue,
      sends,
      replan,
    }),
    ...importing,
    ...createRecordsWing({
      ...deps,
      ...importing,
      ...writing,
      forecasts,
      mailboxes,
      cancel: (ids) => void sends.cancel({ by: 'ids', ids }),
    }),
    ...writing,
    answers: createAnswers({ ...deps, queue, mailboxes, arrived: (mailboxId) => inbox.raise(mailboxId), replan }),
    app,
    away,
    forecasts,
    inbox,
    leads: createLeads({ ...deps, suppressed, isErased: importing.erased.has }),
    leadFilters: createLeadFilters(deps),
    listCanary: createListCanary({ ...deps, replan }),
    mailboxDesk: createMailboxDesk({ ...deps, accounts, mailboxes, forecasts, holidays }),
    queue,
    sender,
    sends,
    sentMark,
    search: createSearch(deps),
    sendEdits: createSendEdits({ ...deps, replan }),
    whatIfs: createWhatIfs({ ...deps, calendars, forecasts, mailboxes }),
  }
}

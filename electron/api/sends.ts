import type { DayPlan, MailboxDay } from '../engine/planning/day-plan.ts'
import type { Explain, Explanation } from '../engine/planning/explain.ts'
import type { ListedSend, SendList } from '../engine/sending/send-list.ts'
import type { SendEdits } from '../engine/sending/send-edits.ts'
import type { Sends } from '../engine/sending/sends.ts'
import { entryView, parsed } from './event-view.ts'
import type { PacemailHandlers } from '#shared/contract/index'
import type { MailboxDay as MailboxDayView, Send, SendLook } from '#shared/contract/sends'
import type { EventKind, SendStatus } from '#shared/domain/taxonomy'
import { SendStatus as SendStatuses } from '#shared/domain/taxonomy'

export interface SendRooms {
  readonly dayPlan: DayPlan
  readonly sendList: SendList
  readonly sends: Sends
  readonly explain: Explain
  readonly sendEdits: SendEdits
}

export function createSendsApi({
  dayPlan,
  sendList: list,
  sends,
  explain,
  sendEdits: edits,
}: SendRooms): PacemailHandlers['sends'] {
  return {
    list({ status, mailboxId, campaignId, leadIds, offset, limit }) {
      const page = list.page({ scope: { statuses: status, mailboxId, campaignId, leadIds }, offset, limit })
      return { rows: page.rows.map(sendView), total: page.total }
    },
    get({ sendId }) {
      const { send, body, files, aged, events } = list.whole(sendId)
      return {
        send: sendView(send),
        mail: body,
        attachments: [...files],
        aged: [...aged],
        events: events.map(({ at, kind, data }) => ({ at, kind: kind as EventKind, data: parsed(data) })),
      }
    },
    explain({ sendId }) {
      const { gates, range, changes } = explain.send(sendId)
      return {
        gates: gates.map(gateView),
        range,
        changes: changes.map(({ cause, ...change }) => ({ ...change, cause: cause && entryView(cause) })),
      }
    },
    counts() {
      const counts = list.byStatus()
      const byStatus = Object.fromEntries(SendStatuses.options.map((status) => [status, counts.get(status) ?? 0]))
      return { byStatus: byStatus as Record<SendStatus, number>, byDay: list.byDay() }
    },
    day({ date }) {
      const { from, to, mailboxes } = dayPlan.of(date)
      return { from, to, mailboxes: mailboxes.map(mailboxDayView) }
    },
    source: ({ sendId }) => edits.source(sendId),
    edit({ sendId, revision, subject, body }) {
      edits.save(sendId, revision, { subject, body })
      return sendView(list.one(sendId))
    },
    async cancel({ selection }) {
      const { changed, kept } = sends.cancel(selection)
      const { takenBack, stillHeld } = await sends.cancelHeld(selection)
      return { changed: changed + takenBack, kept: kept - takenBack, notTakenBack: stillHeld }
    },
    prioritise: ({ selection, priority }) => sends.prioritise(selection, priority),
    leaveOut: ({ selection }) => sends.leaveOut(selection),
    reschedule: ({ selection, at }) => sends.reschedule(selection, at),
    release: ({ selection }) => sends.release(selection),
    retry: ({ selection }) => sends.retry(selection),
    settle({ sendId, wasSent }) {
      sends.settle(sendId, wasSent)
      return sendView(list.one(sendId))
    },
    async lookAgain({ sendId }) {
      const looked = await sends.lookAgain(sendId)
      return { ...looked, send: sendView(list.one(sendId)) }
    },
    looks({ sendIds }) {
      return list.looks(sendIds).map(({ sendId, looks }) => ({
        sendId: sendId as Send['id'],
        looks: looks.map(({ at, data }) => ({ ...(parsed(data) as Omit<SendLook, 'at'>), at })),
      }))
    },
  }
}

function mailboxDayView({ mailbox, open, marks, held }: MailboxDay): MailboxDayView {
  return {
    mailboxId: mailbox.id as Send['mailboxId'],
    address: mailbox.address,
    open: [...open],
    hourlyCap: mailbox.policy.hourlyCap,
    dailyCap: mailbox.policy.dailyCap,
    marks: marks.map(({ row, at, kind, forecast }) => ({
      sendId: row.id as Send['id'],
      at,
      kind,
      to: row.toAddress,
      leadName: row.toName,
      company: row.company,
      wait: waitView({ forecast }),
    })),
    held: [...held],
  }
}

function gateView({ gate, verdict }: Explanation['gates'][0]) {
  return {
    gate,
    say: verdict.say,
    because: 'because' in verdict ? verdict.because : null,
    until: 'until' in verdict ? verdict.until : null,
  }
}

function sendView(row: ListedSend): Send {
  return {
    id: row.id as Send['id'],
    campaignId: row.campaignId as Send['campaignId'],
    campaignName: row.campaignName,
    step: row.step,
    variant: row.variant,
    leadId: row.leadId as Send['leadId'],
    mailboxId: row.mailboxId as Send['mailboxId'],
    to: row.toAddress,
    leadName: row.toName,
    company: row.company,
    subject: row.subject,
    status: row.status,
    stage: row.stage,
    outcome: row.outcome,
    priority: row.priority,
    attempts: row.attempts,
    wait: waitView(row),
    skipped: row.skippedCode,
    failure: row.failureCode === null ? null : { code: row.failureCode, providerCode: row.failureProviderCode },
    scheduledAt: row.scheduledAt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
    createdAt: row.createdAt,
  }
}

export function waitView({ forecast }: Pick<ListedSend, 'forecast'>): Send['wait'] {
  return forecast && { code: forecast.because, at: forecast.at, ahead: forecast.ahead, willSkip: forecast.skip }
}

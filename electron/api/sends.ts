import type { ListedSend, SendList } from '../engine/send-list.ts'
import type { SendEdits } from '../engine/send-edits.ts'
import type { Sends } from '../engine/sends.ts'
import type { PacemailHandlers } from '#shared/contract/index'
import type { Send } from '#shared/contract/sends'
import type { EventKind, SendStatus } from '#shared/domain/taxonomy'
import { SendStatus as SendStatuses } from '#shared/domain/taxonomy'

export function createSendsApi(list: SendList, sends: Sends, edits: SendEdits): PacemailHandlers['sends'] {
  return {
    list({ status, mailboxId, campaignId, leadIds, offset, limit }) {
      const page = list.page({ scope: { statuses: status, mailboxId, campaignId, leadIds }, offset, limit })
      return { rows: page.rows.map(sendView), total: page.total }
    },
    get({ sendId }) {
      const { send, body, aged, events } = list.whole(sendId)
      return {
        send: sendView(send),
        mail: body,
        aged: [...aged],
        events: events.map(({ at, kind, data }) => ({ at, kind: kind as EventKind, data: parsed(data) })),
      }
    },
    counts() {
      const counts = list.byStatus()
      const byStatus = Object.fromEntries(SendStatuses.options.map((status) => [status, counts.get(status) ?? 0]))
      return { byStatus: byStatus as Record<SendStatus, number>, byDay: list.byDay() }
    },
    source: ({ sendId }) => edits.source(sendId),
    edit({ sendId, revision, subject, body }) {
      edits.save(sendId, revision, { subject, body })
      return sendView(list.one(sendId))
    },
    cancel: ({ selection }) => sends.cancel(selection),
    prioritise: ({ selection, priority }) => sends.prioritise(selection, priority),
    retry: ({ selection }) => sends.retry(selection),
    settle({ sendId, wasSent }) {
      sends.settle(sendId, wasSent)
      return sendView(list.one(sendId))
    },
  }
}

function sendView(row: ListedSend): Send {
  return {
    id: row.id as Send['id'],
    campaignId: row.campaignId as Send['campaignId'],
    campaignName: row.campaignName,
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

function waitView({ forecast }: ListedSend): Send['wait'] {
  return forecast && { code: forecast.because, at: forecast.at, ahead: forecast.ahead, willSkip: forecast.skip }
}

/** What an event keeps beside its kind; nothing is an empty object. */
export function parsed(data: string | null): Record<string, unknown> {
  return data === null ? {} : (JSON.parse(data) as Record<string, unknown>)
}

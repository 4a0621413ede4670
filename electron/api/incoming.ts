import type { Incoming } from '#shared/contract/incoming'
import type { PacemailHandlers } from '#shared/contract/index'
import type { Answers, IncomingRow } from '../engine/inbox/answers.ts'

export function createIncomingApi(answers: Answers): PacemailHandlers['incoming'] {
  return {
    list({ verdicts, mailboxId, sendId, ...page }) {
      const { rows, total } = answers.list({ verdicts, mailboxId, sendId }, page)
      return { rows: rows.map(incomingView), total }
    },
    undo: ({ incomingId }) => incomingView(answers.undo(incomingId)),
    rules: () => answers.rules(),
    saveRules: (rules) => answers.saveRules(rules),
    async invent({ sendId, verdict }) {
      await answers.invent(sendId, verdict)
      return {}
    },
  }
}

function incomingView(row: IncomingRow): Incoming {
  return {
    id: row.id,
    mailboxId: row.mailboxId as Incoming['mailboxId'],
    receivedAt: row.receivedAt,
    from: row.fromAddress,
    subject: row.subject,
    verdict: row.verdict,
    severity: row.severity,
    sendId: row.sendId as Incoming['sendId'],
    leadId: row.leadId as Incoming['leadId'],
    leadName: row.leadName,
    matchedBy: row.matchedBy,
    evidence: row.evidence,
    returnsAt: row.returnsAt,
    undoneAt: row.undoneAt,
  }
}

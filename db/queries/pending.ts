/** Everything that waits in a mailbox, for the forecast. */
import type { PlannedSend } from '#shared/domain/plan'
import type { DelayUnit, ParkCode } from '#shared/domain/taxonomy'
import type { Reader } from '../open.ts'
import { statement } from '../statements.ts'
import { BEGUN, listLeadFacts, type OwnFacts, TO_IDENTITY } from './lead-facts.ts'
import { type LaneRow, toHead } from './queue.ts'

interface PendingRow extends LaneRow, OwnFacts {
  id: number
  lead_id: number
  identity: string
  new_identity: string
  paced_at: number | null
  parked: ParkCode | null
  before_id: number | null
  delay_days: number | null
  delay_unit: DelayUnit | null
}

/** The mail before it is looked up only where it is waited for. */
const PENDING = `
  SELECT sends.id, sends.campaign_id, sends.is_follow_up, sends.lead_id, sends.zone, sends.priority, sends.not_before,
    sends.due_code, sends.parked, sends.paced_at, ${TO_IDENTITY} AS identity, leads.identity AS new_identity,
    campaign_steps.delay_days, campaign_steps.delay_unit,
    iif(sends.parked = 'step_before', (SELECT max(before.id) FROM sends AS before INDEXED BY sends_lead
      WHERE before.lead_id = sends.lead_id AND before.campaign_id = sends.campaign_id AND before.step < sends.step
        AND before.status = 'pending'), NULL) AS before_id,
    ${BEGUN} AS begun
  FROM sends INDEXED BY sends_pending JOIN leads ON leads.id = sends.lead_id
  LEFT JOIN campaign_steps ON sends.parked = 'step_before' AND campaign_steps.campaign_id = sends.campaign_id
    AND campaign_steps.step = sends.step
  WHERE sends.mailbox_id = ? AND sends.status = 'pending'`

/** With the facts of their leads. Those are most of the work, and the mails of one enrolment share them. */
export function listPending(db: Reader, mailboxId: number): PlannedSend[] {
  const rows = statement<PendingRow>(db, PENDING).all(mailboxId)
  const firsts = firstsOf(rows)
  const facts = listLeadFacts(db, [...new Set(firsts)])
  return rows.map((row, index) => {
    const factsOf = facts.get(firsts[index] ?? 0)
    if (!factsOf) throw new Error(`send ${row.id} has no lead`)
    return { ...toPlanned(row), lead: factsOf(row) }
  })
}

/** For each the first that has its facts: of the same person at the same address in the same campaign. */
function firstsOf(rows: readonly PendingRow[]): number[] {
  const byLead = new Map<number, PendingRow[]>()
  return rows.map((row) => {
    const others = byLead.get(row.lead_id)
    const first = others?.find((one) => one.campaign_id === row.campaign_id && one.identity === row.identity)
    if (first) return first.id
    if (others) others.push(row)
    else byLead.set(row.lead_id, [row])
    return row.id
  })
}

function toPlanned(row: PendingRow): Omit<PlannedSend, 'lead'> {
  const { before_id: before, delay_days: days, delay_unit: unit } = row
  return {
    ...toHead(row),
    leadId: row.lead_id,
    identity: row.identity,
    ...(row.new_identity === row.identity ? {} : { newIdentity: row.new_identity }),
    parked: row.parked,
    follows: before === null || days === null || unit === null ? null : { sendId: before, delay: { days, unit } },
    ...(row.paced_at === null ? {} : { pacedAt: row.paced_at }),
  }
}

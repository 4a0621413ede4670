/** Rows put straight into the tables, as they are: what the queries should find does not come from the queries. */
import type { Reader } from '#db/open'
import type { LeadContact, LeadReview, SendPriority, SendStage, SendStatus } from '#shared/domain/taxonomy'

export interface LeadSeed {
  readonly id?: number
  readonly identity?: string
  readonly domain?: string
  readonly review?: LeadReview
  readonly contact?: LeadContact
  readonly removedAt?: number | null
}

/** Answers the id. */
export function seedLead(db: Reader, lead: LeadSeed = {}): number {
  const { id = null, review = 'approved', contact = 'none', removedAt = null } = lead
  const count = db.$client.prepare('SELECT count(*) AS n FROM leads').get() as { n: number }
  const { identity = `person${count.n + 1}@corp.example`, domain = 'corp.example' } = lead
  const inserted = db.$client
    .prepare(
      `INSERT INTO leads (id, list_id, email, identity, domain, review, contact, basis, removed_at, created_at)
       VALUES (?, 1, ?, ?, ?, ?, ?, 'consent', ?, 1)`,
    )
    .run(id, identity, identity, domain, review, contact, removedAt)
  return Number(inserted.lastInsertRowid)
}

export interface SendSeed {
  readonly id?: number
  readonly leadId?: number
  readonly campaignId?: number
  readonly step?: number
  readonly mailboxId?: number
  readonly status?: SendStatus
  readonly stage?: SendStage
  readonly zone?: string
  readonly priority?: SendPriority
  readonly notBefore?: number
  readonly attempts?: number
  readonly pacedAt?: number | null
}

/** Answers the id. Without a `leadId` it gets a lead of its own. Each status comes with what it demands. */
export function seedSend(db: Reader, send: SendSeed = {}): number {
  const { id = null, campaignId = 1, mailboxId = 1, status = 'pending', zone = '', priority = 1, notBefore = 0 } = send
  const { attempts = 0, pacedAt = null, step = 0, leadId = seedLead(db) } = send
  const stage = status === 'processing' ? (send.stage ?? 'drafting') : null
  const hasEnded = ['sent', 'failed', 'cancelled', 'skipped'].includes(status)
  const hasFailed = status === 'failed' || status === 'uncertain'
  const inserted = db.$client
    .prepare(
      `INSERT INTO sends (id, campaign_id, step, lead_id, mailbox_id, key, to_address, to_name, status, stage, zone, priority,
         not_before, due_code, attempts, paced_at, draft_id, skipped_code, failure_code, started_at, finished_at, created_at)
       VALUES (?, ?, ?, ?, ?, ?, 'p@corp.example', 'P', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`,
    )
    .run(
      id,
      campaignId,
      step,
      leadId,
      mailboxId,
      `key ${campaignId} ${leadId} ${step}`,
      status,
      stage,
      zone,
      priority,
      notBefore,
      attempts > 0 ? 'retry' : 'scheduled',
      attempts,
      pacedAt,
      stage === 'drafted' || stage === 'sending' ? 'draft' : null,
      status === 'skipped' ? 'suppressed' : null,
      hasFailed ? 'mail.refused' : null,
      stage === 'sending' ? 1 : null,
      hasEnded ? 1 : null,
    )
  return Number(inserted.lastInsertRowid)
}

export function seedTouch(db: Reader, identity: string, at: number, sendId: number | null = null): void {
  const source = sendId === null ? 'by_hand' : 'sent'
  db.$client
    .prepare('INSERT INTO touches (identity, at, source, send_id) VALUES (?, ?, ?, ?)')
    .run(identity, at, source, sendId)
}

export function seedSuppression(db: Reader, kind: 'address' | 'domain', value: string, reason = 'by_hand'): void {
  db.$client
    .prepare('INSERT INTO suppressions (kind, value, typed, reason, created_at) VALUES (?, ?, ?, ?, 1)')
    .run(kind, value, value, reason)
}

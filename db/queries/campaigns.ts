import type { StepDelay } from '#shared/domain/step-delay'
import type {
  CampaignPause,
  CampaignStatus,
  DelayUnit,
  MissedPolicy,
  SendPriority,
  Threading,
} from '#shared/domain/taxonomy'
import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'

/** How a campaign is sent, whoever is in it. */
export interface CampaignOptions {
  readonly name: string
  /** Epoch ms; null for "now". */
  readonly scheduledAt: number | null
  readonly priority: SendPriority
  readonly useLeadZone: boolean
  readonly missed: MissedPolicy
  /** With `missed: 'expire'` only, else null. */
  readonly expiresAfterMs: number | null
}

/** Who gets what and when. */
export interface CampaignRecord extends CampaignOptions {
  readonly id: number
  readonly status: CampaignStatus
  /** In their order; a "Dispatch all" has one. */
  readonly mailboxIds: readonly number[]
  readonly requestKey: string
  /** Epoch ms; null while it is not paused. */
  readonly pausedAt: number | null
  /** Null while it is not paused, and where the rep has paused it. */
  readonly pausedBecause: CampaignPause | null
  readonly archivedAt: number | null
  /** When it was completed or cancelled, epoch ms; null while it is neither. */
  readonly endedAt: number | null
  readonly createdAt: number
}

/** Of the words of its index, so that SQLite takes that. */
const ENDED_AT = `(SELECT at FROM events INDEXED BY events_stops WHERE events.campaign_id = campaigns.id
    AND (kind = 'campaign_paused' OR kind = 'campaign_resumed' OR kind = 'campaign_cancelled' OR kind = 'campaign_completed'
      OR kind = 'enrolment_paused' OR kind = 'enrolment_resumed' OR kind = 'enrolment_removed' OR kind = 'enrolment_ended')
    AND kind IN ('campaign_cancelled', 'campaign_completed') ORDER BY id DESC LIMIT 1)`

const COLUMNS = `
  SELECT id, name, status, request_key AS requestKey, scheduled_at AS scheduledAt, priority, use_lead_zone AS useLeadZone,
    missed, expires_after_ms AS expiresAfterMs, paused_at AS pausedAt, paused_because AS pausedBecause,
    archived_at AS archivedAt, created_at AS createdAt, iif(status IN ('completed', 'cancelled'), ${ENDED_AT}, NULL) AS endedAt,
    (SELECT json_group_array(mailbox_id) FROM
      (SELECT mailbox_id FROM campaign_mailboxes WHERE campaign_id = campaigns.id ORDER BY position)) AS mailboxIds
  FROM campaigns`

type StoredCampaign = Omit<CampaignRecord, 'mailboxIds' | 'useLeadZone'> & { mailboxIds: string; useLeadZone: 0 | 1 }

function toCampaign(row: StoredCampaign): CampaignRecord {
  return { ...row, mailboxIds: JSON.parse(row.mailboxIds) as number[], useLeadZone: row.useLeadZone === 1 }
}

/** Null when there is none. */
export function findCampaign(db: Reader, campaignId: number): CampaignRecord | null {
  const row = statement<StoredCampaign>(db, `${COLUMNS} WHERE id = ?`).get(campaignId)
  return row ? toCampaign(row) : null
}

/** The campaign that a press on the button made; null when that press made none yet. */
export function findCampaignByRequest(db: Reader, requestKey: string): CampaignRecord | null {
  const row = statement<StoredCampaign>(db, `${COLUMNS} WHERE request_key = ?`).get(requestKey)
  return row ? toCampaign(row) : null
}

/** Newest first, either those in use or those put away. */
export function listCampaigns(
  db: Reader,
  { isArchived, limit }: { isArchived: boolean; limit: number },
): CampaignRecord[] {
  const sql = `${COLUMNS} WHERE (archived_at IS NOT NULL) = ? ORDER BY id DESC LIMIT ?`
  return statement<StoredCampaign>(db, sql)
    .all(isArchived ? 1 : 0, limit)
    .map(toCampaign)
}

export function insertCampaign(
  tx: Writer,
  campaign: CampaignOptions & {
    readonly status: 'draft' | 'active'
    readonly requestKey: string
    readonly createdAt: number
  },
): number {
  const row = statement<{ id: number }>(
    tx,
    `INSERT INTO campaigns (name, status, request_key, scheduled_at, priority, use_lead_zone, missed, expires_after_ms,
       created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
  ).get(
    campaign.name,
    campaign.status,
    campaign.requestKey,
    campaign.scheduledAt,
    campaign.priority,
    campaign.useLeadZone ? 1 : 0,
    campaign.missed,
    campaign.expiresAfterMs,
    campaign.createdAt,
  )
  if (!row) throw new Error('the campaign was not written')
  return row.id
}

export function updateCampaign(tx: Writer, campaignId: number, options: CampaignOptions): void {
  statement(
    tx,
    `UPDATE campaigns SET name = ?, scheduled_at = ?, priority = ?, use_lead_zone = ?, missed = ?, expires_after_ms = ?
     WHERE id = ?`,
  ).run(
    options.name,
    options.scheduledAt,
    options.priority,
    options.useLeadZone ? 1 : 0,
    options.missed,
    options.expiresAfterMs,
    campaignId,
  )
}

/** Replaces the mailboxes that take turns. */
export function setCampaignMailboxes(tx: Writer, campaignId: number, mailboxIds: readonly number[]): void {
  statement(tx, 'DELETE FROM campaign_mailboxes WHERE campaign_id = ?').run(campaignId)
  const insert = statement(tx, 'INSERT INTO campaign_mailboxes (campaign_id, mailbox_id, position) VALUES (?, ?, ?)')
  for (const [position, mailboxId] of mailboxIds.entries()) insert.run(campaignId, mailboxId, position)
}

/** Puts a campaign away, or back on the list; epoch ms or null. */
export function setArchived(tx: Writer, campaignId: number, archivedAt: number | null): void {
  statement(tx, 'UPDATE campaigns SET archived_at = ? WHERE id = ?').run(archivedAt, campaignId)
}

/** Moves a campaign out of one of `from`; false when it was in none of them. `now` epoch ms. */
export function moveCampaign(
  tx: Writer,
  campaignId: number,
  move: {
    readonly from: readonly CampaignStatus[]
    readonly to: CampaignStatus
    readonly now: number
    /** Of a pause that is not the rep's. */
    readonly because?: CampaignPause
  },
): boolean {
  const { changes } = statement(
    tx,
    `UPDATE campaigns SET status = :to, archived_at = iif(:to = 'active', NULL, archived_at),
       paused_at = CASE :to WHEN 'paused' THEN :now WHEN 'completed' THEN paused_at END,
       paused_because = CASE :to WHEN 'paused' THEN :because WHEN 'completed' THEN paused_because END
     WHERE id = :id AND status IN (SELECT value FROM json_each(:from))`,
  ).run({
    id: campaignId,
    to: move.to,
    now: move.now,
    because: move.because ?? null,
    from: JSON.stringify(move.from),
  })
  return changes === 1
}

/** Something of it waits anew: it goes on, or waits in the pause in which it ended. False when it was in none of `from`. */
export function reopenCampaign(tx: Writer, campaignId: number, from: readonly CampaignStatus[]): boolean {
  const sql = `UPDATE campaigns SET status = iif(paused_at IS NULL, 'active', 'paused'), archived_at = NULL
    WHERE id = ? AND status IN (SELECT value FROM json_each(?))`
  return statement(tx, sql).run(campaignId, JSON.stringify(from)).changes === 1
}

/** How the last mail of a campaign ended before this one; null: it is the first. */
export function findEndBefore(
  db: Reader,
  { campaignId, id }: { readonly campaignId: number; readonly id: number },
): { leadId: number; status: 'sent' | 'failed'; code: string | null; providerCode: string | null } | null {
  const found = statement<{
    leadId: number
    status: 'sent' | 'failed'
    code: string | null
    providerCode: string | null
  }>(
    db,
    `SELECT lead_id AS leadId, status, failure_code AS code, failure_provider_code AS providerCode
     FROM sends WHERE campaign_id = ? AND (status = 'sent' OR status = 'failed') AND id <> ?
     ORDER BY finished_at DESC, id DESC LIMIT 1`,
  ).get(campaignId, id)
  return found ?? null
}

/** Is anything of it still to be decided? */
export function hasUnfinished(db: Reader, campaignId: number): boolean {
  const row = statement<{ found: number }>(
    db,
    `SELECT EXISTS (SELECT 1 FROM sends WHERE campaign_id = ? AND status IN ('pending', 'processing', 'uncertain')) AS found`,
  ).get(campaignId)
  return row?.found === 1
}

/** One mail of a campaign, as it was planned. */
export interface CampaignStep {
  /** Counted from 0. */
  readonly step: number
  readonly delay: StepDelay
  readonly threading: Threading
  /** In their order; never empty. */
  readonly variants: readonly StepVariant[]
}

export interface StepVariant {
  readonly templateVersionId: number
  readonly templateId: number
  readonly templateName: string
  /** The version's number, 1 for the first. */
  readonly version: number
}

interface StepRow extends StepVariant {
  readonly step: number
  readonly days: number
  readonly unit: DelayUnit
  readonly threading: Threading
}

export function listSteps(db: Reader, campaignId: number): CampaignStep[] {
  const rows = statement<StepRow>(
    db,
    `SELECT campaign_steps.step, delay_days AS days, delay_unit AS unit, threading, template_version_id AS templateVersionId,
       template_versions.template_id AS templateId, templates.name AS templateName, template_versions.version
     FROM campaign_steps
     JOIN step_variants ON step_variants.campaign_id = campaign_steps.campaign_id
       AND step_variants.step = campaign_steps.step
     JOIN template_versions ON template_versions.id = template_version_id
     JOIN templates ON templates.id = template_versions.template_id
     WHERE campaign_steps.campaign_id = ? ORDER BY campaign_steps.step, variant`,
  ).all(campaignId)
  return [...Map.groupBy(rows, (row) => row.step)].map(([step, of]) => {
    const { days = 0, unit = 'days', threading = 'new' } = of[0] ?? {}
    const variants = of.map(({ templateVersionId, templateId, templateName, version }) => ({
      templateVersionId,
      templateId,
      templateName,
      version,
    }))
    return { step, delay: { days, unit }, threading, variants }
  })
}

/** Replaces the steps. */
export function setSteps(
  tx: Writer,
  campaignId: number,
  steps: readonly {
    readonly delay: StepDelay
    readonly threading: Threading
    readonly templateVersionIds: readonly number[]
  }[],
): void {
  statement(tx, 'DELETE FROM step_variants WHERE campaign_id = ?').run(campaignId)
  statement(tx, 'DELETE FROM campaign_steps WHERE campaign_id = ?').run(campaignId)
  const insertStep = statement(
    tx,
    'INSERT INTO campaign_steps (campaign_id, step, delay_days, delay_unit, threading) VALUES (?, ?, ?, ?, ?)',
  )
  const insertVariant = statement(
    tx,
    'INSERT INTO step_variants (campaign_id, step, variant, template_version_id) VALUES (?, ?, ?, ?)',
  )
  for (const [step, { delay, threading, templateVersionIds }] of steps.entries()) {
    insertStep.run(campaignId, step, delay.days, delay.unit, threading)
    for (const [variant, versionId] of templateVersionIds.entries())
      insertVariant.run(campaignId, step, variant, versionId)
  }
}

/** The delay before a step of a campaign; null where there is no such step. */
export function findDelay(db: Reader, campaignId: number, step: number): StepDelay | null {
  const sql = 'SELECT delay_days AS days, delay_unit AS unit FROM campaign_steps WHERE campaign_id = ? AND step = ?'
  return statement<StepDelay>(db, sql).get(campaignId, step) ?? null
}

/** Is this step's mail an answer to the one before it? */
export function isAnswer(db: Reader, campaignId: number, step: number): boolean {
  const sql = "SELECT 1 AS found FROM campaign_steps WHERE campaign_id = ? AND step = ? AND threading = 'reply'"
  return statement<{ found: 1 }>(db, sql).get(campaignId, step) !== undefined
}

/** A running campaign that does not simply go on after a sleep. */
export interface MissingCampaign {
  readonly id: number
  readonly missed: Exclude<MissedPolicy, 'spread'>
  readonly expiresAfterMs: number | null
}

export function listMissing(db: Reader): MissingCampaign[] {
  return statement<StoredCampaign>(db, `${COLUMNS} WHERE status = 'active' AND missed <> 'spread'`)
    .all()
    .map(toCampaign)
    .flatMap(({ id, missed, expiresAfterMs }) => (missed === 'spread' ? [] : [{ id, missed, expiresAfterMs }]))
}

/** Sends of a campaign by status; `retrying` are the pending ones that were tried before. */
export function countCampaign(db: Reader, campaignId: number): { byStatus: Map<string, number>; retrying: number } {
  const rows = statement<{ status: string; n: number }>(
    db,
    'SELECT status, count(*) AS n FROM sends WHERE campaign_id = ? GROUP BY status',
  ).all(campaignId)
  const retrying = statement<{ n: number }>(
    db,
    "SELECT count(*) AS n FROM sends WHERE campaign_id = ? AND status = 'pending' AND attempts > 0",
  ).get(campaignId)
  return { byStatus: new Map(rows.map((row) => [row.status, row.n])), retrying: retrying?.n ?? 0 }
}

/** When mails of a campaign were sent since `since`, epoch ms, rising. */
export function listSentSince(db: Reader, campaignId: number, since: number): number[] {
  return statement<number>(
    db,
    `SELECT finished_at FROM sends INDEXED BY sends_finished
     WHERE finished_at > ? AND status = 'sent' AND campaign_id = ? ORDER BY finished_at`,
  )
    .pluck()
    .all(since, campaignId)
}

/** What came back for the sent mail of a campaign. */
export function countOutcomes(db: Reader, campaignId: number): Map<string, number> {
  const rows = statement<{ outcome: string; n: number }>(
    db,
    "SELECT outcome, count(*) AS n FROM sends WHERE campaign_id = ? AND status = 'sent' GROUP BY outcome",
  ).all(campaignId)
  return new Map(rows.map((row) => [row.outcome, row.n]))
}

/** How one text of a step did; numbers of mails. */
export interface TextResult extends StepVariant {
  readonly step: number
  readonly sent: number
  readonly replied: number
  readonly bounced: number
  readonly optedOut: number
}

/** By the version that each mail was made from, also where the step has another text by now. Of which nothing was sent is left out. */
export function countByText(db: Reader, campaignId: number): TextResult[] {
  return statement<TextResult>(
    db,
    `SELECT step, template_version_id AS templateVersionId, templates.id AS templateId, templates.name AS templateName,
       version, count(*) AS sent, sum(outcome = 'replied') AS replied, sum(outcome = 'bounced') AS bounced,
       sum(outcome = 'opted_out') AS optedOut
     FROM sends JOIN template_versions ON template_versions.id = template_version_id
     JOIN templates ON templates.id = template_versions.template_id
     WHERE campaign_id = ? AND status = 'sent' GROUP BY step, template_version_id ORDER BY step, template_version_id`,
  ).all(campaignId)
}

/** How many people wait for each mail next, by step; steps that nobody waits for are left out. */
export function countNextSteps(db: Reader, campaignId: number): Map<number, number> {
  const rows = statement<{ step: number; people: number }>(
    db,
    `SELECT step, count(*) AS people FROM (
       SELECT min(step) AS step FROM sends WHERE campaign_id = ? AND status IN ('pending', 'processing', 'uncertain')
       GROUP BY lead_id
     ) GROUP BY step`,
  ).all(campaignId)
  return new Map(rows.map(({ step, people }) => [step, people]))
}

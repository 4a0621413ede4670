import type { CampaignStatus } from '#shared/domain/taxonomy'
import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'

/** One "Dispatch all": who gets what and when. */
export interface CampaignRecord {
  readonly id: number
  readonly name: string
  readonly status: CampaignStatus
  readonly mailboxId: number
  readonly templateName: string
  readonly requestKey: string
  /** Epoch ms; null for "now". */
  readonly scheduledAt: number | null
  readonly createdAt: number
}

const COLUMNS = `
  SELECT campaigns.id, campaigns.name, campaigns.status, campaigns.mailbox_id AS mailboxId, templates.name AS templateName,
    campaigns.request_key AS requestKey, campaigns.scheduled_at AS scheduledAt, campaigns.created_at AS createdAt
  FROM campaigns
  JOIN template_versions ON template_versions.id = campaigns.template_version_id
  JOIN templates ON templates.id = template_versions.template_id`

/** Null when there is none. */
export function findCampaign(db: Reader, campaignId: number): CampaignRecord | null {
  return statement<CampaignRecord>(db, `${COLUMNS} WHERE campaigns.id = ?`).get(campaignId) ?? null
}

/** The campaign that a press on the button made; null when that press made none yet. */
export function findCampaignByRequest(db: Reader, requestKey: string): CampaignRecord | null {
  return statement<CampaignRecord>(db, `${COLUMNS} WHERE campaigns.request_key = ?`).get(requestKey) ?? null
}

/** Newest first. */
export function listCampaigns(db: Reader, limit: number): CampaignRecord[] {
  return statement<CampaignRecord>(db, `${COLUMNS} ORDER BY campaigns.id DESC LIMIT ?`).all(limit)
}

export function insertCampaign(
  tx: Writer,
  campaign: {
    name: string
    mailboxId: number
    templateVersionId: number
    requestKey: string
    scheduledAt: number | null
    createdAt: number
  },
): number {
  const row = statement<{ id: number }>(
    tx,
    `INSERT INTO campaigns (name, status, mailbox_id, template_version_id, request_key, scheduled_at, created_at)
     VALUES (?, 'active', ?, ?, ?, ?, ?) RETURNING id`,
  ).get(
    campaign.name,
    campaign.mailboxId,
    campaign.templateVersionId,
    campaign.requestKey,
    campaign.scheduledAt,
    campaign.createdAt,
  )
  if (!row) throw new Error('the campaign was not written')
  return row.id
}

/** Moves a campaign out of one of `from`; false when it was in none of them. */
export function moveCampaign(
  tx: Writer,
  campaignId: number,
  move: { readonly from: readonly CampaignStatus[]; readonly to: CampaignStatus },
): boolean {
  const { changes } = statement(
    tx,
    'UPDATE campaigns SET status = ? WHERE id = ? AND status IN (SELECT value FROM json_each(?))',
  ).run(move.to, campaignId, JSON.stringify(move.from))
  return changes === 1
}

/** Is anything of it still to be decided? */
export function hasUnfinished(db: Reader, campaignId: number): boolean {
  const row = statement<{ found: number }>(
    db,
    `SELECT EXISTS (SELECT 1 FROM sends WHERE campaign_id = ? AND status IN ('pending', 'processing', 'uncertain')) AS found`,
  ).get(campaignId)
  return row?.found === 1
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

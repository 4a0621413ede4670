/** Mails of a draft that the rep wrote over for one person, until the campaign starts. */
import type { TemplateFormat } from '#shared/contract/templates'
import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'

export interface HandEdit {
  readonly leadId: number
  /** Counted from 0. */
  readonly step: number
  /** Whose signature stands in it. */
  readonly mailboxId: number
  /** The text that it was made from. */
  readonly templateVersionId: number
  /** Null: of an answer, which has the subject of its thread. */
  readonly subject: string | null
  readonly body: string
  readonly format: TemplateFormat
}

export interface StoredHandEdit extends HandEdit {
  readonly templateId: number
  /** Its step has another text than the one it was made from, or the campaign does not send from its mailbox any more. */
  readonly isOld: boolean
}

interface Row extends Omit<StoredHandEdit, 'isOld'> {
  readonly isOld: 0 | 1
}

const IS_OLD = `(NOT EXISTS (SELECT 1 FROM step_variants JOIN template_versions AS has ON has.id = step_variants.template_version_id
    WHERE step_variants.campaign_id = hand_edits.campaign_id AND step_variants.step = hand_edits.step
      AND has.template_id = made.template_id)
  OR EXISTS (SELECT 1 FROM template_versions AS newer WHERE newer.template_id = made.template_id AND newer.version > made.version)
  OR NOT EXISTS (SELECT 1 FROM campaign_mailboxes WHERE campaign_mailboxes.campaign_id = hand_edits.campaign_id
    AND campaign_mailboxes.mailbox_id = hand_edits.mailbox_id))`

/** By lead, then by step; `leadIds` null: of everybody. */
export function listHandEdits(
  db: Reader,
  campaignId: number,
  leadIds: readonly number[] | null = null,
): StoredHandEdit[] {
  const ids = leadIds && JSON.stringify(leadIds)
  return statement<Row>(
    db,
    `SELECT lead_id AS leadId, step, mailbox_id AS mailboxId, template_version_id AS templateVersionId,
       made.template_id AS templateId, hand_edits.subject, hand_edits.body, hand_edits.format, ${IS_OLD} AS isOld
     FROM hand_edits JOIN template_versions AS made ON made.id = template_version_id
     WHERE campaign_id = ? AND (? IS NULL OR lead_id IN (SELECT value FROM json_each(?))) ORDER BY lead_id, step`,
  )
    .all(campaignId, ids, ids)
    .map((row) => ({ ...row, isOld: row.isOld === 1 }))
}

/** In the place of the one before; the lead has to be in the campaign. */
export function saveHandEdit(tx: Writer, campaignId: number, edit: HandEdit): void {
  statement(
    tx,
    `INSERT OR REPLACE INTO hand_edits (campaign_id, lead_id, step, mailbox_id, template_version_id, subject, body, format)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    campaignId,
    edit.leadId,
    edit.step,
    edit.mailboxId,
    edit.templateVersionId,
    edit.subject,
    edit.body,
    edit.format,
  )
}

export function deleteHandEdit(
  tx: Writer,
  campaignId: number,
  { leadId, step }: Pick<HandEdit, 'leadId' | 'step'>,
): void {
  statement(tx, 'DELETE FROM hand_edits WHERE campaign_id = ? AND lead_id = ? AND step = ?').run(
    campaignId,
    leadId,
    step,
  )
}

export function deleteHandEdits(tx: Writer, campaignId: number): void {
  statement(tx, 'DELETE FROM hand_edits WHERE campaign_id = ?').run(campaignId)
}

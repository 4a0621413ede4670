/** The contacts with one person, and the rep's word that one may be written to again. */
import type { TouchSource } from '#shared/domain/taxonomy'
import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'
import { everyIdentity } from './same-person.ts'

export interface TouchView {
  /** Epoch ms. */
  readonly at: number
  readonly source: TouchSource
  readonly sendId: number | null
  /** The address it went to, where Pacemail sent it; else the person's key. */
  readonly to: string
  /** From which mailbox; null where nobody knows. */
  readonly mailboxAddress: string | null
  /** The campaign, the subject, or what an import said. */
  readonly about: string
  /** The file or mailbox that an import read; null: none. */
  readonly importName: string | null
}

/** Newest first; also under the addresses that the person has at other domains of the company. */
export function listTouchesOf(
  db: Reader,
  leadId: number,
  page: { readonly offset: number; readonly limit: number },
): { rows: TouchView[]; total: number } {
  const of = `FROM leads CROSS JOIN touches ON touches.identity IN (${everyIdentity('leads.identity')}) WHERE leads.id = ?`
  const total = statement<{ n: number }>(db, `SELECT count(*) AS n ${of}`).get(leadId)?.n ?? 0
  const rows = statement<TouchView>(
    db,
    `SELECT t.at, t.source, t.send_id AS sendId, coalesce(sends.to_address, t.identity) AS "to",
       coalesce(mailboxes.address, reader.address) AS mailboxAddress,
       coalesce(campaigns.name, nullif(t.note, ''), '') AS about, touch_imports.name AS importName
     FROM (SELECT touches.* ${of} ORDER BY touches.at DESC, touches.id DESC LIMIT ? OFFSET ?) t
     LEFT JOIN sends ON sends.id = t.send_id
     LEFT JOIN campaigns ON campaigns.id = sends.campaign_id
     LEFT JOIN mailboxes ON mailboxes.id = sends.mailbox_id
     LEFT JOIN touch_imports ON touch_imports.id = t.import_id
     LEFT JOIN mailboxes reader ON reader.id = touch_imports.mailbox_id
     ORDER BY t.at DESC, t.id DESC`,
  ).all(leadId, page.limit, page.offset)
  return { rows, total }
}

/** Null while no mailbox is there. */
export function longestCoolDownDays(db: Reader): number | null {
  const sql = "SELECT max(policy ->> 'coolDownDays') AS days FROM mailboxes WHERE removed_at IS NULL"
  return statement<{ days: number | null }>(db, sql).get()?.days ?? null
}

export interface NewOverride {
  readonly leadId: number
  /** Epoch ms, both. */
  readonly now: number
  readonly expiresAt: number
}

/** A new word takes the place of an older one. */
export function insertOverride(tx: Writer, { leadId, now, expiresAt }: NewOverride): void {
  withdrawOverride(tx, leadId, now)
  statement(tx, 'INSERT INTO cool_down_overrides (lead_id, created_at, expires_at) VALUES (?, ?, ?)').run(
    leadId,
    now,
    expiresAt,
  )
}

/** False when there is none that could still be used. */
export function withdrawOverride(tx: Writer, leadId: number, now: number): boolean {
  const used = statement<{ used: number }>(
    tx,
    'SELECT used_send_id IS NOT NULL AS used FROM cool_down_overrides WHERE lead_id = ? AND withdrawn_at IS NULL',
  ).get(leadId)
  statement(tx, 'UPDATE cool_down_overrides SET withdrawn_at = ? WHERE lead_id = ? AND withdrawn_at IS NULL').run(
    now,
    leadId,
  )
  return used?.used === 0
}

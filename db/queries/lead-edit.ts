import type { LawfulBasis } from '#shared/domain/taxonomy'
import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'
import { insertUndo, openUndo } from './undos.ts'

/** Everything about a lead that an edit may replace, as it is stored. */
export interface LeadTexts {
  readonly email: string
  readonly identity: string
  readonly domain: string
  readonly isRole: boolean
  readonly firstName: string
  readonly lastName: string
  readonly company: string
  readonly title: string
  readonly website: string
  readonly phone: string
  readonly country: string
  readonly zone: string
  readonly note: string
  readonly source: string
  readonly basis: LawfulBasis
  /** Epoch ms. */
  readonly basisAt: number | null
  readonly basisNote: string
  readonly fields: Readonly<Record<string, string>>
}

/** The live lead with this identity, if any: nobody may become two people. */
export function findLeadIdByIdentity(db: Pick<Reader, '$client'>, identity: string): number | null {
  const sql = 'SELECT id FROM leads WHERE identity = ? AND removed_at IS NULL'
  return statement<{ id: number }>(db, sql).get(identity)?.id ?? null
}

/** Null when there is none, it was removed or its list is still being saved. */
export function findLeadKey(
  db: Pick<Reader, '$client'>,
  leadId: number,
): { email: string; identity: string; domain: string; revision: number } | null {
  const sql = `SELECT email, identity, domain, revision FROM leads WHERE id = ? AND removed_at IS NULL
    AND list_id NOT IN (SELECT id FROM lists WHERE saving_since IS NOT NULL)`
  const row = statement<{ email: string; identity: string; domain: string; revision: number }>(db, sql).get(leadId)
  return row ?? null
}

/** What the undo of an edit must know. */
export const BEFORE = `json_object('email', email, 'identity', identity, 'domain', domain, 'is_role', is_role,
  'first_name', first_name, 'last_name', last_name, 'company', company, 'title', title, 'website', website,
  'phone', phone, 'country', country, 'zone', zone, 'note', note, 'fields', fields,
  'source', source, 'basis', basis, 'basis_at', basis_at, 'basis_note', basis_note)`

/** Replaces the texts of a live lead whose revision the caller has checked. Answers the undo's id. */
export function editLead(tx: Writer, leadId: number, edit: { texts: LeadTexts; now: number }): number {
  const undoId = insertUndo(tx, 'edit', edit.now)
  statement(
    tx,
    `INSERT INTO undo_leads (undo_id, lead_id, revision_before, revision, before)
     SELECT ?, id, revision, revision + 1, ${BEFORE} FROM leads WHERE id = ?`,
  ).run(undoId, leadId)
  const { texts } = edit
  statement(
    tx,
    `UPDATE leads SET email = ?, identity = ?, domain = ?, is_role = ?, first_name = ?, last_name = ?, company = ?,
       title = ?, website = ?, phone = ?, country = ?, zone = ?, note = ?, source = ?, basis = ?, basis_at = ?,
       basis_note = ?, fields = ?, revision = revision + 1
     WHERE id = ? AND removed_at IS NULL`,
  ).run(
    texts.email,
    texts.identity,
    texts.domain,
    texts.isRole ? 1 : 0,
    texts.firstName,
    texts.lastName,
    texts.company,
    texts.title,
    texts.website,
    texts.phone,
    texts.country,
    texts.zone,
    texts.note,
    texts.source,
    texts.basis,
    texts.basisAt,
    texts.basisNote,
    JSON.stringify(texts.fields),
    leadId,
  )
  openUndo(tx, undoId, 1)
  return undoId
}

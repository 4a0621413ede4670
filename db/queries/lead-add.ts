import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'
import type { LeadTexts } from './lead-edit.ts'
import { leadElsewhere } from './same-person.ts'

/** The living lead who is the person of this identity, also under another address of the company; null: nobody. */
export function findLeadOfPerson(db: Pick<Reader, '$client'>, identity: string): number | null {
  const sql = `SELECT coalesce((SELECT id FROM leads WHERE identity = :identity AND removed_at IS NULL),
    ${leadElsewhere(':identity')}) AS id`
  return statement<{ id: number | null }>(db, sql).get({ identity })?.id ?? null
}

/** The one list of all leads that came without a file; made with the first of them. */
export function listWithoutFile(tx: Writer, { name, now }: { readonly name: string; readonly now: number }): number {
  const known = statement<{ id: number }>(tx, "SELECT min(id) AS id FROM lists WHERE file_name = '' AND mapping = '[]'")
  const id = known.get()?.id ?? null
  if (id !== null) return id
  const sql =
    "INSERT INTO lists (name, file_name, mapping, counts, created_at, saving_since) VALUES (?, '', '[]', '{}', ?, NULL)"
  return Number(statement(tx, sql).run(name, now).lastInsertRowid)
}

/** An approved lead. Throws where somebody has the identity: the caller has looked. Answers the id. */
export function insertLead(
  tx: Writer,
  lead: { readonly listId: number; readonly texts: LeadTexts; readonly now: number },
): number {
  const { texts } = lead
  const sql = `INSERT INTO leads (list_id, email, identity, domain, is_role, first_name, last_name, company, title, website,
      phone, country, zone, note, source, basis, basis_at, basis_note, fields, review, created_at)
    VALUES (:listId, :email, :identity, :domain, :isRole, :firstName, :lastName, :company, :title, :website,
      :phone, :country, :zone, :note, :source, :basis, :basisAt, :basisNote, :fields, 'approved', :now)`
  const values = {
    ...texts,
    listId: lead.listId,
    now: lead.now,
    isRole: texts.isRole ? 1 : 0,
    fields: JSON.stringify(texts.fields),
  }
  return Number(statement(tx, sql).run(values).lastInsertRowid)
}

import type { Lead } from '#shared/contract/leads'
import type { MergeLead } from '#shared/domain/merge-values'
import type { Reader } from '../open.ts'
import { statement } from '../statements.ts'
import { stoppedByName, suppressedElsewhere, touchedElsewhere } from './same-person.ts'

/** The only reader of a lead's row: `leads AS l` and what other tables know about this person. */
const COLUMNS = `l.id, l.list_id, l.email, l.first_name, l.last_name, l.company, l.title, l.website, l.phone, l.country,
  l.zone, l.fields, l.note, l.source, l.basis, l.basis_at, l.basis_note, l.tags, l.review, l.contact, l.is_role, l.created_at, l.revision,
  EXISTS (SELECT 1 FROM suppressions s WHERE s.kind = 'address' AND s.value = l.identity)
    OR EXISTS (SELECT 1 FROM suppressions s WHERE s.kind = 'domain' AND s.value = l.domain)
    OR ${suppressedElsewhere('l.identity')} OR ${stoppedByName('l.company')} AS is_suppressed,
  nullif(max(coalesce((SELECT max(t.at) FROM touches t WHERE t.identity = l.identity), -1),
    coalesce(${touchedElsewhere('l.identity')}, -1)), -1) AS last_touch_at,
  (SELECT json_object('at', o.created_at, 'until', o.expires_at) FROM cool_down_overrides o WHERE o.lead_id = l.id
    AND o.withdrawn_at IS NULL AND o.used_send_id IS NULL ORDER BY o.id DESC LIMIT 1) AS allowed_again,
  (SELECT s.status FROM sends s WHERE s.lead_id = l.id ORDER BY s.id DESC LIMIT 1) AS send_status`

interface Row {
  id: number
  list_id: number
  email: string
  first_name: string
  last_name: string
  company: string
  title: string
  website: string
  phone: string
  country: string
  zone: string
  fields: string
  note: string
  source: string
  basis: Lead['basis']
  basis_at: number | null
  basis_note: string
  tags: string
  review: Lead['review']
  contact: Lead['contact']
  is_role: number
  created_at: number
  revision: number
  is_suppressed: number
  last_touch_at: number | null
  allowed_again: string | null
  send_status: Lead['sendStatus']
}

/** Null when there is none, it was removed or its list is still being saved. */
export function findLead(db: Pick<Reader, '$client'>, leadId: number): Lead | null {
  const sql = `SELECT ${COLUMNS} FROM leads l WHERE l.id = ? AND l.removed_at IS NULL
    AND l.list_id NOT IN (SELECT id FROM lists WHERE saving_since IS NOT NULL)`
  const row = statement<Row>(db, sql).get(leadId)
  return row ? toLead(row) : null
}

/** In the order of `ids`; those that are gone are left out. */
export function leadsByIds(db: Pick<Reader, '$client'>, ids: readonly number[]): Lead[] {
  const sql = `SELECT ${COLUMNS} FROM json_each(?) j CROSS JOIN leads l ON l.id = j.value
    WHERE l.removed_at IS NULL ORDER BY j.key`
  return statement<Row>(db, sql).all(JSON.stringify(ids)).map(toLead)
}

/** What a text is filled with, and where they are. */
export type FillLead = Pick<Lead, 'id' | 'zone'> & MergeLead

/** The same people, without what is known of them elsewhere: a third of the work. By id. */
export function fillLeadsByIds(db: Pick<Reader, '$client'>, ids: readonly number[]): ReadonlyMap<number, FillLead> {
  const sql = `SELECT id, email, first_name AS firstName, last_name AS lastName, company, title, website, phone, country,
      zone, fields FROM leads WHERE id IN (SELECT value FROM json_each(?)) AND removed_at IS NULL`
  const rows = statement<Omit<FillLead, 'fields'> & { fields: string }>(db, sql).all(JSON.stringify(ids))
  return new Map(
    rows.map(({ fields, ...lead }) => [lead.id, { ...lead, fields: JSON.parse(fields) as FillLead['fields'] }]),
  )
}

function toLead(row: Row): Lead {
  return {
    id: row.id as Lead['id'],
    listId: row.list_id as Lead['listId'],
    email: row.email,
    firstName: row.first_name,
    lastName: row.last_name,
    company: row.company,
    title: row.title,
    website: row.website,
    phone: row.phone,
    country: row.country,
    zone: row.zone,
    fields: JSON.parse(row.fields) as Lead['fields'],
    note: row.note,
    source: row.source,
    basis: row.basis,
    basisAt: row.basis_at,
    basisNote: row.basis_note,
    tags: JSON.parse(row.tags) as Lead['tags'],
    review: row.review,
    contact: row.contact,
    isSuppressed: row.is_suppressed === 1,
    isRole: row.is_role === 1,
    lastTouchAt: row.last_touch_at,
    allowedAgain: row.allowed_again === null ? null : (JSON.parse(row.allowed_again) as Lead['allowedAgain']),
    sendStatus: row.send_status,
    createdAt: row.created_at,
    revision: row.revision,
  }
}

/** Everything that is kept about one person, wherever it stands: to be shown, handed out or erased. */
import type { SendStatus } from '#shared/domain/taxonomy'
import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'

/** The rows that are about one person. Ids only; nothing is read twice. */
export interface PersonRows {
  readonly identity: string
  /** Also those that were removed. */
  readonly leadIds: readonly number[]
  /** To these leads, and to this person under an address that their lead has no more. */
  readonly sendIds: readonly number[]
  /** About these sends, and what this person wrote about somebody else's. */
  readonly incomingIds: readonly number[]
}

/** Looks through whole tables: a few tenths of a second for a million rows, asked for a few times a year. */
export function findPersonRows(db: Reader, identity: string, isSender: (fromAddress: string) => boolean): PersonRows {
  const leadIds = ids(db, 'SELECT id FROM leads WHERE identity = ? ORDER BY id', identity)
  const sendIds = ids(
    db,
    `SELECT id FROM sends WHERE lead_id IN (SELECT value FROM json_each(?))
     UNION SELECT id FROM sends WHERE to_identity = ? ORDER BY id`,
    JSON.stringify(leadIds),
    identity,
  )
  const about = ids(
    db,
    `SELECT id FROM incoming WHERE send_id IN (SELECT value FROM json_each(?))
     UNION SELECT id FROM incoming WHERE lead_id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(sendIds),
    JSON.stringify(leadIds),
  )
  const written = statement<{ id: number; from: string }>(db, 'SELECT id, from_address AS "from" FROM incoming')
    .all()
    .filter(({ from }) => isSender(from))
    .map(({ id }) => id)
  return { identity, leadIds, sendIds, incomingIds: [...new Set([...about, ...written])] }
}

function ids(db: Reader, sql: string, ...values: readonly (string | number)[]): number[] {
  return statement<number>(db, sql)
    .pluck()
    .all(...values)
}

/** How many of these sends there are in each status. */
export function countPersonSends(db: Reader, { sendIds }: PersonRows): Map<SendStatus, number> {
  const rows = statement<{ status: SendStatus; n: number }>(
    db,
    'SELECT status, count(*) AS n FROM sends WHERE id IN (SELECT value FROM json_each(?)) GROUP BY status',
  ).all(JSON.stringify(sendIds))
  return new Map(rows.map(({ status, n }) => [status, n]))
}

/** Those that wait, to be cancelled. */
export function listPersonPending(db: Reader, { sendIds }: PersonRows): number[] {
  return ids(
    db,
    "SELECT id FROM sends WHERE id IN (SELECT value FROM json_each(?)) AND status = 'pending'",
    JSON.stringify(sendIds),
  )
}

/** The keys of these sends: the names of their files in a practice mailbox. */
export function listPersonKeys(db: Reader, { sendIds }: PersonRows): string[] {
  return statement<string>(db, 'SELECT key FROM sends WHERE id IN (SELECT value FROM json_each(?))')
    .pluck()
    .all(JSON.stringify(sendIds))
}

export function countTouches(db: Reader, identity: string): number {
  return statement<{ n: number }>(db, 'SELECT count(*) AS n FROM touches WHERE identity = ?').get(identity)?.n ?? 0
}

/** Notes, fields and templates of others in which the address stands. They are the rep's own words and stay. */
export function countMentions(db: Reader, { identity, leadIds }: PersonRows): number {
  const sql = `SELECT (SELECT count(*) FROM leads WHERE (instr(lower(note), ?) > 0 OR instr(lower(fields), ?) > 0)
      AND id NOT IN (SELECT value FROM json_each(?)))
    + (SELECT count(*) FROM template_versions WHERE instr(lower(subject || ' ' || body), ?) > 0) AS n`
  return statement<{ n: number }>(db, sql).get(identity, identity, JSON.stringify(leadIds), identity)?.n ?? 0
}

/**
 * Empties every row about a person. The rows themselves stay, without anything personal, so that caps, figures and the
 * history of campaigns still hold and no id is given out again.
 */
export function erasePerson(tx: Writer, rows: PersonRows, now: number): void {
  const leadIds = JSON.stringify(rows.leadIds)
  const sendIds = JSON.stringify(rows.sendIds)
  statement(
    tx,
    `UPDATE leads SET email = '', identity = '', domain = '', first_name = '', last_name = '', company = '', title = '',
       website = '', phone = '', country = '', zone = '', fields = '{}', note = '', tags = '[]', is_role = 0, source = '', basis_note = '',
       removed_at = coalesce(removed_at, ?), revision = revision + 1
     WHERE id IN (SELECT value FROM json_each(?))`,
  ).run(now, leadIds)
  // Under its old key or Message-ID a late answer would be matched, and be kept with its sender.
  statement(
    tx,
    `UPDATE sends SET to_address = '(erased)', to_identity = '', to_name = '', zone = '', key = 'erased.' || id,
       draft_id = NULL, thread_id = NULL, message_id = NULL, revision = revision + 1
     WHERE id IN (SELECT value FROM json_each(?))`,
  ).run(sendIds)
  statement(
    tx,
    `UPDATE send_bodies SET subject = '', text = '', html = NULL WHERE send_id IN (SELECT value FROM json_each(?))`,
  ).run(sendIds)
  statement(tx, 'DELETE FROM dated_bodies WHERE send_id IN (SELECT value FROM json_each(?))').run(sendIds)
  statement(tx, 'DELETE FROM hand_edits WHERE lead_id IN (SELECT value FROM json_each(?))').run(leadIds)
  statement(tx, 'DELETE FROM pipeline_items WHERE identity = ?').run(rows.identity)
  // What was read into a search is one text; what it held has been taken out of it already.
  statement(tx, "UPDATE pipeline_inputs SET content = '', size_bytes = 0 WHERE instr(lower(content), ?) > 0").run(
    rows.identity,
  )
  statement(
    tx,
    `UPDATE incoming SET from_address = '', subject = '', evidence = json_object('rule', coalesce(evidence ->> '$.rule', ''))
     WHERE id IN (SELECT value FROM json_each(?))`,
  ).run(JSON.stringify(rows.incomingIds))
  statement(tx, 'DELETE FROM touches WHERE identity = ? OR send_id IN (SELECT value FROM json_each(?))').run(
    rows.identity,
    sendIds,
  )
  statement(tx, 'DELETE FROM found_touches WHERE identity = ?').run(rows.identity)
  statement(tx, "DELETE FROM suppressions WHERE kind = 'address' AND value = ?").run(rows.identity)
  statement(
    tx,
    `DELETE FROM undo_leads WHERE lead_id IN (SELECT value FROM json_each(?)) OR before ->> '$.identity' = ?`,
  ).run(leadIds, rows.identity)
  // A deleted word stays in the older pieces of the index until they are joined.
  statement(tx, "INSERT INTO leads_fts(leads_fts) VALUES ('optimize')").run()
}

/** `mark`: the keyed hash of an identity. Harmless twice. */
export function insertErased(tx: Writer, mark: string, now: number): void {
  statement(tx, 'INSERT INTO erased_people (mark, erased_at) VALUES (?, ?) ON CONFLICT DO NOTHING').run(mark, now)
}

export function isErasedMark(db: Pick<Reader, '$client'>, mark: string): boolean {
  const sql = 'SELECT 1 AS is_there FROM erased_people WHERE mark = ?'
  return statement<{ is_there: number }>(db, sql).get(mark) !== undefined
}

export function hasErased(db: Pick<Reader, '$client'>): boolean {
  return statement<{ n: number }>(db, 'SELECT EXISTS (SELECT 1 FROM erased_people) AS n').get()?.n === 1
}

/**
 * Writes the file anew, so that nothing deleted is left in unused space or in the log of writing. Blocks: about as long as
 * a backup. False: another window was reading, and what was deleted stays in the log until it has ended.
 */
export function rewriteFile(db: Reader): boolean {
  db.$client.exec('VACUUM')
  const [answer] = db.$client.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
  return answer?.busy === 0
}

const PERSON_TABLES = {
  leads: 'SELECT * FROM leads WHERE id IN (SELECT value FROM json_each(:leads))',
  sends: `SELECT sends.*, send_bodies.subject, send_bodies.text, send_bodies.html FROM sends
    LEFT JOIN send_bodies ON send_bodies.send_id = sends.id WHERE sends.id IN (SELECT value FROM json_each(:sends))`,
  hand_edits: 'SELECT * FROM hand_edits WHERE lead_id IN (SELECT value FROM json_each(:leads))',
  incoming: 'SELECT * FROM incoming WHERE id IN (SELECT value FROM json_each(:incoming))',
  events: `SELECT * FROM events WHERE send_id IN (SELECT value FROM json_each(:sends))
    OR lead_id IN (SELECT value FROM json_each(:leads)) ORDER BY id`,
  touches: 'SELECT * FROM touches WHERE identity = :identity OR send_id IN (SELECT value FROM json_each(:sends))',
  found_touches: 'SELECT * FROM found_touches WHERE identity = :identity',
  cool_down_overrides: 'SELECT * FROM cool_down_overrides WHERE lead_id IN (SELECT value FROM json_each(:leads))',
  suppressions: "SELECT * FROM suppressions WHERE kind = 'address' AND value = :identity",
  undo_leads:
    "SELECT * FROM undo_leads WHERE lead_id IN (SELECT value FROM json_each(:leads)) OR before ->> '$.identity' = :identity",
} as const

/** Every row about a person, as it is stored, by table. */
export function readPerson(db: Reader, rows: PersonRows): Record<keyof typeof PERSON_TABLES, unknown[]> {
  const bound = {
    leads: JSON.stringify(rows.leadIds),
    sends: JSON.stringify(rows.sendIds),
    incoming: JSON.stringify(rows.incomingIds),
    identity: rows.identity,
  }
  const found = Object.entries(PERSON_TABLES).map(([table, sql]) => [table, db.$client.prepare(sql).all(bound)])
  return Object.fromEntries(found) as Record<keyof typeof PERSON_TABLES, unknown[]>
}

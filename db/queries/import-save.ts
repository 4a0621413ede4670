import type { Provenance } from '#shared/contract/leads'
import type { LeadReview } from '#shared/domain/taxonomy'
import { write } from '../open.ts'
import type { Db, Writer } from '../open.ts'
import { asAppError } from '../sqlite-errors.ts'
import { statement } from '../statements.ts'
import { insertEvent } from './events.ts'
import { leadElsewhere, suppressedElsewhere, touchedElsewhere } from './same-person.ts'

/**
 * Judges staged rows against what is known by now: `suppressed`, `written_to` (touched after `touchedAfter`, epoch ms),
 * `duplicate`, in this order. Only rows that were `new` or `role` so far; safe to repeat. Writes the staging file only.
 */
export function judgeStagedRows(db: Db, file: string, range: JudgeRange): void {
  attached(db, file, () => judge(db, range))
}

/** Rows of people who were erased become `suppressed`; who they are only their keyed hash tells. */
export function barStagedRows(
  db: Db,
  file: string,
  { range, isErased }: { range: Pick<JudgeRange, 'after' | 'upTo'>; isErased: (identity: string) => boolean },
): void {
  attached(db, file, () => {
    const rows = db.$client
      .prepare(
        "SELECT line, identity FROM staging.rows WHERE line > ? AND line <= ? AND verdict NOT IN ('invalid', 'suppressed')",
      )
      .all(range.after, range.upTo) as { line: number; identity: string }[]
    const bar = db.$client.prepare(
      "UPDATE staging.rows SET verdict = 'suppressed', detail = 'this address' WHERE line = ?",
    )
    for (const { line, identity } of rows) if (isErased(identity)) bar.run(line)
  })
}

export interface JudgeRange {
  /** Lines after this one … */
  readonly after: number
  /** … up to and including this one. */
  readonly upTo: number
  readonly touchedAfter: number
}

export interface NewList {
  readonly name: string
  readonly fileName: string
  readonly mapping: readonly string[]
  /** Epoch ms. */
  readonly now: number
}

/** An unfinished list: what is put into it stays hidden until `finishList`. Answers its id. */
export function startList(tx: Writer, list: NewList): number {
  const { lastInsertRowid } = tx.$client
    .prepare(
      "INSERT INTO lists (name, file_name, mapping, counts, created_at, saving_since) VALUES (?, ?, ?, '{}', ?, ?)",
    )
    .run(list.name, list.fileName, JSON.stringify(list.mapping), list.now, list.now)
  return Number(lastInsertRowid)
}

export interface SavedPiece {
  readonly file: string
  readonly listId: number
  readonly range: JudgeRange
  /** Given to every lead, besides its own. */
  readonly tags: readonly string[]
  readonly includeRole: boolean
  readonly provenance: Provenance
  /** Also people who count as written to and are no leads yet. */
  readonly includeWritten: boolean
  readonly review: LeadReview
  /** Epoch ms. */
  readonly now: number
}

/** Judges these rows once more and makes their leads, in one transaction. Answers how many. */
export function saveStagedRows(db: Db, piece: SavedPiece): number {
  return attached(db, piece.file, () => {
    judge(db, piece.range)
    return write(db, (tx) => saveAttached(tx, piece))
  })
}

/**
 * Rows of leads for whom mail is queued already become `waiting`: what waits in another tool for them waits here too. For
 * rows that were judged.
 */
export function judgeWaiting(db: Db, file: string, range: Omit<JudgeRange, 'touchedAfter'>): void {
  attached(db, file, () =>
    db.$client
      .prepare(
        `UPDATE staging.rows SET verdict = 'waiting', detail = ''
         WHERE line > :after AND line <= :upTo AND verdict IN ('duplicate', 'written_to') AND EXISTS (
           SELECT 1 FROM main.leads l JOIN main.sends s ON s.lead_id = l.id
           WHERE l.identity = rows.identity AND l.removed_at IS NULL
             AND (s.status = 'pending' OR s.status = 'processing' OR s.status = 'uncertain'))`,
      )
      .run({ after: range.after, upTo: range.upTo }),
  )
}

/** Leads that were there before get the tags too, and are approved unless the rep rejected them. Answers how many changed. */
export function tagKnownLeads(
  db: Db,
  piece: Pick<SavedPiece, 'file' | 'tags' | 'includeWritten' | 'listId'> & Span,
): number {
  return attached(db, piece.file, () =>
    write(db, (tx) => {
      const { changes } = tx.$client
        .prepare(
          `UPDATE main.leads SET revision = revision + 1,
             review = CASE WHEN review = 'new' THEN 'approved' ELSE review END,
             tags = (SELECT json_group_array(value) FROM (
               SELECT value FROM json_each(leads.tags)
               UNION ALL
               SELECT value FROM json_each(:tags) WHERE value NOT IN (SELECT value FROM json_each(leads.tags))))
           WHERE removed_at IS NULL AND list_id <> :listId
             AND (review = 'new' OR EXISTS (
               SELECT 1 FROM json_each(:tags) WHERE value NOT IN (SELECT value FROM json_each(leads.tags))))
             AND identity IN (SELECT identity FROM staging.rows WHERE line > :after AND line <= :upTo
               AND (verdict = 'duplicate' OR :includeWritten = 1 AND verdict = 'written_to'))`,
        )
        .run({
          tags: JSON.stringify(piece.tags),
          listId: piece.listId,
          after: piece.after,
          upTo: piece.upTo,
          includeWritten: piece.includeWritten ? 1 : 0,
        })
      return changes
    }),
  )
}

interface Span {
  readonly after: number
  readonly upTo: number
}

/** Entries that are on the do-not-contact list become `duplicate`. Writes the staging file only. */
export function judgeSuppressions(db: Db, file: string, { after, upTo }: Span): void {
  attached(db, file, () =>
    db.$client
      .prepare(
        `UPDATE staging.rows SET verdict = 'duplicate', detail = ''
         WHERE line > ? AND line <= ? AND verdict = 'new' AND EXISTS (SELECT 1 FROM main.suppressions s
           WHERE s.kind = iif(rows.identity = '', 'domain', 'address')
             AND s.value = iif(rows.identity = '', rows.domain, rows.identity))`,
      )
      .run(after, upTo),
  )
}

/** Puts entries on the do-not-contact list; what is there stays as it is. Answers how many are new. */
export function saveSuppressions(db: Db, file: string, { after, upTo, now }: Span & { readonly now: number }): number {
  return attached(db, file, () =>
    write(
      db,
      (tx) =>
        tx.$client
          .prepare(
            `INSERT INTO main.suppressions (kind, value, typed, reason, created_at)
             SELECT iif(r.identity = '', 'domain', 'address'), iif(r.identity = '', r.domain, r.identity), r.email,
               'imported', ?
             FROM staging.rows r WHERE r.verdict = 'new' AND r.line > ? AND r.line <= ? ORDER BY r.line
             ON CONFLICT (kind, value) DO NOTHING`,
          )
          .run(now, after, upTo).changes,
    ),
  )
}

export interface FinishedList {
  readonly id: number
  readonly saved: number
  /** Epoch ms. */
  readonly now: number
  /** What becomes true together with the list. */
  readonly also?: ((tx: Writer) => void) | undefined
}

/** All leads are there: the list and its leads are to be seen from now on. `saved` is their number. */
export function finishList(db: Db, file: string, list: FinishedList): void {
  attached(db, file, () =>
    write(db, (tx) => {
      const counts = countsJson(tx)
      const finish = tx.$client.prepare('UPDATE main.lists SET counts = ?, saving_since = NULL WHERE id = ?')
      finish.run(counts, list.id)
      insertEvent(tx, { at: list.now, kind: 'leads_imported', data: { listId: list.id, imported: list.saved } })
      list.also?.(tx)
    }),
  )
}

/**
 * One step (20 to 30 ms) of joining the pieces of the words' index that an import has left: a search in five pieces takes
 * twice as long as in one. `isFirst` chooses what is joined. True: all of it is one piece.
 */
export function mergeWords(tx: Writer, isFirst: boolean): boolean {
  const before = countChanges(tx)
  statement(tx, "INSERT INTO leads_fts(leads_fts, rank) VALUES ('merge', ?)").run(
    isFirst ? -MERGED_PAGES : MERGED_PAGES,
  )
  // FTS5's own sign that nothing was left to do: the statement alone counts as one.
  return countChanges(tx) - before < 2
}

const MERGED_PAGES = 200

function countChanges(tx: Writer): number {
  return statement<{ n: number }>(tx, 'SELECT total_changes() AS n').get()?.n ?? 0
}

const JUDGED = `SELECT r.line AS line,
  CASE
    WHEN EXISTS (SELECT 1 FROM main.suppressions s WHERE s.kind = 'address' AND s.value = r.identity) THEN 'suppressed'
    WHEN EXISTS (SELECT 1 FROM main.suppressions s WHERE s.kind = 'domain' AND s.value = r.domain) THEN 'suppressed'
    WHEN ${suppressedElsewhere('r.identity')} THEN 'suppressed'
    WHEN EXISTS (SELECT 1 FROM main.touches t WHERE t.identity = r.identity AND t.at > :touchedAfter) THEN 'written_to'
    WHEN ${touchedElsewhere('r.identity')} > :touchedAfter THEN 'written_to'
    WHEN EXISTS (SELECT 1 FROM main.leads l WHERE l.identity = r.identity AND l.removed_at IS NULL) THEN 'duplicate'
    WHEN ${leadElsewhere('r.identity')} IS NOT NULL THEN 'duplicate'
  END AS verdict
  FROM staging.rows r WHERE r.line > :after AND r.line <= :upTo AND r.verdict IN ('new', 'role')`

const DETAIL = `CASE judged.verdict
  WHEN 'suppressed' THEN iif(
    EXISTS (SELECT 1 FROM main.suppressions s WHERE s.kind = 'address' AND s.value = rows.identity),
    'this address',
    iif(EXISTS (SELECT 1 FROM main.suppressions s WHERE s.kind = 'domain' AND s.value = rows.domain),
      'this domain', 'another domain of the company'))
  WHEN 'duplicate' THEN coalesce((SELECT 'in ' || lists.name FROM main.leads l JOIN main.lists ON lists.id = l.list_id
    WHERE l.identity = rows.identity AND l.removed_at IS NULL),
    (SELECT 'as ' || l.email FROM main.leads l WHERE l.id = ${leadElsewhere('rows.identity')}))
  ELSE '' END`

function judge(db: Db, range: JudgeRange): void {
  db.$client
    .prepare(
      `UPDATE staging.rows SET verdict = judged.verdict, detail = ${DETAIL}
       FROM (${JUDGED}) judged WHERE rows.line = judged.line AND judged.verdict IS NOT NULL`,
    )
    .run(range)
}

function saveAttached(tx: Writer, piece: SavedPiece): number {
  const { after, upTo } = piece.range
  const { changes } = tx.$client
    .prepare(
      `INSERT INTO main.leads (list_id, email, identity, domain, first_name, last_name, company, title, website, phone,
         country, zone, fields, note, source, basis, basis_at, basis_note, tags, is_role, review, created_at)
       SELECT :listId, r.email, r.identity, r.domain, r.first_name, r.last_name, r.company, r.title, r.website, r.phone,
         r.country, r.zone, r.fields, r.note, ${PROVENANCE}, ${TAGS}, r.is_role, :review, :now
       FROM staging.rows r WHERE r.line > :after AND r.line <= :upTo
         AND (r.verdict = 'new' OR (:includeRole = 1 AND r.verdict = 'role')
           OR (:includeWritten = 1 AND r.verdict = 'written_to' AND NOT EXISTS (
             SELECT 1 FROM main.leads l WHERE l.identity = r.identity AND l.removed_at IS NULL)))
       ORDER BY r.line`,
    )
    .run({
      listId: piece.listId,
      now: piece.now,
      includeRole: piece.includeRole ? 1 : 0,
      ...piece.provenance,
      includeWritten: piece.includeWritten ? 1 : 0,
      review: piece.review,
      tags: JSON.stringify(piece.tags),
      after,
      upTo,
    })
  return changes
}

/** Tags of the row first, then those of the whole import. */
const TAGS = `CASE WHEN :tags = '[]' THEN r.tags ELSE (SELECT json_group_array(value) FROM (
  SELECT value FROM json_each(r.tags)
  UNION ALL
  SELECT value FROM json_each(:tags) WHERE value NOT IN (SELECT value FROM json_each(r.tags)))) END`

/** What a row says of its own ground counts whole: the list's date or proof would be another one's. */
const PROVENANCE = `iif(r.source = '', :source, r.source), iif(r.basis = '', :basis, r.basis),
  iif(r.basis = '', :basisAt, r.basis_at), iif(r.basis = '', :basisNote, r.basis_note)`

function countsJson(tx: Writer): string {
  const sql = `SELECT json_group_object(verdict, n) AS counts
    FROM (SELECT verdict, count(*) AS n FROM staging.rows GROUP BY verdict)`
  return (tx.$client.prepare(sql).get() as { counts: string }).counts
}

/** One transaction over the real database and a staging file, which is `staging.rows` meanwhile. */
export function withStaging(db: Db, file: string, work: (tx: Writer) => void): void {
  attached(db, file, () => write(db, work))
}

/** Attached only while `work` runs: every write transaction would lock the staging file too. */
function attached<T>(db: Db, file: string, work: () => T): T {
  const { $client: client } = db
  try {
    client.prepare('ATTACH DATABASE ? AS staging').run(file)
  } catch (error) {
    throw asAppError(error)
  }
  try {
    client.pragma('staging.journal_mode = OFF')
    client.pragma('staging.synchronous = OFF')
    return work()
  } catch (error) {
    throw asAppError(error)
  } finally {
    client.exec('DETACH DATABASE staging')
  }
}

import type { PipelineItem } from '#shared/contract/pipeline'
import { PipelineVerdict } from '#shared/domain/taxonomy'
import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'

type Connected = Pick<Reader, '$client'>
export type ItemKind = 'company' | 'contact'

/** What a contact has besides its name for the search and its address. */
export interface ContactTexts {
  readonly firstName: string
  readonly lastName: string
  readonly title: string
  readonly website: string
  readonly phone: string
  readonly country: string
  readonly note: string
}

export interface NewItem {
  readonly position: number
  readonly verdict: PipelineVerdict
  readonly detail: string
  readonly company: string
  readonly companyKey: string
  readonly domain: string
  readonly email: string
  readonly identity: string
  readonly texts: Partial<ContactTexts>
  readonly source: string
}

/** Throws when a position is taken: then somebody else is at the same step. */
export function insertItem(tx: Writer, at: { runId: number; kind: ItemKind }, item: NewItem): void {
  statement(
    tx,
    `INSERT INTO pipeline_items (run_id, kind, position, verdict, detail, company, company_key, domain, email, identity,
       texts, source) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    at.runId,
    at.kind,
    item.position,
    item.verdict,
    item.detail,
    item.company,
    item.companyKey,
    item.domain,
    item.email,
    item.identity,
    JSON.stringify(item.texts),
    item.source,
  )
}

export function deleteItems(tx: Writer, at: { runId: number; kind: ItemKind }): void {
  statement(tx, 'DELETE FROM pipeline_items WHERE run_id = ? AND kind = ?').run(at.runId, at.kind)
}

/** The companies of a run that were taken. */
export function listCompanies(
  db: Connected,
  runId: number,
): { company: string; companyKey: string; domain: string; texts: string }[] {
  const sql = `SELECT company, company_key AS companyKey, domain, texts FROM pipeline_items
    WHERE run_id = ? AND kind = 'company' AND verdict = 'found' ORDER BY position`
  return statement<{ company: string; companyKey: string; domain: string; texts: string }>(db, sql).all(runId)
}

/** Contacts wait for the check again: all that have an address and are no leads yet, or only those it gave no answer for. */
export function resetChecks(tx: Writer, runId: number, which: 'all' | 'unsure'): void {
  const verdicts =
    which === 'all' ? PipelineVerdict.options.filter((verdict) => !SETTLED.has(verdict)) : (['unsure'] as const)
  statement(
    tx,
    `UPDATE pipeline_items SET verdict = 'found', detail = '' WHERE run_id = ? AND kind = 'contact'
       AND verdict IN (SELECT value FROM json_each(?))`,
  ).run(runId, JSON.stringify(verdicts))
}

/** No check changes these. */
const SETTLED: ReadonlySet<PipelineVerdict> = new Set(['found', 'unreadable', 'no_company', 'no_address', 'saved'])

export interface ContactToCheck {
  readonly id: number
  readonly position: number
  readonly email: string
  readonly identity: string
  readonly domain: string
}

/** The next contacts whose address has not been checked. */
export function listUnchecked(db: Connected, runId: number, limit: number): ContactToCheck[] {
  const sql = `SELECT id, position, email, identity, domain FROM pipeline_items
    WHERE run_id = ? AND kind = 'contact' AND verdict = 'found' ORDER BY position LIMIT ?`
  return statement<ContactToCheck>(db, sql).all(runId, limit)
}

/**
 * What is known of a person without asking anybody: in the order in which an import judges. `touchedAfter` epoch ms. Null:
 * nothing speaks against them.
 */
export function knownAgainst(
  db: Connected,
  contact: ContactToCheck & { readonly runId: number; readonly touchedAfter: number },
): { verdict: PipelineVerdict; detail: string } | null {
  const { runId, position, identity, domain, touchedAfter } = contact
  const row = statement<{ verdict: PipelineVerdict | null; detail: string }>(db, KNOWN).get(
    runId,
    identity,
    position,
    identity,
    domain,
    identity,
    touchedAfter,
    identity,
  )
  return row === undefined || row.verdict === null ? null : { verdict: row.verdict, detail: row.detail }
}

const KNOWN = `SELECT column1 AS verdict, column2 AS detail FROM (
  SELECT 1 AS place, 'repeated' AS column1, 'row ' || min(i.position) AS column2 FROM pipeline_items i
    WHERE i.run_id = ? AND i.identity = ? AND i.position < ? AND i.kind = 'contact' AND i.verdict <> 'no_company'
    HAVING count(*) > 0
  UNION ALL SELECT 2, 'suppressed', 'this address' FROM suppressions s WHERE s.kind = 'address' AND s.value = ?
  UNION ALL SELECT 3, 'suppressed', 'this domain' FROM suppressions s WHERE s.kind = 'domain' AND s.value = ?
  UNION ALL SELECT 4, 'written_to', '' FROM touches t WHERE t.identity = ? AND t.at > ?
  UNION ALL SELECT 5, 'duplicate', 'in ' || lists.name FROM leads l JOIN lists ON lists.id = l.list_id
    WHERE l.identity = ? AND l.removed_at IS NULL
) ORDER BY place LIMIT 1`

/** Only a contact that waits for its check gets a verdict. */
export function setVerdict(tx: Writer, id: number, judged: { verdict: PipelineVerdict; detail: string }): void {
  const sql = "UPDATE pipeline_items SET verdict = ?, detail = ? WHERE id = ? AND verdict = 'found'"
  statement(tx, sql).run(judged.verdict, judged.detail, id)
}

export type VerdictCounts = Record<PipelineVerdict, number>

export function countItems(db: Connected, runId: number, kind: ItemKind): VerdictCounts {
  const counts = Object.fromEntries(PipelineVerdict.options.map((verdict) => [verdict, 0])) as VerdictCounts
  const sql = 'SELECT verdict, count(*) AS n FROM pipeline_items WHERE run_id = ? AND kind = ? GROUP BY verdict'
  for (const { verdict, n } of statement<{ verdict: PipelineVerdict; n: number }>(db, sql).all(runId, kind)) {
    counts[verdict] = n
  }
  return counts
}

export interface ItemPage {
  readonly runId: number
  readonly kind: ItemKind
  readonly verdict: PipelineVerdict | null
  readonly offset: number
  readonly limit: number
}

interface Row extends Omit<PipelineItem, 'firstName' | 'lastName' | 'title'> {
  readonly texts: string
}

/** In the order of what was read. */
export function listItems(db: Connected, page: ItemPage): PipelineItem[] {
  const where = page.verdict === null ? '' : 'AND verdict = ?'
  const params = page.verdict === null ? [] : [page.verdict]
  const sql = `SELECT position, verdict, detail, company, domain, email, texts, source FROM pipeline_items
    WHERE run_id = ? AND kind = ? ${where} ORDER BY position LIMIT ? OFFSET ?`
  const rows = statement<Row>(db, sql).all(page.runId, page.kind, ...params, page.limit, page.offset)
  return rows.map(({ texts, ...row }) => {
    const { firstName = '', lastName = '', title = '' } = JSON.parse(texts) as Partial<ContactTexts>
    return { ...row, firstName, lastName, title }
  })
}

/** A contact with everything that a lead takes from it. */
export interface ContactRecord extends ContactTexts {
  readonly email: string
  readonly company: string
  readonly source: string
}

export function listContacts(db: Connected, runId: number, verdicts: readonly PipelineVerdict[]): ContactRecord[] {
  const sql = `SELECT email, company, source, texts FROM pipeline_items WHERE run_id = ? AND kind = 'contact'
    AND verdict IN (SELECT value FROM json_each(?)) ORDER BY position`
  const rows = statement<{ email: string; company: string; source: string; texts: string }>(db, sql)
  return rows.all(runId, JSON.stringify(verdicts)).map(({ texts, ...row }) => ({
    ...(JSON.parse(texts) as ContactTexts),
    ...row,
  }))
}

/** The contacts that the new list has made leads of, and the list. */
export function markSaved(tx: Writer, runId: number, listId: number): void {
  statement(
    tx,
    `UPDATE pipeline_items SET verdict = 'saved', detail = '' WHERE run_id = ? AND kind = 'contact'
       AND (verdict = 'good' OR verdict = 'role' OR verdict = 'unsure')
       AND identity IN (SELECT identity FROM leads WHERE list_id = ?)`,
  ).run(runId, listId)
  statement(tx, 'UPDATE pipeline_runs SET list_id = ? WHERE id = ?').run(listId, runId)
}

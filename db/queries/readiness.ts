/** What "Before going live" is judged by, and the mails to oneself. */
import type { DomainReport, PauseTrial, ReceivedPlace, TestMailStatus } from '#shared/domain/readiness'
import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'

export function saveDomainReport(tx: Writer, mailboxId: number, report: DomainReport): void {
  statement(
    tx,
    `INSERT INTO domain_reports (mailbox_id, report) VALUES (?, ?)
     ON CONFLICT (mailbox_id) DO UPDATE SET report = excluded.report`,
  ).run(mailboxId, JSON.stringify(report))
}

export function findDomainReport(db: Reader, mailboxId: number): DomainReport | null {
  const row = statement<{ report: string }>(db, 'SELECT report FROM domain_reports WHERE mailbox_id = ?').get(mailboxId)
  return row ? (JSON.parse(row.report) as DomainReport) : null
}

/** Was anything ever queued from this mailbox that is not forgotten: it waits, or its provider was asked? */
export function hasEverQueued(db: Reader, mailboxId: number): boolean {
  const waits = "SELECT 1 FROM sends WHERE mailbox_id = ? AND status = 'pending' LIMIT 1"
  const left = 'SELECT 1 FROM sends WHERE mailbox_id = ? AND paced_at IS NOT NULL LIMIT 1'
  return [waits, left].some((sql) => statement(db, sql).get(mailboxId) !== undefined)
}

/** The condition of the index `events_pauses`, word for word. */
const PAUSES = `(kind = 'app_paused' OR kind = 'app_resumed' OR kind = 'mailbox_paused' OR kind = 'mailbox_resumed')`

/** Enough to find the last pause of a mailbox among those of others. */
const MOST_PAUSES = 200

/** The last time that this mailbox, or everything, was paused and resumed again; null: it never was. */
export function findPauseTrial(db: Reader, mailboxId: number): PauseTrial | null {
  const rows = statement<{ at: number; kind: string }>(
    db,
    `SELECT at, kind FROM events WHERE ${PAUSES} AND (mailbox_id IS NULL OR mailbox_id = ?)
     ORDER BY id DESC LIMIT ${MOST_PAUSES}`,
  ).all(mailboxId)
  for (const [index, { at: resumedAt, kind }] of rows.entries()) {
    if (!kind.endsWith('_resumed')) continue
    const paused = rows.slice(index + 1).find((row) => scopeOf(row.kind) === scopeOf(kind))
    if (paused?.kind.endsWith('_paused'))
      return { pausedAt: paused.at, resumedAt, sent: countAsked(db, mailboxId, { from: paused.at, to: resumedAt }) }
  }
  return null
}

function scopeOf(kind: string): string {
  return kind.split('_', 1)[0] ?? ''
}

/** Mails that the provider was asked to send after one moment and before another (epoch ms). */
function countAsked(db: Reader, mailboxId: number, { from, to }: { from: number; to: number }): number {
  const sql = `SELECT count(*) AS n FROM sends
    WHERE mailbox_id = ? AND paced_at IS NOT NULL AND paced_at > ? AND paced_at < ?`
  return statement<{ n: number }>(db, sql).get(mailboxId, from, to)?.n ?? 0
}

/** A mail to the mailbox's own address. Its text is not kept: it may be written as a lead would get it. */
export interface TestMailRecord {
  readonly id: number
  readonly mailboxId: number
  readonly requestKey: string
  readonly key: string
  readonly status: TestMailStatus
  readonly providerMessageId: string | null
  readonly messageId: string | null
  readonly failureCode: string | null
  readonly providerCode: string | null
  /** Epoch ms. */
  readonly askedAt: number | null
  readonly place: ReceivedPlace | null
  readonly receivedAt: number | null
  /** The local day whose digest it is, `YYYY-MM-DD`; null: a test mail. */
  readonly digestDate: string | null
  readonly createdAt: number
}

const COLUMNS = `id, mailbox_id AS mailboxId, request_key AS requestKey, key, status,
  provider_message_id AS providerMessageId, message_id AS messageId, failure_code AS failureCode,
  provider_code AS providerCode, asked_at AS askedAt, place, received_at AS receivedAt,
  digest_date AS digestDate, created_at AS createdAt`

export function insertTestMail(
  tx: Writer,
  mail: Pick<TestMailRecord, 'mailboxId' | 'requestKey' | 'key' | 'createdAt'> & Partial<TestMailRecord>,
): number {
  const { lastInsertRowid } = statement(
    tx,
    `INSERT INTO test_mails (mailbox_id, request_key, key, digest_date, created_at)
     VALUES (@mailboxId, @requestKey, @key, @digestDate, @createdAt)`,
  ).run({ digestDate: null, ...mail })
  return Number(lastInsertRowid)
}

export function findTestMailByRequest(db: Reader, requestKey: string): TestMailRecord | null {
  const sql = `SELECT ${COLUMNS} FROM test_mails WHERE request_key = ?`
  return statement<TestMailRecord>(db, sql).get(requestKey) ?? null
}

export function getTestMail(db: Reader, id: number): TestMailRecord {
  const found = statement<TestMailRecord>(db, `SELECT ${COLUMNS} FROM test_mails WHERE id = ?`).get(id)
  if (!found) throw new Error(`test mail ${id} is missing`)
  return found
}

export function findNewestTestMail(db: Reader, mailboxId: number): TestMailRecord | null {
  const sql = `SELECT ${COLUMNS} FROM test_mails WHERE mailbox_id = ? AND digest_date IS NULL
    ORDER BY id DESC LIMIT 1`
  return statement<TestMailRecord>(db, sql).get(mailboxId) ?? null
}

/** The digest of a local day; null: there is none so far. */
export function findDigestMail(db: Reader, date: string): TestMailRecord | null {
  const sql = `SELECT ${COLUMNS} FROM test_mails WHERE digest_date = ?`
  return statement<TestMailRecord>(db, sql).get(date) ?? null
}

/** The newest day whose digest needs nothing more, whatever became of it; '' before the first. */
export function lastDigestDate(db: Reader): string {
  const sql = "SELECT max(digest_date) AS date FROM test_mails WHERE status <> 'preparing'"
  return statement<{ date: string | null }>(db, sql).get()?.date ?? ''
}

/** Those that a run which has ended left in the middle. */
export function listUnfinishedTestMails(db: Reader): TestMailRecord[] {
  const sql = `SELECT ${COLUMNS} FROM test_mails WHERE status = 'preparing' OR status = 'sending'`
  return statement<TestMailRecord>(db, sql).all()
}

/** Writes the named parts; the others stay. */
export function updateTestMail(
  tx: Writer,
  before: TestMailRecord,
  change: Partial<
    Pick<
      TestMailRecord,
      'status' | 'providerMessageId' | 'messageId' | 'failureCode' | 'providerCode' | 'askedAt' | 'place' | 'receivedAt'
    >
  >,
): TestMailRecord {
  const after = { ...before, ...change }
  statement(
    tx,
    `UPDATE test_mails SET status = @status, provider_message_id = @providerMessageId, message_id = @messageId,
       failure_code = @failureCode, provider_code = @providerCode, asked_at = @askedAt, place = @place,
       received_at = @receivedAt
     WHERE id = @id`,
  ).run(after)
  return after
}

/** Is this the key of a test mail that is over, so that a draft of it is waited for by nobody? */
export function isEndedTestMail(db: Reader, mailboxId: number, key: string): boolean {
  const sql =
    "SELECT 1 FROM test_mails WHERE key = ? AND mailbox_id = ? AND status <> 'preparing' AND status <> 'sending'"
  return statement(db, sql).get(key, mailboxId) !== undefined
}

/** Is it the key of a mail to oneself that counts against the limits under its key already? */
export function isCountedTestMail(db: Reader, mailboxId: number, key: string): boolean {
  const sql = 'SELECT 1 FROM outside_mails WHERE mailbox_id = ? AND provider_message_id = ?'
  return statement(db, sql).get(mailboxId, countedAs(key)) !== undefined
}

/** The name of a mail to oneself among those that the rep sent by other means. */
export function countedAs(key: string): string {
  return `test ${key}`
}

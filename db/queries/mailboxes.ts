import { and, eq, isNull } from 'drizzle-orm'
import type { SmtpServer } from '#shared/contract/mailboxes'
import type { Policy } from '#shared/domain/policy'
import type { MailboxKind, MailboxStatus } from '#shared/domain/taxonomy'
import type { Reader, Writer } from '../open.ts'
import { mailboxes } from '../schema/index.ts'
import { statement } from '../statements.ts'

/** An account to send from. */
export interface MailboxRecord {
  readonly id: number
  readonly kind: MailboxKind
  readonly address: string
  readonly senderName: string
  readonly signature: string
  readonly status: MailboxStatus
  /** Epoch ms, while resting. */
  readonly restingUntil: number | null
  readonly health: number
  readonly policy: Policy
  readonly smtp: SmtpServer | null
  readonly seed: number
  readonly createdAt: number
  /** Epoch ms; a removed mailbox stays for its history. */
  readonly removedAt: number | null
}

/** Those not removed, oldest first. */
export function listMailboxes(db: Reader): MailboxRecord[] {
  return db.select().from(mailboxes).where(isNull(mailboxes.removedAt)).orderBy(mailboxes.id).all()
}

/** Null when there is none or it was removed. */
export function findMailbox(db: Reader, mailboxId: number): MailboxRecord | null {
  const found = db
    .select()
    .from(mailboxes)
    .where(and(eq(mailboxes.id, mailboxId), isNull(mailboxes.removedAt)))
    .get()
  return found ?? null
}

export function insertMailbox(
  tx: Writer,
  mailbox: Omit<MailboxRecord, 'id' | 'status' | 'restingUntil' | 'health' | 'removedAt'>,
): number {
  return tx.insert(mailboxes).values(mailbox).returning({ id: mailboxes.id }).get().id
}

/** Writes the named parts; the others stay. */
export function updateMailbox(
  tx: Writer,
  mailboxId: number,
  change: Partial<Omit<MailboxRecord, 'id' | 'kind' | 'seed' | 'createdAt'>>,
): void {
  tx.update(mailboxes).set(change).where(eq(mailboxes.id, mailboxId)).run()
}

/** Is the address used by a mailbox that was not removed? */
export function isAddressTaken(db: Reader, address: string): boolean {
  const row = statement<{ id: number }>(db, 'SELECT id FROM mailboxes WHERE address = ? AND removed_at IS NULL').get(
    address,
  )
  return row !== undefined
}

/** How many sends of a mailbox are not finished: pending, in flight or uncertain. */
export function countUnfinished(db: Reader, mailboxId: number): number {
  const count = (status: string): number =>
    statement<{ n: number }>(db, `SELECT count(*) AS n FROM sends WHERE mailbox_id = ? AND status = '${status}'`).get(
      mailboxId,
    )?.n ?? 0
  return count('pending') + count('processing') + count('uncertain')
}

/** How many sends of a mailbox were put before its provider at or after `since` (epoch ms). */
export function countPaced(db: Reader, mailboxId: number, since: number): number {
  const row = statement<{ n: number }>(
    db,
    'SELECT count(*) AS n FROM sends WHERE mailbox_id = ? AND paced_at IS NOT NULL AND paced_at >= ?',
  ).get(mailboxId, since)
  return row?.n ?? 0
}

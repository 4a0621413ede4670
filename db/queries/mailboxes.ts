import { eq, isNull } from 'drizzle-orm'
import type { ImapServer, SmtpServer } from '#shared/contract/mailboxes'
import type { Policy } from '#shared/domain/policy'
import type { MailboxKind, MailboxNeed, MailboxStatus, RestReason } from '#shared/domain/taxonomy'
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
  readonly company: string
  readonly postalAddress: string
  readonly optOut: string
  readonly status: MailboxStatus
  readonly need: MailboxNeed | null
  /** Epoch ms, while resting. */
  readonly restingUntil: number | null
  readonly restReason: RestReason | null
  readonly health: number
  /** Epoch ms: what was sent before does not count for it. */
  readonly healthFrom: number
  readonly policy: Policy
  readonly smtp: SmtpServer | null
  readonly imap: ImapServer | null
  /** The largest mail that the SMTP server announced; null: none. */
  readonly mostMailBytes: number | null
  readonly mayRead: boolean
  /** So many first mails go to the provider when the machine goes to sleep, for it to send them; 0: none. */
  readonly handOver: number
  /** Other addresses of the rep in this mailbox: those they added. */
  readonly ownAddresses: string[]
  /** The same, as its provider told them. */
  readonly foundAddresses: string[]
  readonly cursor: string | null
  /** Epoch ms. */
  readonly readAt: number | null
  readonly seed: number
  readonly createdAt: number
  /** Epoch ms; a removed mailbox stays for its history. */
  readonly removedAt: number | null
}

/** Those not removed, oldest first. */
export function listMailboxes(db: Reader): MailboxRecord[] {
  return db.select().from(mailboxes).where(isNull(mailboxes.removedAt)).orderBy(mailboxes.id).all()
}

export function insertMailbox(
  tx: Writer,
  mailbox: Omit<
    MailboxRecord,
    | 'id'
    | 'status'
    | 'need'
    | 'restingUntil'
    | 'restReason'
    | 'health'
    | 'healthFrom'
    | 'handOver'
    | 'ownAddresses'
    | 'foundAddresses'
    | 'cursor'
    | 'readAt'
    | 'removedAt'
  >,
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

/** What reading has found out; the account itself stays as it is. Written often, so without a look at the rest. */
export function saveReading(
  tx: Writer,
  mailboxId: number,
  found: { readonly cursor?: string; readonly readAt?: number; readonly health?: number },
): void {
  tx.update(mailboxes).set(found).where(eq(mailboxes.id, mailboxId)).run()
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

/**
 * How many mails left a mailbox at or after `since` (epoch ms): ours that were put before its provider, what that holds for later
 * among them, and the rep's own.
 */
export function countLeft(db: Reader, mailboxId: number, since: number): number {
  const row = statement<{ n: number }>(
    db,
    'SELECT count(*) AS n FROM sends WHERE mailbox_id = ? AND paced_at IS NOT NULL AND paced_at >= ?',
  ).get(mailboxId, since)
  return (row?.n ?? 0) + countByHand(db, mailboxId, since)
}

/** How many mails left a mailbox by other programs at or after `since` (epoch ms). */
export function countByHand(db: Reader, mailboxId: number, since: number): number {
  const sql = 'SELECT count(*) AS n FROM outside_mails WHERE mailbox_id = ? AND sent_at >= ?'
  return statement<{ n: number }>(db, sql).get(mailboxId, since)?.n ?? 0
}

import type { EventKind } from '#shared/domain/taxonomy'
import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'

/** A past fact. `data` holds codes and numbers only: never an address, a text of a mail or a secret. */
export interface NewEvent {
  /** Epoch ms. */
  readonly at: number
  readonly kind: EventKind
  readonly sendId?: number | null
  readonly leadId?: number | null
  readonly campaignId?: number | null
  readonly mailboxId?: number | null
  readonly data?: Readonly<Record<string, unknown>> | null
}

/** Appends one event, in the transaction of the change that it tells of. */
export function insertEvent(tx: Writer, event: NewEvent): void {
  statement(
    tx,
    'INSERT INTO events (at, kind, send_id, lead_id, campaign_id, mailbox_id, data) VALUES (?, ?, ?, ?, ?, ?, ?)',
  ).run(
    event.at,
    event.kind,
    event.sendId ?? null,
    event.leadId ?? null,
    event.campaignId ?? null,
    event.mailboxId ?? null,
    event.data ? JSON.stringify(event.data) : null,
  )
}

/** The number of the newest event; 0: there is none. It only rises. */
export function lastEventId(db: Reader): number {
  return statement<number>(db, 'SELECT coalesce(max(id), 0) FROM events').pluck().get() ?? 0
}

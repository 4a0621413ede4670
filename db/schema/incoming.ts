import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { IncomingVerdict } from '#shared/domain/taxonomy'

/** Incoming mail that concerned a send. `evidence` holds codes and header facts, never a text of the mail. */
export const incoming = sqliteTable('incoming', {
  id: integer().primaryKey(),
  mailboxId: integer('mailbox_id').notNull(),
  providerMessageId: text('provider_message_id').notNull(),
  receivedAt: integer('received_at').notNull(),
  fromAddress: text('from_address').notNull(),
  subject: text().notNull(),
  verdict: text().$type<IncomingVerdict>().notNull(),
  /** Bounces only. */
  severity: text().$type<'hard' | 'soft' | 'blocked'>(),
  sendId: integer('send_id').notNull(),
  leadId: integer('lead_id').notNull(),
  /** How it was found to belong to the send. */
  matchedBy: text('matched_by').notNull(),
  evidence: text({ mode: 'json' }).$type<Readonly<Record<string, unknown>>>().notNull(),
  /** Automatic answers: when the person is back, epoch ms; null: not told. */
  returnsAt: integer('returns_at'),
  /** What it replaced, for the way back. */
  before: text({ mode: 'json' }).$type<Readonly<Record<string, unknown>>>().notNull(),
  createdAt: integer('created_at').notNull(),
  undoneAt: integer('undone_at'),
})

/** Mail that left a mailbox by another program; it counts against the caps. */
export const outsideMails = sqliteTable(
  'outside_mails',
  {
    mailboxId: integer('mailbox_id').notNull(),
    providerMessageId: text('provider_message_id').notNull(),
    sentAt: integer('sent_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.mailboxId, table.providerMessageId] })],
)

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { ImapServer, SmtpServer } from '#shared/contract/mailboxes'
import type { Policy } from '#shared/domain/policy'
import type {
  MailboxKind,
  MailboxNeed,
  MailboxStatus,
  RestReason,
  SuppressionKind,
  SuppressionReason,
} from '#shared/domain/taxonomy'

/** An account to send from. Passwords are in the secret store under `mailbox.<id>`. */
export const mailboxes = sqliteTable('mailboxes', {
  id: integer().primaryKey(),
  kind: text().$type<MailboxKind>().notNull(),
  address: text().notNull(),
  senderName: text('sender_name').notNull(),
  signature: text().notNull(),
  /** Who writes, as the law wants it below a first mail; '' where it is not filled in. */
  company: text().notNull().default(''),
  postalAddress: text('postal_address').notNull().default(''),
  /** The sentence that says how to opt out. */
  optOut: text('opt_out').notNull().default(''),
  status: text().$type<MailboxStatus>().notNull().default('ready'),
  /** Why it needs a sign-in; null in every other status. */
  need: text().$type<MailboxNeed>(),
  restingUntil: integer('resting_until'),
  /** Why it rests; null in every other status. */
  restReason: text('rest_reason').$type<RestReason>(),
  health: integer().notNull().default(100),
  /** What was sent before this moment does not count for the health any more, epoch ms. */
  healthFrom: integer('health_from').notNull().default(0),
  policy: text({ mode: 'json' }).$type<Policy>().notNull(),
  smtp: text({ mode: 'json' }).$type<SmtpServer>(),
  imap: text({ mode: 'json' }).$type<ImapServer>(),
  /** The largest mail that the SMTP server announced; null: it announced none, or it is no SMTP mailbox. */
  mostMailBytes: integer('most_mail_bytes'),
  /** May incoming and sent mail be read? */
  mayRead: integer('may_read', { mode: 'boolean' }).notNull().default(false),
  handOver: integer('hand_over').notNull().default(0),
  /** Other addresses of the rep in this mailbox: those they added, and those its provider told. */
  ownAddresses: text('own_addresses', { mode: 'json' }).$type<string[]>().notNull().default([]),
  foundAddresses: text('found_addresses', { mode: 'json' }).$type<string[]>().notNull().default([]),
  /** Where reading stands; the provider's, opaque. */
  cursor: text(),
  /** When it was read last, epoch ms. */
  readAt: integer('read_at'),
  /** Seeds the gaps, so that a forecast and the later run agree. */
  seed: integer().notNull(),
  createdAt: integer('created_at').notNull(),
  removedAt: integer('removed_at'),
})

/** Addresses (by identity) and domains that must never be written to. */
export const suppressions = sqliteTable('suppressions', {
  id: integer().primaryKey(),
  kind: text().$type<SuppressionKind>().notNull(),
  value: text().notNull(),
  typed: text().notNull(),
  reason: text().$type<SuppressionReason>().notNull(),
  createdAt: integer('created_at').notNull(),
})

/** Small facts of the whole app, JSON by key. */
export const settings = sqliteTable('settings', {
  key: text().primaryKey(),
  value: text({ mode: 'json' }).$type<unknown>().notNull(),
})

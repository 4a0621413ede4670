import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { DomainReport, ReceivedPlace, TestMailStatus } from '#shared/domain/readiness'
import { mailboxes } from './mailboxes.ts'

/** What the name servers said of a mailbox's domain, the last time they were asked. */
export const domainReports = sqliteTable('domain_reports', {
  mailboxId: integer('mailbox_id')
    .primaryKey()
    .references(() => mailboxes.id),
  report: text({ mode: 'json' }).$type<DomainReport>().notNull(),
})

/** Mails to the mailbox's own address. None is ever sent again. */
export const testMails = sqliteTable('test_mails', {
  id: integer().primaryKey(),
  mailboxId: integer('mailbox_id')
    .notNull()
    .references(() => mailboxes.id),
  requestKey: text('request_key').notNull(),
  key: text().notNull(),
  status: text().$type<TestMailStatus>().notNull().default('preparing'),
  providerMessageId: text('provider_message_id'),
  messageId: text('message_id'),
  failureCode: text('failure_code'),
  providerCode: text('provider_code'),
  askedAt: integer('asked_at'),
  /** Where it was found. */
  place: text().$type<ReceivedPlace>(),
  receivedAt: integer('received_at'),
  /** The local day whose digest it is, `YYYY-MM-DD`; null: a test mail. */
  digestDate: text('digest_date'),
  createdAt: integer('created_at').notNull(),
})

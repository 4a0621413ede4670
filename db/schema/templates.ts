import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { TemplateFormat } from '#shared/contract/templates'

export const templates = sqliteTable('templates', {
  id: integer().primaryKey(),
  name: text().notNull(),
  archivedAt: integer('archived_at'),
})

/** Copied into templates, which do not know them. */
export const snippets = sqliteTable('snippets', {
  id: integer().primaryKey(),
  name: text().notNull(),
  text: text().notNull(),
  updatedAt: integer('updated_at').notNull(),
})

/** Frozen: an edit makes the next version, and queued mail keeps the one it was made from. */
export const templateVersions = sqliteTable('template_versions', {
  id: integer().primaryKey(),
  templateId: integer('template_id').notNull(),
  version: integer().notNull(),
  subject: text().notNull(),
  body: text().notNull(),
  format: text().$type<TemplateFormat>().notNull(),
  createdAt: integer('created_at').notNull(),
})

/** The bytes of attached files, each kept once. Read by hash and never as part of a list: a row has up to 25 MB. */
export const attachedFiles = sqliteTable('attached_files', {
  /** SHA-256, lower-case hex. */
  hash: text().primaryKey(),
  sizeBytes: integer('size_bytes').notNull(),
  bytes: blob({ mode: 'buffer' }).notNull(),
  createdAt: integer('created_at').notNull(),
})

/** What a mail from a version carries beside its text; frozen like the version. */
export const templateAttachments = sqliteTable(
  'template_attachments',
  {
    templateVersionId: integer('template_version_id').notNull(),
    /** From 0, as the rep sees them. */
    position: integer().notNull(),
    name: text().notNull(),
    hash: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.templateVersionId, table.position] })],
)

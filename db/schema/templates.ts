import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
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

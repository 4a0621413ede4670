import type { AttachedFile, TemplateContent, TemplateFormat } from '#shared/contract/templates'
import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'
import { insertAttachments, listAttachments } from './attachments.ts'

/** A template with its newest version. */
export interface TemplateRecord {
  readonly id: number
  readonly name: string
  readonly versionId: number
  /** From 1. */
  readonly version: number
  readonly subject: string
  readonly body: string
  readonly format: TemplateFormat
  readonly attachments: readonly AttachedFile[]
  /** Epoch ms; null while in use. */
  readonly archivedAt: number | null
  /** Epoch ms of the newest version. */
  readonly updatedAt: number
}

const NEWEST = `
  SELECT templates.id, name, template_versions.id AS versionId, version, subject, body, format,
    archived_at AS archivedAt, created_at AS updatedAt
  FROM templates JOIN template_versions ON template_versions.template_id = templates.id
  WHERE version = (SELECT max(version) FROM template_versions AS newer WHERE newer.template_id = templates.id)`

type TemplateRow = Omit<TemplateRecord, 'attachments'>

function toTemplate(db: Reader, row: TemplateRow): TemplateRecord {
  return { ...row, attachments: listAttachments(db, row.versionId) }
}

/** By name. */
export function listTemplates(db: Reader, isArchived: boolean): TemplateRecord[] {
  const which = isArchived ? 'archived_at IS NOT NULL' : 'archived_at IS NULL'
  return statement<TemplateRow>(db, `${NEWEST} AND ${which} ORDER BY name`)
    .all()
    .map((row) => toTemplate(db, row))
}

/** Null when there is none. */
export function findTemplate(db: Reader, templateId: number): TemplateRecord | null {
  const row = statement<TemplateRow>(db, `${NEWEST} AND templates.id = ?`).get(templateId)
  return row ? toTemplate(db, row) : null
}

/** The id of the template in use under this name, in any case; null when it is free. */
export function findTemplateByName(db: Reader, name: string): number | null {
  const row = statement<{ id: number }>(db, 'SELECT id FROM templates WHERE name = ? AND archived_at IS NULL').get(name)
  return row?.id ?? null
}

export function insertTemplate(tx: Writer, name: string): number {
  const row = statement<{ id: number }>(tx, 'INSERT INTO templates (name) VALUES (?) RETURNING id').get(name)
  if (!row) throw new Error('the template was not written')
  return row.id
}

export function renameTemplate(tx: Writer, templateId: number, name: string): void {
  statement(tx, 'UPDATE templates SET name = ? WHERE id = ?').run(name, templateId)
}

/** `at` epoch ms; null takes it back into use. */
export function archiveTemplate(tx: Writer, templateId: number, at: number | null): void {
  statement(tx, 'UPDATE templates SET archived_at = ? WHERE id = ?').run(at, templateId)
}

/** The next version; the ones before stay as they are. */
export function insertVersion(
  tx: Writer,
  version: {
    templateId: number
    content: TemplateContent
    attachments: readonly Pick<AttachedFile, 'hash' | 'name'>[]
    createdAt: number
  },
): void {
  const { subject, body, format } = version.content
  const { lastInsertRowid } = statement(
    tx,
    `INSERT INTO template_versions (template_id, version, subject, body, format, created_at)
     SELECT ?, coalesce(max(version), 0) + 1, ?, ?, ?, ? FROM template_versions WHERE template_id = ?`,
  ).run(version.templateId, subject, body, format, version.createdAt, version.templateId)
  insertAttachments(tx, Number(lastInsertRowid), version.attachments)
}

/** Names of the custom columns in use among leads, by name. Reads every lead with such columns. */
export function listCustomFields(db: Reader): string[] {
  return statement<{ name: string }>(
    db,
    `SELECT DISTINCT j.key AS name FROM leads, json_each(leads.fields) AS j
     WHERE leads.fields <> '{}' AND leads.removed_at IS NULL ORDER BY name COLLATE NOCASE`,
  )
    .all()
    .map((row) => row.name)
}

/** One version, whether it is the newest or not; null when there is none. */
export function findVersion(db: Reader, versionId: number): TemplateContent | null {
  const sql = 'SELECT subject, body, format FROM template_versions WHERE id = ?'
  return statement<TemplateContent>(db, sql).get(versionId) ?? null
}

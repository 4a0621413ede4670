import type { AttachedFile } from '#shared/contract/templates'
import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'

/** A file with its bytes, for one mail. */
export interface FileToSend {
  readonly name: string
  readonly hash: string
  readonly bytes: Buffer
}

/** Null when there is no such file. */
export function findFileSize(db: Reader, hash: string): number | null {
  const row = statement<{ size: number }>(db, 'SELECT size_bytes AS size FROM attached_files WHERE hash = ?').get(hash)
  return row?.size ?? null
}

/** Null when there is no such file. */
export function findFileBytes(db: Reader, hash: string): Buffer | null {
  const row = statement<{ bytes: Buffer }>(db, 'SELECT bytes FROM attached_files WHERE hash = ?').get(hash)
  return row?.bytes ?? null
}

/** Harmless when it is there already: the same hash is the same file. */
export function insertFile(tx: Writer, file: { hash: string; bytes: Buffer; createdAt: number }): void {
  statement(
    tx,
    'INSERT INTO attached_files (hash, size_bytes, bytes, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  ).run(file.hash, file.bytes.length, file.bytes, file.createdAt)
}

/** What a version carries, as the rep sees it. Reads no bytes. */
export function listAttachments(db: Reader, templateVersionId: number): AttachedFile[] {
  return statement<AttachedFile>(
    db,
    `SELECT name, template_attachments.hash, size_bytes AS sizeBytes
     FROM template_attachments JOIN attached_files ON attached_files.hash = template_attachments.hash
     WHERE template_version_id = ? ORDER BY position`,
  ).all(templateVersionId)
}

/** For a version that was made in the same transaction; it never changes afterwards. */
export function insertAttachments(
  tx: Writer,
  templateVersionId: number,
  files: readonly Pick<AttachedFile, 'hash' | 'name'>[],
): void {
  for (const [position, { hash, name }] of files.entries()) {
    statement(
      tx,
      'INSERT INTO template_attachments (template_version_id, position, name, hash) VALUES (?, ?, ?, ?)',
    ).run(templateVersionId, position, name, hash)
  }
}

/** What one mail carries, as the rep sees it. Reads no bytes. */
export function listFilesOfSend(db: Reader, sendId: number): AttachedFile[] {
  return statement<AttachedFile>(
    db,
    `SELECT name, template_attachments.hash, size_bytes AS sizeBytes
     FROM sends JOIN template_attachments
       ON template_attachments.template_version_id = sends.template_version_id
     JOIN attached_files ON attached_files.hash = template_attachments.hash
     WHERE sends.id = ? ORDER BY position`,
  ).all(sendId)
}

/** The files of one mail, with their bytes. */
export function readFilesOfSend(db: Reader, sendId: number): FileToSend[] {
  return statement<FileToSend>(
    db,
    `SELECT name, attached_files.hash, bytes
     FROM sends JOIN template_attachments
       ON template_attachments.template_version_id = sends.template_version_id
     JOIN attached_files ON attached_files.hash = template_attachments.hash
     WHERE sends.id = ? ORDER BY position`,
  ).all(sendId)
}

/** Files that no version carries: added in an editor and never saved. Returns how many went. */
export function deleteUnusedFiles(tx: Writer): number {
  return statement(
    tx,
    `DELETE FROM attached_files WHERE NOT EXISTS
       (SELECT 1 FROM template_attachments WHERE template_attachments.hash = attached_files.hash)`,
  ).run().changes
}

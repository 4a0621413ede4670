/** Files that mails carry: taken in once, kept in the database under their hash, handed to each mail as they came. */
import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import yauzl from 'yauzl'
import { write } from '#db/open'
import { deleteUnusedFiles, type FileToSend, findFileBytes, findFileSize, insertFile } from '#db/queries/attachments'
import type { MailboxRecord } from '#db/queries/mailboxes'
import type { AttachedFile } from '#shared/contract/templates'
import { blockedType, mostFilesBytes, MOST_FILES, MOST_FILES_BYTES, safeFileName } from '#shared/domain/attachments'
import { AppError } from '#shared/errors'
import type { EngineContext } from '../context.ts'
import type { Received, Uploads } from '../uploads.ts'

export interface Attachments {
  /** Keeps an uploaded file. Throws `attachment.blocked`, `.too_large`, `.empty`, `file.incomplete` and `disk.full`. */
  add(uploadId: string): Promise<AttachedFile>
  /** Known files under safe names. Throws `attachment.not_found`, `.blocked`, and `.too_many` and `.too_large` for them all. */
  checked(files: readonly Pick<AttachedFile, 'hash' | 'name'>[]): AttachedFile[]
  /** The same with their bytes, for a mail from this mailbox. Throws `dispatch.attachments_too_large` as well. */
  toSend(files: readonly Pick<AttachedFile, 'hash' | 'name'>[], mailbox: MailboxRecord): FileToSend[]
  /** Removes what no template was saved with; for the start. */
  cleanUp(): void
}

export function createAttachments(
  deps: Pick<EngineContext, 'db' | 'clock'> & { readonly uploads: Uploads },
): Attachments {
  const { db } = deps

  async function add(uploadId: string): Promise<AttachedFile> {
    const received = deps.uploads.take(uploadId)
    try {
      const name = safeFileName(received.name)
      refuse(name, received)
      const bytes = await readFile(received.path)
      await refuseBlockedInside(name, bytes)
      const hash = createHash('sha256').update(bytes).digest('hex')
      write(db, (tx) => insertFile(tx, { hash, bytes, createdAt: deps.clock.now() }))
      return { hash, name, sizeBytes: bytes.length }
    } finally {
      rmSync(received.path, { force: true })
    }
  }

  function checked(files: readonly Pick<AttachedFile, 'hash' | 'name'>[]): AttachedFile[] {
    const known = files.map(({ hash, name }) => {
      const sizeBytes = findFileSize(db, hash)
      if (sizeBytes === null) throw new AppError('attachment.not_found', 'no such file', { details: { name } })
      refuseBlocked(safeFileName(name))
      return { hash, name: safeFileName(name), sizeBytes }
    })
    if (known.length > MOST_FILES) throw new AppError('attachment.too_many', `${known.length} files`)
    refuseTooLarge(sumBytes(known), known.at(-1)?.name ?? null)
    return known
  }

  function toSend(files: readonly Pick<AttachedFile, 'hash' | 'name'>[], mailbox: MailboxRecord): FileToSend[] {
    const known = checked(files)
    assertFilesFit(mailbox, known)
    return known.map(({ hash, name }) => {
      const bytes = findFileBytes(db, hash)
      if (bytes === null) throw new AppError('attachment.not_found', 'it went meanwhile', { details: { name } })
      return { hash, name, bytes }
    })
  }

  return { add, checked, toSend, cleanUp: () => void write(db, (tx) => deleteUnusedFiles(tx)) }
}

/**
 * Said before anything is queued, never by a server at night: throws `dispatch.attachments_too_large` when this mailbox
 * cannot carry these files.
 */
export function assertFilesFit(mailbox: MailboxRecord, files: readonly AttachedFile[]): void {
  const sizeBytes = sumBytes(files)
  const maxBytes = mostFilesBytes(mailbox)
  if (sizeBytes <= maxBytes) return
  const details = { sizeBytes, maxBytes, address: mailbox.address }
  throw new AppError('dispatch.attachments_too_large', `${sizeBytes} of ${maxBytes} bytes`, { details })
}

function sumBytes(files: readonly AttachedFile[]): number {
  return files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
}

function refuse(name: string, { sizeBytes }: Received): void {
  refuseBlocked(name)
  if (sizeBytes === 0) throw new AppError('attachment.empty', 'an empty file', { details: { name } })
  refuseTooLarge(sizeBytes, name)
}

function refuseBlocked(name: string): void {
  const type = blockedType(name)
  if (type !== null) throw new AppError('attachment.blocked', `.${type}`, { details: { name, type, inside: null } })
}

function refuseTooLarge(sizeBytes: number, name: string | null): void {
  if (sizeBytes <= MOST_FILES_BYTES) return
  const details = { name, sizeBytes, maxBytes: MOST_FILES_BYTES }
  throw new AppError('attachment.too_large', `${sizeBytes} bytes`, { details })
}

/** Gmail looks into archives as well (support.google.com/mail/answer/6590). What cannot be read as one is let pass. */
async function refuseBlockedInside(name: string, bytes: Buffer): Promise<void> {
  if (!/\.zip$/i.test(name)) return
  const inside = await findBlockedInside(bytes)
  if (inside === null) return
  const details = { name, type: blockedType(inside), inside: safeFileName(inside) }
  throw new AppError('attachment.blocked', 'inside a zip file', { details })
}

/** So many names are looked at. */
const MOST_ENTRIES = 10_000

async function findBlockedInside(bytes: Buffer): Promise<string | null> {
  let count = 0
  try {
    const zip = await yauzl.fromBufferPromise(bytes, { lazyEntries: true, decodeStrings: true })
    for await (const { fileName } of zip.eachEntry()) {
      if (blockedType(fileName) !== null) return fileName
      count += 1
      if (count >= MOST_ENTRIES) return null
    }
  } catch {
    return null
  }
  return null
}

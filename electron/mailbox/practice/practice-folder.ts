import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { assertKey } from '../mime.ts'

/**
 * The files of a practice mailbox. A mail is `drafts/<key>.eml` or `sent/<key>.eml`, never half of it: it is written
 * beside its name, flushed and then renamed, so that a crash at any point leaves the state before or the state after.
 */
export interface PracticeFolder {
  /** Makes the folders; safe to repeat. */
  prepare(): Promise<void>
  /** Null when the mail was not sent. */
  readSent(key: string): Promise<Buffer | null>
  readDraft(key: string): Promise<Buffer | null>
  writeDraft(key: string, bytes: Buffer): Promise<void>
  /** The moment of sending: one rename. Durable when it returns. */
  moveToSent(key: string): Promise<void>
  removeDraft(key: string): Promise<void>
  /** Keys, in no order. */
  listDrafts(): Promise<string[]>
}

export function createPracticeFolder(folder: string): PracticeFolder {
  const drafts = join(folder, 'drafts')
  const sent = sentFolder(folder)

  return {
    async prepare() {
      await mkdir(drafts, { recursive: true })
      await mkdir(sent, { recursive: true })
    },
    readSent: (key) => readOrNull(fileOf(sent, key)),
    readDraft: (key) => readOrNull(fileOf(drafts, key)),
    async writeDraft(key, bytes) {
      const path = fileOf(drafts, key)
      const unfinished = `${path}.tmp`
      await writeFlushed(unfinished, bytes)
      await rename(unfinished, path)
    },
    async moveToSent(key) {
      await rename(fileOf(drafts, key), fileOf(sent, key))
      await flushFolder(sent)
      await flushFolder(drafts)
    },
    async removeDraft(key) {
      const path = fileOf(drafts, key)
      await rm(`${path}.tmp`, { force: true })
      await rm(path, { force: true })
    },
    async listDrafts() {
      await mkdir(drafts, { recursive: true })
      const names = await readdir(drafts)
      return names.filter((name) => name.endsWith('.eml')).map((name) => name.slice(0, -'.eml'.length))
    },
  }
}

/** Where the mails of a practice mailbox lie once they are "sent". */
export function sentFolder(folder: string): string {
  return join(folder, 'sent')
}

/** Names come from our own keys only, so nothing in a mail can choose where it is written. */
function fileOf(folder: string, key: string): string {
  assertKey(key)
  return join(folder, `${key}.eml`)
}

async function readOrNull(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path)
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
}

async function writeFlushed(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, 'w')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes a rename survive a power cut. Windows cannot open a folder and does not need to: NTFS journals the rename. */
async function flushFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  } catch (error) {
    if (!['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP'].some((code) => hasCode(error, code))) throw error
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

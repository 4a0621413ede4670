import { open, readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import PostalMime, { type Email } from 'postal-mime'
import type { PracticeMail } from '#shared/contract/mailboxes'
import { parseMailDate } from '../mail-date.ts'
import { sentFolder } from './practice-folder.ts'

/** `sendId` is null: a file knows its key only, the database knows the send. */
export interface StoredMail extends PracticeMail {
  readonly key: string
}

interface Found {
  readonly fileName: string
  readonly sentAt: number
}

/** Enough for the Date header: ours is within the first kilobytes even behind the longest subject. */
const HEAD_BYTES = 16_384
/** Files open at the same time; far below the limit of 256 that macOS sets for a process. */
const AT_ONCE = 32
/** Read whole at the same time; one with its files may have 35 MB. */
const WHOLE_AT_ONCE = 4

/** What the practice mailbox "sent", newest first by the Date header, read from its files. */
export async function listPracticeMail(
  folder: string,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ rows: StoredMail[]; total: number }> {
  const found = await inBatches(await mailFiles(folder), AT_ONCE, (path) => dateFile(path))
  const newest = found
    .filter((file) => file !== null)
    .sort((a, b) => b.sentAt - a.sentAt || (a.fileName < b.fileName ? -1 : 1))
  const shown = newest.slice(page.offset, page.offset + page.limit)
  const rows = await inBatches(shown, WHOLE_AT_ONCE, (file) => readMail(folder, file))
  return { rows: rows.filter((row) => row !== null), total: newest.length }
}

async function mailFiles(folder: string): Promise<string[]> {
  const sent = sentFolder(folder)
  const names = (await nullIfGone(readdir(sent))) ?? []
  return names.filter((name) => /^[A-Za-z0-9_-]+\.eml$/.test(name)).map((name) => join(sent, name))
}

async function dateFile(path: string): Promise<Found | null> {
  const head = await nullIfGone(readHead(path))
  if (head === null) return null
  const date = /^Date: (.+)\r?$/m.exec(head.split('\r\n\r\n', 1)[0] ?? '')?.[1] ?? ''
  return { fileName: basename(path), sentAt: parseMailDate(date) ?? 0 }
}

async function readHead(path: string): Promise<string> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.toString('latin1', 0, bytesRead)
  } finally {
    await file.close()
  }
}

async function readMail(folder: string, { fileName, sentAt }: Found): Promise<StoredMail | null> {
  const bytes = await nullIfGone(readFile(join(sentFolder(folder), fileName)))
  if (bytes === null) return null
  const mail = await PostalMime.parse(bytes)
  return {
    key: basename(fileName, '.eml'),
    sendId: null,
    sentAt,
    to: recipientOf(mail),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? null,
    attachments: mail.attachments.map(({ filename, content }) => ({
      name: filename ?? '',
      sizeBytes: typeof content === 'string' ? content.length : content.byteLength,
    })),
    fileName,
  }
}

function recipientOf(mail: Email): string {
  return mail.to?.[0]?.address ?? ''
}

/** Somebody may tidy up the folder while it is read. */
async function nullIfGone<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

async function inBatches<I, O>(items: readonly I[], size: number, work: (item: I) => Promise<O>): Promise<O[]> {
  const results: O[] = []
  for (let at = 0; at < items.length; at += size) {
    results.push(...(await Promise.all(items.slice(at, at + size).map((item) => work(item)))))
  }
  return results
}

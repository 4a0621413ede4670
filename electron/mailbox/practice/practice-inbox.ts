/** The incoming half of a practice mailbox: `inbox/<moment>-<name>.eml`, newest last. Whoever puts a mail there is heard. */
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import PostalMime from 'postal-mime'
import { parseMailDate } from '../mail-date.ts'
import type { MailHead, MailReader, ReceivedMail, SentRecord } from '../mail-provider.ts'
import type { PracticeAnswer } from '../mail-room.ts'
import { practiceAnswer } from './practice-answers.ts'
import { listPracticeMail } from './practice-mail.ts'
import { sentFolder } from './practice-folder.ts'

/** Mails of one page; a rep invents them one at a time. */
const PAGE = 50

export function createPracticeReader(folder: string): MailReader {
  return {
    async changesSince({ cursor, since }) {
      const names = (await inboxNames(folder)).filter((name) => name > (cursor ?? '') && momentOf(name) >= since)
      const page = names.slice(0, PAGE)
      const heads = await Promise.all(page.map((name) => readHead(folder, name)))
      return { heads, unlisted: [], cursor: page.at(-1) ?? cursor ?? '', isMore: names.length > page.length }
    },
    async readMail(providerMessageId, mostBytes) {
      const bytes = await readOrNull(join(inboxFolder(folder), basename(providerMessageId)))
      return bytes && bytes.subarray(0, mostBytes)
    },
    // The folder shows at once what has left.
    tracesOf: () => ({ providerMessageId: null, threadId: null, messageId: null }),
    readSent: async (providerMessageId) => ({
      providerMessageId,
      threadId: null,
      messageId: providerMessageId,
    }),
    /** Nobody gets this mail: what lies among the sent ones has arrived. */
    async findReceived({ key }): Promise<ReceivedMail | null> {
      const bytes = await readOrNull(join(sentFolder(folder), `${basename(key)}.eml`))
      const date = bytes && (await PostalMime.parse(bytes)).date
      return bytes && { place: 'inbox', receivedAt: parseMailDate(date ?? '') ?? 0 }
    },
    async sentSince(since, most) {
      const { rows } = await listPracticeMail(folder, { offset: 0, limit: most })
      return rows.filter((mail) => mail.sentAt >= since).map(toRecord)
    },
    async sentBetween({ since, before }, most) {
      const { rows } = await listPracticeMail(folder, { offset: 0, limit: Number.MAX_SAFE_INTEGER })
      return rows
        .filter((mail) => mail.sentAt >= since && mail.sentAt < before)
        .slice(0, most)
        .map(toRecord)
    },
  }
}

function toRecord({ key, sentAt, to }: { key: string; sentAt: number; to: string }): SentRecord {
  return { providerMessageId: key, threadId: null, sentAt, to: [to.toLowerCase()], key }
}

/** Puts an invented answer to a "sent" mail into the inbox. False when that mail is not in the folder any more. */
export async function receivePracticeMail(folder: string, answer: PracticeAnswer): Promise<boolean> {
  const sent = await readOrNull(join(sentFolder(folder), `${basename(answer.key)}.eml`))
  if (sent === null) return false
  const inbox = inboxFolder(folder)
  await mkdir(inbox, { recursive: true })
  const path = join(inbox, `${String(answer.at).padStart(15, '0')}-${answer.verdict}-${answer.key}.eml`)
  await writeFile(`${path}.tmp`, practiceAnswer(await PostalMime.parse(sent), answer))
  await rename(`${path}.tmp`, path)
  return true
}

function inboxFolder(folder: string): string {
  return join(folder, 'inbox')
}

/** Oldest first: the names begin with the moment. */
async function inboxNames(folder: string): Promise<string[]> {
  const inbox = inboxFolder(folder)
  await mkdir(inbox, { recursive: true })
  return (await readdir(inbox)).filter((name) => /^\d{15}-[\w-]+\.eml$/.test(name)).toSorted()
}

function momentOf(name: string): number {
  return Number(name.slice(0, 15))
}

async function readHead(folder: string, name: string): Promise<MailHead> {
  const mail = await PostalMime.parse((await readOrNull(join(inboxFolder(folder), name))) ?? '')
  return {
    providerMessageId: name,
    threadId: null,
    receivedAt: parseMailDate(mail.date ?? '') ?? momentOf(name),
    from: (mail.from?.address ?? '').toLowerCase(),
    subject: mail.subject ?? '',
    messageId: mail.messageId ?? '',
    refersTo: `${mail.inReplyTo ?? ''} ${mail.references ?? ''}`.split(/\s+/).filter((id) => id !== ''),
  }
}

async function readOrNull(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** What a fake IMAP server remembers: folders of raw mails, each with a UID that is never used again. */

export interface StoredMail {
  readonly uid: number
  readonly raw: Buffer
  readonly flags: ReadonlySet<string>
  /** INTERNALDATE, epoch ms. */
  readonly receivedAt: number
  /** Not to be seen before its folder was opened so often. */
  readonly shownAfter: number
  readonly poison: Poison | null
}

/**
 * What the server cannot do with one mail. `no envelope`: it writes one that nobody can read (RFC 3501 §9 broken by a mail that
 * breaks RFC 5322); `garbled`: all its answer is so; `no`: it refuses whatever is more than flags and times; `drops`: it dies of that, as Dovecot does of a
 * broken index.
 */
export type Poison = 'no envelope' | 'garbled' | 'no' | 'drops'

export interface StoredFolder {
  readonly path: string
  /** Its special use (RFC 6154), `\Sent`; null for none. */
  readonly role: string | null
  uidValidity: number
  uidNext: number
  mails: StoredMail[]
  /** How often it was opened. */
  looks: number
}

export interface ImapStore {
  readonly folders: Map<string, StoredFolder>
  folder(path: string): StoredFolder
  create(path: string, role?: string | null): StoredFolder
  /** Puts a mail into a folder and answers its UID. It is not seen before the folder was opened `hiddenFor` times more. */
  add(path: string, mail: string | Buffer, facts?: MailFacts): number
  /** Gives every mail a new UID, as after a restored or moved mailbox. */
  renumber(path: string): void
  /** As raw text, oldest first. */
  texts(path: string): string[]
}

export interface MailFacts {
  readonly receivedAt?: number
  readonly flags?: readonly string[]
  readonly hiddenFor?: number
  readonly poison?: Poison
}

export function createImapStore(): ImapStore {
  const folders = new Map<string, StoredFolder>()
  const folder = (path: string) => {
    const found = folders.get(path)
    if (found === undefined) throw new Error(`no folder ${path}`)
    return found
  }
  return {
    folders,
    folder,
    create(path, role = null) {
      const made: StoredFolder = { path, role, uidValidity: 1_000, uidNext: 1, mails: [], looks: 0 }
      folders.set(path, made)
      return made
    },
    add(path, mail, { receivedAt = 1_767_603_600_000, flags = [], hiddenFor = 0, poison }: MailFacts = {}) {
      const into = folder(path)
      const raw = Buffer.isBuffer(mail) ? mail : Buffer.from(mail.replace(/\r?\n/g, '\r\n'), 'utf8')
      const uid = into.uidNext
      into.uidNext += 1
      into.mails.push({
        uid,
        raw,
        flags: new Set(flags),
        receivedAt,
        shownAfter: hiddenFor === 0 ? 0 : into.looks + hiddenFor,
        poison: poison ?? null,
      })
      return uid
    },
    renumber(path) {
      const into = folder(path)
      into.uidValidity += 1
      into.mails = into.mails.map((mail, index) => ({ ...mail, uid: index + 1 }))
      into.uidNext = into.mails.length + 1
    },
    texts: (path) => folder(path).mails.map(({ raw }) => raw.toString('latin1')),
  }
}

/** What a session sees of a folder when it opens it. */
export interface FolderView {
  readonly folder: StoredFolder
  /** Their order is their sequence number. */
  readonly mails: readonly StoredMail[]
  readonly uidNext: number
}

export function viewOf(folder: StoredFolder): FolderView {
  folder.looks += 1
  const mails = folder.mails.filter(({ shownAfter }) => shownAfter < folder.looks)
  const firstHidden = folder.mails.find(({ shownAfter }) => shownAfter >= folder.looks)
  return { folder, mails, uidNext: firstHidden?.uid ?? folder.uidNext }
}

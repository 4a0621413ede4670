import PostalMime, { type Email } from 'postal-mime'
import { renderMime, type Person } from '#test/fakes/graph-mime'

/** Answered as Graph's error. */
export class GraphError extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string) {
    super(code)
    this.status = status
    this.code = code
  }
}

export const FOLDERS = ['inbox', 'drafts', 'sentitems', 'deleteditems', 'junkemail'] as const
export type FolderName = (typeof FOLDERS)[number]

export interface StoredMessage {
  id: string
  /** Grows with each arrival in a folder: what delta counts by. */
  seq: number
  folder: FolderName
  isDraft: boolean
  isSubmitted: boolean
  submittedAt: number | null
  subject: string
  body: { contentType: 'text' | 'html'; content: string }
  from: Person
  to: Person[]
  cc: Person[]
  bcc: Person[]
  headers: { name: string; value: string }[]
  /** By id in lower case. */
  properties: Map<string, string>
  internetMessageId: string
  conversationId: string
  changeKey: string
  references: string[]
  receivedAt: number
  sentAt: number | null
  mime: Buffer | null
  files: readonly StoredFile[]
}

/** A file at a message. */
export interface StoredFile {
  readonly id: string
  readonly name: string
  readonly contentType: string
  readonly bytes: Buffer
  readonly isInline: boolean
}

/** One mail that really left, as its recipient gets it. */
export interface LeftMail {
  /** The value of our extended property; null for mail that was written elsewhere. */
  readonly key: string | null
  readonly to: readonly string[]
  readonly messageId: string
  readonly conversationId: string
  readonly bytes: Buffer
}

export interface StoreChoices {
  readonly owner: Person
  readonly now: () => number
  /** The extended property whose value is the key of a mail. */
  readonly keyProperty: string
}

/** PidTagDeferredSendTime. */
const DEFERRED = 'systemtime 0x3fef'

/** A mailbox of Exchange's, with everything it remembers. Numbers, not chance: every run is the same. */
export function createGraphStore({ owner, now, keyProperty }: StoreChoices) {
  const messages = new Map<string, StoredMessage>()
  const left: LeftMail[] = []
  let count = 0
  let indexed: StoredMessage[] | null = null

  const next = () => (count += 1)

  function add(fields: Partial<StoredMessage>): StoredMessage {
    const number = next()
    const message: StoredMessage = {
      id: `AAkALgAA-${number}`,
      seq: number,
      folder: 'drafts',
      isDraft: true,
      isSubmitted: false,
      submittedAt: null,
      subject: '',
      body: { contentType: 'text', content: '' },
      from: owner,
      to: [],
      cc: [],
      bcc: [],
      headers: [],
      properties: new Map(),
      internetMessageId: `<AM0PR0${number}@AM0PR0.eurprd.prod.outlook.example>`,
      conversationId: `AAQkAD-${number}`,
      changeKey: `CQ-${number}`,
      references: [],
      receivedAt: now(),
      sentAt: null,
      mime: null,
      files: [],
      ...fields,
    }
    messages.set(message.id, message)
    return message
  }

  function get(id: string): StoredMessage {
    const message = messages.get(id)
    if (message === undefined) throw new GraphError(404, 'ErrorItemNotFound')
    return message
  }

  function change(message: StoredMessage, fields: Partial<StoredMessage>): StoredMessage {
    if (!store.keepsDeferredTime) fields.properties?.delete(DEFERRED)
    return Object.assign(message, fields, { changeKey: `CQ-${next()}` })
  }

  function move(message: StoredMessage, folder: FolderName): void {
    change(message, { folder, seq: next() })
  }

  const store = {
    owner,
    /** Other addresses of the account; null: a personal one, which tells none. */
    aliases: null as readonly string[] | null,
    left,
    /** Exchange reports the same id after sending, or another one: documented, and observed otherwise (§5.2). */
    keepsIdOnSend: true,
    /** Messages that Exchange breaks over, by id: 500 for each of them, and for every page that tells more than ids and times. */
    poison: new Set<string>(),
    /** False: a delta query leaves the headers of a mail out, though they are asked for. */
    tellsHeadersInDelta: true,
    /** False: 202 was answered and transport has not picked the mail up yet; the submit bit is set. */
    isTransportQuick: true,
    /** False: a held message leaves at its time although it was deleted. That DELETE cancels is documented nowhere (§7). */
    deletingCancels: true,
    /** How long after its time a held message leaves, ms. */
    lateByMs: 0,
    /** False: PidTagDeferredSendTime is taken and forgotten. */
    keepsDeferredTime: true,
    add,
    get,
    change,
    all: () => [...messages.values()],
    /** Each file makes another version of the message. */
    attach: (
      message: StoredMessage,
      file: Omit<StoredFile, 'id' | 'isInline'> & { isInline?: boolean },
    ): StoredFile => {
      if (!message.isDraft) throw new GraphError(400, 'ErrorInvalidPropertySet')
      const stored = { isInline: false, ...file, id: `ATT-${next()}` }
      change(message, { files: [...message.files, stored] })
      return stored
    },
    detach: (message: StoredMessage, fileId: string): void => {
      const files = message.files.filter(({ id }) => id !== fileId)
      if (files.length === message.files.length) throw new GraphError(404, 'ErrorItemNotFound')
      change(message, { files })
    },
    /** What filters see: the index, which may lag behind (§5.2, "may take time"). */
    indexed: () => indexed ?? [...messages.values()],
    /** From now on filters see the mailbox as it is now, until `catchUp`. */
    lag: () => {
      indexed = [...messages.values()].map((message) => structuredClone(message))
    },
    catchUp: () => {
      indexed = null
    },
    remove: (id: string) => move(get(id), 'deleteditems'),
    /** Gone for good, from Deleted Items too. */
    purge: (id: string) => {
      get(id)
      messages.delete(id)
    },
    /**
     * 202: from here on the mail leaves. What a second send of the same message does is documented nowhere (§5.2); this fake
     * is the worst case and sends it again.
     */
    submit: async (id: string) => {
      const message = get(id)
      if (message.to.length === 0) throw new GraphError(400, 'ErrorInvalidRecipients')
      if (message.from.address.toLowerCase() !== owner.address) throw new GraphError(403, 'ErrorSendAsDenied')
      change(message, { isSubmitted: true, submittedAt: now() })
      if (store.isTransportQuick && heldUntil(message) <= now()) await transport(message)
    },
    /** Transport picks up what was submitted, other than what is held until a time that has not come. */
    deliverQueued: async () => {
      for (const message of messages.values()) {
        const isCancelled = message.folder === 'deleteditems' && store.deletingCancels
        if (message.isSubmitted && !isCancelled && heldUntil(message) <= now()) await transport(message)
      }
    },
    /** What was held leaves by itself once its time has come, whether or not anybody asks. */
    passTime: async () => {
      if (store.isTransportQuick) await store.deliverQueued()
    },
    /** Held until later, and not deleted. */
    held: () => [...messages.values()].filter((message) => message.isSubmitted && message.folder !== 'deleteditems'),
    receive: async (mail: ReceivedMail | Buffer) => {
      const { bytes, folder, receivedAt } = await received(mail, owner, now())
      const parsed = await PostalMime.parse(bytes)
      return add({ ...fieldsOf(parsed), folder, receivedAt, isDraft: false, mime: bytes }).id
    },
  }

  /** MS-OXOMSG 2.2.3.4: until then it stays in Drafts; a time that has passed means at once. */
  function heldUntil(message: StoredMessage): number {
    const value = message.properties.get(DEFERRED)
    return value === undefined ? 0 : Date.parse(value) + store.lateByMs
  }

  async function transport(message: StoredMessage): Promise<void> {
    // What was held left at its time, although nobody has asked for hours.
    const heldTo = heldUntil(message)
    const sentAt = heldTo > (message.submittedAt ?? 0) ? heldTo : now()
    const bytes = await renderMime(message, sentAt)
    // Picked up twice, and gone meanwhile.
    if (!message.isSubmitted) return
    left.push({
      key: message.properties.get(keyProperty.toLowerCase()) ?? null,
      to: [...message.to, ...message.cc, ...message.bcc].map(({ address }) => address),
      messageId: message.internetMessageId,
      conversationId: message.conversationId,
      bytes,
    })
    if (!store.keepsIdOnSend) {
      messages.delete(message.id)
      message.id = `${message.id}-sent`
      messages.set(message.id, message)
    }
    change(message, { isDraft: false, isSubmitted: false, sentAt, folder: 'sentitems', seq: next() })
  }

  return store
}

export type GraphStore = ReturnType<typeof createGraphStore>

/** A mail that comes in. */
export interface ReceivedMail {
  readonly from: string
  readonly subject?: string
  readonly text?: string
  readonly messageId?: string
  readonly inReplyTo?: string
  readonly folder?: FolderName
  /** Epoch ms. */
  readonly at?: number
}

async function received(mail: ReceivedMail | Buffer, owner: Person, now: number) {
  if (Buffer.isBuffer(mail)) return { bytes: mail, folder: 'inbox' as const, receivedAt: now }
  const lines = [
    `From: ${mail.from}`,
    `To: ${owner.address}`,
    `Subject: ${mail.subject ?? ''}`,
    `Message-ID: ${mail.messageId ?? `<${mail.subject ?? 'mail'}@corp.example>`.replaceAll(' ', '-')}`,
    ...(mail.inReplyTo === undefined ? [] : [`In-Reply-To: ${mail.inReplyTo}`, `References: ${mail.inReplyTo}`]),
    '',
    mail.text ?? '',
    '',
  ]
  return { bytes: Buffer.from(lines.join('\r\n')), folder: mail.folder ?? 'inbox', receivedAt: mail.at ?? now }
}

/** The fields that Exchange takes from MIME. */
export function fieldsOf(mail: Email): Partial<StoredMessage> {
  const html = mail.html
  return {
    subject: mail.subject ?? '',
    body: html ? { contentType: 'html', content: html } : { contentType: 'text', content: mail.text ?? '' },
    from: { name: mail.from?.name ?? '', address: mail.from?.address ?? '' },
    to: (mail.to ?? []).map(({ name, address }) => ({ name: name ?? '', address: address ?? '' })),
    references: mail.references?.split(/\s+/) ?? [],
    ...(mail.messageId ? { internetMessageId: mail.messageId } : {}),
  }
}

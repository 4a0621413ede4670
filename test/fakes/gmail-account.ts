import { addressParser } from 'postal-mime'

/** A message as Gmail keeps it. */
export interface StoredMessage {
  readonly id: string
  readonly threadId: string
  readonly labelIds: readonly string[]
  readonly raw: Buffer
  /** Epoch ms. */
  readonly internalDate: number
  readonly historyId: string
}

/** A mail that really left. */
export interface LeftMail {
  readonly id: string
  readonly threadId: string
  /** Everyone in its headers. */
  readonly to: readonly string[]
  /** As it left: with Gmail's own Message-ID. */
  readonly raw: Buffer
}

export interface HistoryRecord {
  readonly id: string
  readonly added: StoredMessage
}

export interface IncomingMail {
  readonly from: string
  readonly subject: string
  readonly text?: string
  /** The Message-ID it answers; it joins that thread. */
  readonly inReplyTo?: string
  /** INBOX unless it is said otherwise. */
  readonly labelIds?: readonly string[]
  /** The whole mail, instead of all above but `labelIds`. */
  readonly raw?: Buffer
}

/** The memory of one Gmail account. What a person does in Gmail's own page is called "by hand". */
export interface GmailAccount {
  readonly address: string
  /** Other addresses that it may send as. */
  readonly aliases: string[]
  /** Everything that really left, in order, whoever sent it. */
  readonly left: readonly LeftMail[]
  readonly messages: ReadonlyMap<string, StoredMessage>
  /** Message ids by draft id. */
  readonly drafts: ReadonlyMap<string, string>
  /** Message ids of drafts that were sent, by draft id: what a lagging look still shows. */
  readonly consumed: ReadonlyMap<string, StoredMessage>
  readonly history: readonly HistoryRecord[]
  readonly historyId: string
  /** History before this id is forgotten. */
  readonly oldestHistoryId: string
  /** Messages that Gmail's server breaks over, by id: 500 whenever one of them is asked for. */
  readonly poison: Set<string>
  /** Gmail may drop headers it does not know; nobody documented that it keeps them (providers.md §5.1, [LIVE?]). */
  dropsOwnHeaders: boolean
  /** "typically only id and threadId populated" (gmail/v1.d.ts, history.list); in practice labels come as well. */
  historyTellsLabels: boolean

  createDraft(raw: Buffer, threadId: string | null): { draftId: string; message: StoredMessage } | null
  updateDraft(draftId: string, raw: Buffer): StoredMessage | null
  /** Null when there is no such draft; throws what a mail without a recipient is refused with. */
  sendDraft(draftId: string): StoredMessage | 'no recipient' | null
  deleteDraft(draftId: string): boolean
  receive(mail: IncomingMail): StoredMessage
  /** The draft's id and its message's id change, the thread stays (google_workspace_mcp#943). */
  editDraftByHand(draftId: string, change: (raw: Buffer) => Buffer): string
  /** A mail written in Gmail's own page. */
  sendByHand(raw: Buffer, threadId?: string): StoredMessage
  /** "in some rare circumstances valid for only a few hours" (Gmail, history.list). */
  forgetHistory(): void
}

const SENT = ['SENT']
const DRAFT = ['DRAFT']

interface Memory {
  readonly address: string
  readonly messages: Map<string, StoredMessage>
  readonly drafts: Map<string, string>
  readonly consumed: Map<string, StoredMessage>
  readonly history: HistoryRecord[]
  readonly left: LeftMail[]
  /** Ids of all kinds grow from here. */
  count: number
  historyId: number
  oldestHistoryId: number
  dropsOwnHeaders: boolean
  historyTellsLabels: boolean
  readonly now: () => number
}

export function createGmailAccount(address: string, now: () => number): GmailAccount {
  const memory: Memory = {
    address,
    messages: new Map(),
    drafts: new Map(),
    consumed: new Map(),
    history: [],
    left: [],
    count: 0,
    historyId: 1_000,
    oldestHistoryId: 1_000,
    dropsOwnHeaders: false,
    historyTellsLabels: true,
    now,
  }
  return {
    address,
    aliases: [],
    poison: new Set(),
    left: memory.left,
    messages: memory.messages,
    drafts: memory.drafts,
    consumed: memory.consumed,
    history: memory.history,
    get historyId() {
      return String(memory.historyId)
    },
    get oldestHistoryId() {
      return String(memory.oldestHistoryId)
    },
    get dropsOwnHeaders() {
      return memory.dropsOwnHeaders
    },
    set dropsOwnHeaders(drops) {
      memory.dropsOwnHeaders = drops
    },
    get historyTellsLabels() {
      return memory.historyTellsLabels
    },
    set historyTellsLabels(tells) {
      memory.historyTellsLabels = tells
    },
    createDraft: (raw, threadId) => createDraft(memory, raw, threadId),
    updateDraft: (draftId, raw) => updateDraft(memory, draftId, raw),
    sendDraft: (draftId) => sendDraft(memory, draftId),
    deleteDraft: (draftId) => deleteDraft(memory, draftId),
    receive: (mail) => receive(memory, mail),
    editDraftByHand: (draftId, change) => editByHand(memory, draftId, change),
    sendByHand: (raw, threadId) => leave(memory, raw, threadId ?? newId(memory)),
    forgetHistory: () => {
      memory.historyId += 1
      memory.oldestHistoryId = memory.historyId
    },
  }
}

function createDraft(memory: Memory, raw: Buffer, threadId: string | null) {
  if (threadId !== null && ![...memory.messages.values()].some((message) => message.threadId === threadId)) return null
  const thread = threadId !== null && belongsTo(memory, raw, threadId) ? threadId : newId(memory)
  const message = add(memory, { raw, threadId: thread, labelIds: DRAFT })
  const draftId = newDraftId(memory)
  memory.drafts.set(draftId, message.id)
  return { draftId, message }
}

/** Thread, References and subject must all agree, or the message starts a new thread (`Schema$Message.threadId`). */
function belongsTo(memory: Memory, raw: Buffer, threadId: string): boolean {
  const thread = [...memory.messages.values()].filter((message) => message.threadId === threadId)
  const ids = new Set(thread.map((message) => headerIn(message.raw, 'Message-ID')))
  const references = `${headerIn(raw, 'References')} ${headerIn(raw, 'In-Reply-To')}`.match(/<[^<>]+>/g) ?? []
  const subject = bareSubject(raw)
  return references.some((id) => ids.has(id)) && thread.some((message) => bareSubject(message.raw) === subject)
}

function updateDraft(memory: Memory, draftId: string, raw: Buffer): StoredMessage | null {
  const old = draftMessage(memory, draftId)
  if (old === null) return null
  memory.messages.delete(old.id)
  const message = add(memory, { raw, threadId: old.threadId, labelIds: DRAFT })
  memory.drafts.set(draftId, message.id)
  return message
}

function sendDraft(memory: Memory, draftId: string): StoredMessage | 'no recipient' | null {
  const draft = draftMessage(memory, draftId)
  if (draft === null) return null
  if (recipientsIn(draft.raw).length === 0) return 'no recipient'
  memory.consumed.set(draftId, draft)
  deleteDraft(memory, draftId)
  return leave(memory, draft.raw, draft.threadId)
}

function deleteDraft(memory: Memory, draftId: string): boolean {
  const draft = draftMessage(memory, draftId)
  if (draft === null) return false
  memory.messages.delete(draft.id)
  memory.drafts.delete(draftId)
  memory.historyId += 1
  return true
}

function editByHand(memory: Memory, draftId: string, change: (raw: Buffer) => Buffer): string {
  const draft = draftMessage(memory, draftId)
  if (draft === null) throw new Error('no such draft')
  deleteDraft(memory, draftId)
  const message = add(memory, { raw: change(draft.raw), threadId: draft.threadId, labelIds: DRAFT })
  const next = newDraftId(memory)
  memory.drafts.set(next, message.id)
  return next
}

/** "a new message with an updated ID is created with the SENT label" (Gmail drafts guide), under a new Message-ID. */
function leave(memory: Memory, raw: Buffer, threadId: string): StoredMessage {
  const sent = withOwnMessageId(memory, memory.dropsOwnHeaders ? withoutOwnHeaders(raw) : raw)
  // A mail to oneself is one message with the labels of both sides.
  const labelIds = recipientsIn(sent).includes(memory.address) ? [...SENT, 'INBOX', 'UNREAD'] : SENT
  const message = add(memory, { raw: sent, threadId, labelIds })
  memory.left.push({ id: message.id, threadId, to: recipientsIn(sent), raw: sent })
  return message
}

function receive(memory: Memory, mail: IncomingMail): StoredMessage {
  const raw = mail.raw ?? written(memory, mail)
  const answered = headerIn(raw, 'In-Reply-To')
  const thread = [...memory.messages.values()].find((message) => headerIn(message.raw, 'Message-ID') === answered)
  return add(memory, {
    raw,
    threadId: thread?.threadId ?? newId(memory),
    labelIds: mail.labelIds ?? ['INBOX', 'UNREAD'],
  })
}

function written(memory: Memory, { from, subject, text = 'Hello', inReplyTo }: IncomingMail): Buffer {
  const answers = inReplyTo === undefined ? [] : [`In-Reply-To: ${inReplyTo}`, `References: ${inReplyTo}`]
  const id = `Message-ID: <in-${memory.count + 1}@elsewhere.example>`
  return Buffer.from(
    [`From: ${from}`, 'To: rita@pacemail.example', `Subject: ${subject}`, id, ...answers, '', text].join('\r\n'),
  )
}

function add(memory: Memory, parts: Pick<StoredMessage, 'raw' | 'threadId' | 'labelIds'>): StoredMessage {
  memory.historyId += 1
  const historyId = String(memory.historyId)
  const message = { ...parts, id: newId(memory), internalDate: memory.now(), historyId }
  memory.messages.set(message.id, message)
  memory.history.push({ id: historyId, added: message })
  return message
}

function draftMessage(memory: Memory, draftId: string): StoredMessage | null {
  return memory.messages.get(memory.drafts.get(draftId) ?? '') ?? null
}

/** 16 hex digits, as Gmail's are. */
function newId(memory: Memory): string {
  memory.count += 1
  return (0x19a0_0000_0000_0000n + BigInt(memory.count)).toString(16)
}

function newDraftId(memory: Memory): string {
  memory.count += 1
  return `r-${7_000_000_000_000_000_000n + BigInt(memory.count)}`
}

/** Gmail replaces the Message-ID of what is sent through its API (providers.md §5.1). */
function withOwnMessageId(memory: Memory, raw: Buffer): Buffer {
  const own = `Message-ID: <CAKq${memory.count.toString(36)}x@mail.gmail.com>`
  return onHeader(raw, (header) =>
    /^Message-ID:/im.test(header) ? header.replace(/^Message-ID:.*$/im, own) : `${own}\r\n${header}`,
  )
}

function withoutOwnHeaders(raw: Buffer): Buffer {
  return onHeader(raw, (header) => header.replace(/^X-[^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*/gim, ''))
}

function onHeader(raw: Buffer, change: (header: string) => string): Buffer {
  const text = raw.toString('latin1')
  const end = text.indexOf('\r\n\r\n') + 2
  return Buffer.from(change(text.slice(0, end)) + text.slice(end), 'latin1')
}

/** Name and value of every header, unfolded, in order. */
export function headersIn(raw: Buffer): { name: string; value: string }[] {
  const text = raw.toString('utf8')
  const end = text.indexOf('\r\n\r\n')
  const lines = text
    .slice(0, end === -1 ? text.length : end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  return lines.flatMap((line) => {
    const colon = line.indexOf(':')
    return colon <= 0 ? [] : [{ name: line.slice(0, colon), value: line.slice(colon + 1).trim() }]
  })
}

export function headerIn(raw: Buffer, name: string): string {
  return headersIn(raw).find((header) => header.name.toLowerCase() === name.toLowerCase())?.value ?? ''
}

function bareSubject(raw: Buffer): string {
  return headerIn(raw, 'Subject').replace(/^(?:re: *)+/i, '')
}

function recipientsIn(raw: Buffer): string[] {
  const headers = ['To', 'Cc', 'Bcc'].map((name) => headerIn(raw, name)).filter((value) => value !== '')
  return headers.flatMap((value) => addressParser(value, { flatten: true }).map(({ address }) => address ?? ''))
}

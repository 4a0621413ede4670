import type { Person } from '#test/fakes/graph-mime'
import { GraphError, type FolderName, type GraphStore, type StoredMessage } from '#test/fakes/graph-store'

/** Messages as Graph writes and reads them. Strict: what is not documented is refused, so that no test passes by luck. */

/** Ids: the immutable one, or one that holds in one folder only, by the request's `Prefer` (outlook-immutable-id.md). */
export function wireId(message: StoredMessage, prefer: string): string {
  return isImmutable(prefer) ? message.id : `${message.id}@${message.folder}`
}

export function findByWireId(store: GraphStore, id: string): StoredMessage {
  const [immutable = '', folder] = id.split('@')
  const message = store.get(immutable)
  if (folder !== undefined && folder !== message.folder) throw new GraphError(404, 'ErrorItemNotFound')
  return message
}

export function isImmutable(prefer: string): boolean {
  return prefer.includes('IdType="ImmutableId"')
}

const KNOWN_FIELDS = new Set(
  'id,isDraft,parentFolderId,internetMessageId,conversationId,changeKey,subject,body,from,sender,toRecipients,ccRecipients,bccRecipients,receivedDateTime,sentDateTime,isRead,internetMessageHeaders'.split(
    ',',
  ),
)

export function toWire(message: StoredMessage, query: URLSearchParams, prefer: string): object {
  const all: Record<string, unknown> = {
    '@odata.etag': `W/"${message.changeKey}"`,
    id: wireId(message, prefer),
    isDraft: message.isDraft,
    isRead: true,
    parentFolderId: folderId(message.folder),
    internetMessageId: message.internetMessageId,
    conversationId: message.conversationId,
    changeKey: message.changeKey,
    subject: message.subject,
    body: message.body,
    from: recipient(message.from),
    sender: recipient(message.from),
    toRecipients: message.to.map(recipient),
    ccRecipients: message.cc.map(recipient),
    bccRecipients: message.bcc.map(recipient),
    receivedDateTime: wireTime(message.receivedAt),
    sentDateTime: wireTime(message.sentAt ?? message.receivedAt),
    internetMessageHeaders: wireHeaders(message),
  }
  return { ...selected(all, query.get('$select')), ...expanded(message, query.get('$expand')) }
}

export function folderId(folder: FolderName): string {
  return `AQMkAD-${folder}`
}

/** As they came; the message resource: "returned only on applying a $select query option". */
function wireHeaders({ mime, headers }: StoredMessage): { name: string; value: string }[] {
  const lines =
    mime
      ?.toString('latin1')
      .split(/\r?\n\r?\n/, 1)[0]
      ?.replace(/\r?\n[ \t]+/g, ' ')
      .split(/\r?\n/) ?? []
  const told = lines.flatMap((line) => {
    const [, name, value] = /^([^\s:]+):\s*(.*)$/.exec(line) ?? []
    return name === undefined || value === undefined ? [] : [{ name, value }]
  })
  return [...told, ...headers]
}

function withoutHeaders({ internetMessageHeaders: _headers, ...others }: Record<string, unknown>): object {
  return others
}

function wireTime(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
}

function selected(all: Record<string, unknown>, select: string | null): object {
  if (select === null) return withoutHeaders(all)
  const names = select.split(',')
  if (!names.every((name) => KNOWN_FIELDS.has(name))) throw new GraphError(400, 'BadRequest')
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => name === 'id' || name.startsWith('@') || names.includes(name)),
  )
}

/** singlevaluelegacyextendedproperty-get: only by `$expand` with a filter by id; absent when the message has none of them. */
function expanded(message: StoredMessage, expand: string | null): object {
  if (expand === null) return {}
  const filter = /^singleValueExtendedProperties\(\$filter=(.+)\)$/.exec(expand)?.[1]
  const ids = filter?.split(' or ').map((one) => /^id eq '(.+)'$/.exec(one)?.[1])
  if (ids === undefined) throw new GraphError(400, 'BadRequest')
  const properties = ids.flatMap((id) => {
    if (id === undefined) throw new GraphError(400, 'BadRequest')
    const value = propertyOf(message, id)
    return value === undefined ? [] : [{ id, value }]
  })
  return properties.length === 0 ? {} : { singleValueExtendedProperties: properties }
}

/** PidTagMessageFlags (MS-OXCMSG §2.2.1.6): read 1, submitted 4, unsent 8. */
function propertyOf(message: StoredMessage, id: string): string | undefined {
  if (id.toLowerCase() === 'integer 0x0e07') {
    return String(1 + (message.isSubmitted ? 4 : 0) + (message.isDraft ? 8 : 0))
  }
  const value = message.properties.get(id.toLowerCase())
  // A time comes back as Exchange writes times.
  return id.startsWith('SystemTime') && value !== undefined ? wireTime(Date.parse(value)) : value
}

function recipient({ name, address }: Person): object {
  return { emailAddress: { name: name || address, address } }
}

/** The messages that `$filter` names: the two look-ups by filter, and times. Anything else is a bad request. */
export function filterOf(filter: string | null): (message: StoredMessage) => boolean {
  if (filter === null) return () => true
  const property = /^singleValueExtendedProperties\/Any\(ep: ep\/id eq '(.+)' and ep\/value eq '(.+)'\)$/.exec(filter)
  if (property) return (message) => propertyOf(message, property[1] ?? '') === property[2]
  const messageId = /^internetMessageId eq '(.+)'$/.exec(filter)?.[1]
  if (messageId !== undefined) return (message) => message.internetMessageId === messageId.replaceAll("''", "'")
  const [first = '', second] = filter.split(/ and (?=sentDateTime lt )/)
  if (second !== undefined) {
    const before = Date.parse(second.slice('sentDateTime lt '.length))
    const isSince = filterOf(first)
    return (message) => isSince(message) && (message.sentAt ?? 0) < before
  }
  const time = /^(receivedDateTime|sentDateTime) ge (\S+)$/.exec(filter)
  const at = Date.parse(time?.[2] ?? '')
  if (time === null || Number.isNaN(at)) throw new GraphError(400, 'BadRequest')
  return (message) => (time[1] === 'sentDateTime' ? (message.sentAt ?? 0) : message.receivedAt) >= at
}

/** What may be written into a draft (message-update.md); headers only when it is made (user-post-messages). */
export function fromWire(body: unknown, isNew: boolean): Partial<StoredMessage> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new GraphError(400, 'BadRequest')
  const fields: Partial<StoredMessage> = {}
  for (const [name, value] of Object.entries(body)) Object.assign(fields, fieldOf(name, value, isNew))
  return fields
}

function fieldOf(name: string, value: unknown, isNew: boolean): Partial<StoredMessage> {
  switch (name) {
    case 'subject':
      return { subject: String(value) }
    case 'body':
      return { body: bodyOf(value) }
    case 'from':
      return { from: personOf(value) }
    case 'toRecipients':
      return { to: (value as unknown[]).map(personOf) }
    case 'ccRecipients':
      return { cc: (value as unknown[]).map(personOf) }
    case 'bccRecipients':
      return { bcc: (value as unknown[]).map(personOf) }
    case 'singleValueExtendedProperties':
      return {
        properties: new Map((value as { id: string; value: string }[]).map((one) => [propertyId(one.id), one.value])),
      }
    case 'internetMessageHeaders':
      if (!isNew) throw new GraphError(400, 'BadRequest')
      return { headers: headersOf(value as { name: string; value: string }[]) }
    default:
      throw new GraphError(400, 'BadRequest')
  }
}

function bodyOf(value: unknown): StoredMessage['body'] {
  const { contentType, content } = value as { contentType: string; content: string }
  if (!/^(?:text|html)$/i.test(contentType)) throw new GraphError(400, 'BadRequest')
  return { contentType: contentType.toLowerCase() as 'text' | 'html', content }
}

function personOf(value: unknown): Person {
  const { name = '', address } = (value as { emailAddress: { name?: string; address: string } }).emailAddress
  if (!/^[^\s@<>,;]+@[^\s@<>,;]+$/.test(address)) throw new GraphError(400, 'ErrorInvalidRecipients')
  return { name, address }
}

/** extended-properties-overview.md: a type, then a tag or a set with a name. */
function propertyId(id: string): string {
  if (!/^\w+ (?:0x[0-9A-Fa-f]{1,8}|\{[0-9A-Fa-f-]{36}\} (?:Name \S+|Id 0x[0-9A-Fa-f]+))$/.test(id)) {
    throw new GraphError(400, 'ErrorInvalidProperty')
  }
  return id.toLowerCase()
}

/** freescout-mail365#7: `x-` names only, five at most. */
function headersOf(headers: { name: string; value: string }[]): { name: string; value: string }[] {
  if (headers.length > 5) throw new GraphError(400, 'InvalidInternetMessageHeaderCollection')
  if (!headers.every(({ name }) => /^x-/i.test(name))) throw new GraphError(400, 'InvalidInternetMessageHeader')
  return headers
}

import { headerIn, headersIn, type GmailAccount, type StoredMessage } from './gmail-account.ts'
import { apiError, REFUSES, type Answer, type Mood } from './gmail-moods.ts'

/** Methods of the Gmail API (v1) that the fake knows, and the requests to Google's other doors. */
export type Operation =
  | 'auth'
  | 'token'
  | 'revoke'
  | 'profile'
  | 'drafts.create'
  | 'drafts.get'
  | 'drafts.list'
  | 'drafts.update'
  | 'drafts.delete'
  | 'drafts.send'
  | 'messages.get'
  | 'messages.list'
  | 'threads.get'
  | 'history.list'
  | 'sendAs.list'

export interface ApiCall {
  readonly operation: Operation
  /** The id in the path; empty where there is none. */
  readonly id: string
  readonly query: URLSearchParams
  readonly body: unknown
  readonly shows: Mood['shows']
}

const ROUTES: readonly [string, RegExp, Operation][] = [
  ['GET', /^\/profile$/, 'profile'],
  ['POST', /^\/drafts$/, 'drafts.create'],
  ['POST', /^\/drafts\/send$/, 'drafts.send'],
  ['GET', /^\/drafts$/, 'drafts.list'],
  ['GET', /^\/drafts\/([^/]+)$/, 'drafts.get'],
  ['PUT', /^\/drafts\/([^/]+)$/, 'drafts.update'],
  ['DELETE', /^\/drafts\/([^/]+)$/, 'drafts.delete'],
  ['GET', /^\/messages$/, 'messages.list'],
  ['GET', /^\/messages\/([^/]+)$/, 'messages.get'],
  ['GET', /^\/threads\/([^/]+)$/, 'threads.get'],
  ['GET', /^\/history$/, 'history.list'],
  ['GET', /^\/settings\/sendAs$/, 'sendAs.list'],
]

const ROOT = '/gmail/v1/users/me'
/** The same methods with the mail beside their JSON (developers.google.com/gmail/api/guides/uploads). */
const UPLOAD_ROOT = '/upload/gmail/v1/users/me'
/** Above it Google recommends the upload address; what its plain address still takes is documented nowhere. */
const MOST_JSON_BYTES = 8_000_000
/** `users.drafts.create` in the API's discovery document. */
const MOST_UPLOAD_BYTES = 36_700_160

/** Which method a request asks for; null where it is none of them. */
export function readRoute(method: string, path: string): { operation: Operation; id: string } | null {
  const root = [ROOT, UPLOAD_ROOT].find((one) => path.startsWith(one))
  if (root === undefined) return null
  for (const [wanted, pattern, operation] of ROUTES) {
    const match = pattern.exec(path.slice(root.length))
    if (root === UPLOAD_ROOT && operation !== 'drafts.create' && operation !== 'drafts.update') continue
    if (match !== null && method === wanted) return { operation, id: decodeURIComponent(match[1] ?? '') }
  }
  return null
}

/** The JSON of a request; of an upload its JSON and the mail, as if the mail had been in it. Null: more than is taken. */
export function readBody(contentType: string, body: string): unknown {
  if (body === '') return {}
  const boundary = /^multipart\/related; boundary=([\w-]+)$/.exec(contentType)?.[1]
  if (boundary === undefined) return body.length > MOST_JSON_BYTES ? null : (JSON.parse(body) as unknown)
  const [, head = '', mail = '', end] = body.split(`--${boundary}`)
  if (end !== '--' || !/^\r\ncontent-type: message\/rfc822\r\n\r\n/i.test(mail)) throw new Error('not an upload')
  const { message } = JSON.parse(contentOf(head)) as DraftBody
  const raw = contentOf(mail)
  return raw.length > MOST_UPLOAD_BYTES
    ? null
    : { message: { ...message, raw: Buffer.from(raw).toString('base64url') } }
}

/** After the empty line, without the line break that belongs to the boundary. */
function contentOf(part: string): string {
  return part.slice(part.indexOf('\r\n\r\n') + 4, -2)
}

export const TOO_LARGE: Answer = apiError(413, 'uploadTooLarge', 'Request too large', 'INVALID_ARGUMENT')(0)

/** `drafts.*` and the profile need `compose` or `readonly` as the shipped `gmail/v1.d.ts` says; reading needs `readonly`. */
export function isAllowed(operation: Operation, scopes: readonly string[]): boolean {
  const mayWrite = scopes.some((scope) => scope.endsWith('/gmail.compose'))
  const mayRead = scopes.some((scope) => scope.endsWith('/gmail.readonly'))
  switch (operation) {
    case 'profile':
    case 'drafts.get':
    case 'drafts.list':
      return mayWrite || mayRead
    case 'drafts.create':
    case 'drafts.update':
    case 'drafts.delete':
    case 'drafts.send':
      return mayWrite
    default:
      return mayRead
  }
}

const NOT_FOUND = (REFUSES.notFound.gives as () => Answer)()
const INTERNAL = (REFUSES.internal.gives as () => Answer)()
const PAGE = 100

/** Carries a call out and answers as Gmail does. */
export function runApi(account: GmailAccount, call: ApiCall): Answer {
  switch (call.operation) {
    case 'profile':
      return ok({ emailAddress: account.address, messagesTotal: account.messages.size, historyId: account.historyId })
    case 'drafts.create':
      return createDraft(account, call)
    case 'drafts.update':
      return updateDraft(account, call)
    case 'drafts.send':
      return sendDraft(account, call)
    case 'drafts.get':
      return getDraft(account, call)
    case 'drafts.list':
      return listDrafts(account, call)
    case 'drafts.delete':
      return account.deleteDraft(call.id) ? { status: 204, body: '' } : NOT_FOUND
    case 'messages.get': {
      if (account.poison.has(call.id)) return INTERNAL
      const message = account.messages.get(call.id)
      return message === undefined || isHidden(message, call) ? NOT_FOUND : ok(toJson(message, call.query))
    }
    case 'messages.list':
      return listMessages(account, call)
    case 'threads.get':
      return getThread(account, call)
    case 'history.list':
      return listHistory(account, call)
    case 'sendAs.list':
      return ok({ sendAs: [account.address, ...account.aliases].map((sendAsEmail) => ({ sendAsEmail })) })
    default:
      throw new Error(`no method of the Gmail API: ${call.operation}`)
  }
}

interface DraftBody {
  readonly id?: string
  readonly message?: { readonly raw?: string; readonly threadId?: string }
}

function createDraft(account: GmailAccount, { body }: ApiCall): Answer {
  const { message } = body as DraftBody
  const created = account.createDraft(bytesOf(message?.raw), message?.threadId ?? null)
  return created === null ? NOT_FOUND : ok({ id: created.draftId, message: brief(created.message) })
}

function updateDraft(account: GmailAccount, { id, body }: ApiCall): Answer {
  const message = account.updateDraft(id, bytesOf((body as DraftBody).message?.raw))
  return message === null ? NOT_FOUND : ok({ id, message: brief(message) })
}

function sendDraft(account: GmailAccount, { body }: ApiCall): Answer {
  const sent = account.sendDraft((body as DraftBody).id ?? '')
  if (sent === null) return NOT_FOUND
  return sent === 'no recipient' ? (REFUSES.noRecipient.gives as (now: number) => Answer)(0) : ok(brief(sent))
}

function getDraft(account: GmailAccount, { id, query, shows }: ApiCall): Answer {
  const lingering = shows === 'still the draft' ? account.consumed.get(id) : undefined
  const message = account.messages.get(account.drafts.get(id) ?? '') ?? lingering
  return message === undefined ? NOT_FOUND : ok({ id, message: toJson(message, query) })
}

function listDrafts(account: GmailAccount, { query }: ApiCall): Answer {
  const drafts = [...account.drafts].toReversed().map(([id, messageId]) => {
    const message = account.messages.get(messageId)
    return { id, message: { id: messageId, threadId: message?.threadId } }
  })
  const { rows, nextPageToken } = pageOf(drafts, query)
  return ok({ ...(rows.length === 0 ? {} : { drafts: rows }), nextPageToken, resultSizeEstimate: drafts.length })
}

function listMessages(account: GmailAccount, call: ApiCall): Answer {
  const { query } = call
  const matches = searchOf(query.get('q') ?? '')
  const labels = query.getAll('labelIds')
  const hasTrash = query.get('includeSpamTrash') === 'true'
  const found = [...account.messages.values()]
    .filter((message) => !isHidden(message, call) && matches(message))
    .filter((message) => labels.every((label) => message.labelIds.includes(label)))
    .filter((message) => hasTrash || !message.labelIds.some((label) => label === 'SPAM' || label === 'TRASH'))
    .toSorted((a, b) => b.internalDate - a.internalDate || (a.id < b.id ? 1 : -1))
  const { rows, nextPageToken } = pageOf(
    found.map(({ id, threadId }) => ({ id, threadId })),
    query,
  )
  return ok({ ...(rows.length === 0 ? {} : { messages: rows }), nextPageToken, resultSizeEstimate: found.length })
}

/** The few words of Gmail's search that are used; another one would be a mistake, and matches nothing here. */
function searchOf(q: string): (message: StoredMessage) => boolean {
  const terms = q.split(' ').filter((term) => term !== '')
  return (message) =>
    terms.every((term) => {
      const after = /^after:(\d+)$/.exec(term)?.[1]
      if (after !== undefined) return message.internalDate > Number(after) * 1_000
      const before = /^before:(\d+)$/.exec(term)?.[1]
      if (before !== undefined) return message.internalDate < Number(before) * 1_000
      const messageId = /^rfc822msgid:(.+)$/.exec(term)?.[1]
      if (messageId !== undefined) return headerIn(message.raw, 'Message-ID') === `<${messageId}>`
      const [, not, label] = /^(-?)in:(sent|drafts)$/.exec(term) ?? []
      if (label === undefined) return false
      return message.labelIds.includes(label === 'sent' ? 'SENT' : 'DRAFT') !== (not === '-')
    })
}

function getThread(account: GmailAccount, call: ApiCall): Answer {
  const messages = [...account.messages.values()].filter(
    (message) => message.threadId === call.id && !isHidden(message, call),
  )
  if (messages.length === 0) return NOT_FOUND
  return ok({ id: call.id, messages: messages.map((message) => toJson(message, call.query)) })
}

function listHistory(account: GmailAccount, call: ApiCall): Answer {
  const { query } = call
  const start = Number(query.get('startHistoryId'))
  if (!(start >= Number(account.oldestHistoryId))) return NOT_FOUND
  const token = query.get('pageToken')
  if (token !== null && !token.startsWith(`h${start}-`))
    return apiError(400, 'invalidArgument', 'Invalid pageToken', 'INVALID_ARGUMENT')(0)
  const label = query.get('labelId')
  const records = account.history
    .filter(({ id, added }) => Number(id) > start && (label === null || added.labelIds.includes(label)))
    .filter(({ added }) => !isHidden(added, call))
    .map(({ id, added }) => ({
      id,
      messages: [bare(added)],
      messagesAdded: [{ message: account.historyTellsLabels ? brief(added) : bare(added) }],
    }))
  const { rows, nextPageToken } = pageOf(records, query, `h${start}-`)
  return ok({ ...(rows.length === 0 ? {} : { history: rows }), nextPageToken, historyId: account.historyId })
}

function pageOf<T>(all: readonly T[], query: URLSearchParams, prefix = 'p'): { rows: T[]; nextPageToken?: string } {
  const from = Number(query.get('pageToken')?.slice(prefix.length) ?? 0)
  const end = from + Number(query.get('maxResults') ?? PAGE)
  return { rows: all.slice(from, end), ...(end < all.length ? { nextPageToken: `${prefix}${end}` } : {}) }
}

/** The fields and their order as Gmail gives them for `format`. */
function toJson(message: StoredMessage, query: URLSearchParams): object {
  const format = query.get('format') ?? 'full'
  const head = { ...brief(message), snippet: 'Hello', sizeEstimate: message.raw.length }
  const tail = { historyId: message.historyId, internalDate: String(message.internalDate) }
  if (format === 'minimal') return { ...head, ...tail }
  if (format === 'raw') return { ...head, raw: base64Url(message.raw), ...tail }
  const wanted = query.getAll('metadataHeaders').map((name) => name.toLowerCase())
  const headers = headersIn(message.raw).filter(
    ({ name }) => wanted.length === 0 || wanted.includes(name.toLowerCase()),
  )
  return { ...head, payload: { mimeType: 'text/plain', headers }, ...tail }
}

function brief({ id, threadId, labelIds }: StoredMessage) {
  return { id, threadId, labelIds }
}

function bare({ id, threadId }: StoredMessage) {
  return { id, threadId }
}

function isHidden(message: StoredMessage, { shows }: ApiCall): boolean {
  return shows === 'not yet the sent mail' && message.labelIds.includes('SENT')
}

function bytesOf(raw: string | undefined): Buffer {
  return Buffer.from(raw ?? '', 'base64url')
}

/** Google pads it. */
function base64Url(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_')
}

function ok(body: object): Answer {
  return { status: 200, body }
}

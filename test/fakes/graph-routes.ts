import PostalMime from 'postal-mime'
import {
  FOLDERS,
  GraphError,
  fieldsOf,
  type FolderName,
  type GraphStore,
  type StoredMessage,
} from '#test/fakes/graph-store'
import { attach, fileToWire, type UploadSessions } from '#test/fakes/graph-files'
import type { Operation } from '#test/fakes/graph-moods'
import { filterOf, findByWireId, folderId, fromWire, toWire } from '#test/fakes/graph-wire'

export interface GraphAsk {
  readonly method: string
  /** Below the version, decoded piece by piece. */
  readonly path: readonly string[]
  readonly query: URLSearchParams
  readonly prefer: string
  readonly contentType: string
  readonly body: string
  /** Of this server, with the version. */
  readonly root: string
  readonly sessions: UploadSessions
}

export interface GraphReply {
  readonly status: number
  readonly body?: object | Buffer
}

export interface Route {
  readonly operation: Operation
  run(store: GraphStore): Promise<GraphReply>
}

/** The operation that a request means; null when Graph knows none. */
export function routeOf(ask: GraphAsk): Route | null {
  const [me, kind, id, sub, last, end] = ask.path
  if (me !== 'me') return null
  const isFile = sub === 'attachments' && last !== undefined && last !== 'createUploadSession'
  const at = `${ask.method} ${[kind, id && ':id', sub, isFile ? ':file' : last, end].filter(Boolean).join('/')}`
  const route = ROUTES[at]
  return route === undefined ? null : { operation: route[0], run: (store) => route[1](store, ask) }
}

type Handler = (store: GraphStore, ask: GraphAsk) => Promise<GraphReply>

const ROUTES: Readonly<Record<string, readonly [Operation, Handler]>> = {
  'GET ': ['me', readMe],
  'GET mailFolders/:id': ['folder', async (_store, ask) => ({ status: 200, body: { id: folderId(folderIn(ask)) } })],
  'GET mailFolders/:id/messages': ['list', listFolder],
  'GET mailFolders/:id/messages/delta': ['delta', delta],
  'GET messages': ['list', listAll],
  'POST messages': ['draft', createMessage],
  'GET messages/:id': ['get', async (store, ask) => ({ status: 200, body: wire(store, found(store, ask), ask) })],
  'PATCH messages/:id': ['update', update],
  'DELETE messages/:id': ['delete', remove],
  'GET messages/:id/$value': ['value', value],
  'POST messages/:id/send': ['send', send],
  'POST messages/:id/createReply': ['reply', createReply],
  'GET messages/:id/attachments': ['files', listFiles],
  'POST messages/:id/attachments': ['attach', attachFile],
  'POST messages/:id/attachments/createUploadSession': ['session', openSession],
  'GET messages/:id/attachments/:file/$value': ['value', fileValue],
  'DELETE messages/:id/attachments/:file': ['detach', detachFile],
}

async function readMe({ owner, aliases }: GraphStore): Promise<GraphReply> {
  return {
    status: 200,
    body: {
      id: 'me',
      displayName: owner.name,
      mail: owner.address,
      userPrincipalName: owner.address,
      proxyAddresses: proxyAddresses(owner.address, aliases),
    },
  }
}

/** `user` resource: the first address in capitals; null where nobody has an organisation behind them. */
function proxyAddresses(address: string, aliases: readonly string[] | null): string[] | null {
  return aliases === null ? null : [`SMTP:${address}`, ...aliases.map((alias) => `smtp:${alias}`), 'X500:/o=Exchange']
}

/** user-post-messages: JSON, or MIME in base64. */
async function createMessage(store: GraphStore, ask: GraphAsk): Promise<GraphReply> {
  const isMime = ask.contentType.startsWith('text/plain')
  const fields = isMime ? await fromMime(ask.body) : fromWire(parse(ask.body), true)
  return { status: 201, body: wire(store, store.add(fields), ask) }
}

async function fromMime(body: string): Promise<Partial<StoredMessage>> {
  const bytes = Buffer.from(body, 'base64')
  if (bytes.toString('base64') !== body.trim()) throw new GraphError(400, 'ErrorMimeContentInvalidBase64String')
  // The draft gets a Message-ID of Exchange's; whether the client's own would be kept is not known (§5.2).
  const { internetMessageId: _its, ...fields } = fieldsOf(await PostalMime.parse(bytes))
  return { ...fields, mime: bytes }
}

/** To the sender of the original, which is ourselves for a mail of our own (§6), with its text below ours. */
async function createReply(store: GraphStore, ask: GraphAsk): Promise<GraphReply> {
  const original = found(store, ask)
  const { message = {} } = (ask.body === '' ? {} : parse(ask.body)) as { message?: object }
  const { to: _ignored, body, ...fields } = fromWire(message, false)
  const reply = store.add({
    ...fields,
    subject: /^re:/i.test(original.subject) ? original.subject : `RE: ${original.subject}`,
    to: [original.from],
    body: { contentType: 'html', content: `${body?.content ?? ''}<hr>${original.body.content}` },
    conversationId: original.conversationId,
    references: [...original.references, original.internetMessageId],
  })
  return { status: 201, body: wire(store, reply, ask) }
}

/** message-update: what the recipient sees can be changed in a draft only. */
async function update(store: GraphStore, ask: GraphAsk): Promise<GraphReply> {
  const message = found(store, ask)
  const { properties, ...fields } = fromWire(parse(ask.body), false)
  if (!message.isDraft && Object.keys(fields).length > 0) throw new GraphError(400, 'ErrorInvalidPropertySet')
  const all = new Map([...message.properties, ...(properties ?? [])])
  return { status: 200, body: wire(store, store.change(message, { ...fields, properties: all }), ask) }
}

async function remove(store: GraphStore, ask: GraphAsk): Promise<GraphReply> {
  store.remove(found(store, ask).id)
  return { status: 204 }
}

async function send(store: GraphStore, ask: GraphAsk): Promise<GraphReply> {
  await store.submit(found(store, ask).id)
  return { status: 202 }
}

async function value(store: GraphStore, ask: GraphAsk): Promise<GraphReply> {
  const message = found(store, ask)
  assertWhole(store, [message])
  return { status: 200, body: message.mime ?? Buffer.from('') }
}

/** Without `$select` each would come with its bytes. */
async function listFiles(store: GraphStore, ask: GraphAsk): Promise<GraphReply> {
  if (ask.query.get('$select') !== 'id,name,size,isInline') throw new GraphError(400, 'BadRequest')
  return { status: 200, body: { value: found(store, ask).files.map(fileToWire) } }
}

async function attachFile(store: GraphStore, ask: GraphAsk): Promise<GraphReply> {
  return { status: 201, body: fileToWire(attach(store, found(store, ask), parse(ask.body))) }
}

async function openSession(store: GraphStore, ask: GraphAsk): Promise<GraphReply> {
  return { status: 201, body: ask.sessions.open(found(store, ask), parse(ask.body)) }
}

async function fileValue(store: GraphStore, ask: GraphAsk): Promise<GraphReply> {
  const file = found(store, ask).files.find(({ id }) => id === ask.path[4])
  if (file === undefined) throw new GraphError(404, 'ErrorItemNotFound')
  return { status: 200, body: file.bytes }
}

async function detachFile(store: GraphStore, ask: GraphAsk): Promise<GraphReply> {
  store.detach(found(store, ask), ask.path[4] ?? '')
  return { status: 204 }
}

async function listAll(store: GraphStore, ask: GraphAsk): Promise<GraphReply> {
  return list(store, store.indexed(), ask)
}

async function listFolder(store: GraphStore, ask: GraphAsk): Promise<GraphReply> {
  const folder = folderIn(ask)
  const seen = ask.query.has('$filter') ? store.indexed() : store.all()
  return list(
    store,
    seen.filter((message) => message.folder === folder),
    ask,
  )
}

function list(store: GraphStore, messages: readonly StoredMessage[], ask: GraphAsk): GraphReply {
  const { query } = ask
  const order = query.get('$orderby')
  if (order !== null && order !== 'sentDateTime desc') throw new GraphError(400, 'BadRequest')
  const matching = messages.filter(filterOf(query.get('$filter')))
  if (order !== null) matching.sort((a, b) => (b.sentAt ?? 0) - (a.sentAt ?? 0) || b.seq - a.seq)
  const top = Number(query.get('$top') ?? 10)
  const skip = Number(query.get('$skip') ?? 0)
  const rest = new URLSearchParams(query)
  rest.set('$skip', String(skip + top))
  const link = matching.length > skip + top ? { '@odata.nextLink': `${ask.root}/${ask.path.join('/')}?${rest}` } : {}
  return {
    status: 200,
    body: { ...link, value: matching.slice(skip, skip + top).map((message) => wire(store, message, ask)) },
  }
}

interface DeltaState {
  readonly folder: FolderName
  readonly filter: string | null
  readonly select: string | null
  readonly after: number
}

/** message-delta: links keep the first query, and no order is promised: here each page is the wrong way round. */
async function delta(store: GraphStore, ask: GraphAsk): Promise<GraphReply> {
  const { folder, filter, select, after } = deltaState(ask)
  const size = Number(/odata\.maxpagesize=(\d+)/.exec(ask.prefer)?.[1] ?? 10)
  const fresh = store
    .all()
    .filter((message) => message.folder === folder && message.seq > after)
    .filter(filterOf(filter))
    .toSorted((a, b) => a.seq - b.seq)
  const page = fresh.slice(0, size)
  const isEnd = fresh.length <= size
  assertWhole(store, page)
  const state = encodeState({ folder, filter, select, after: page.at(-1)?.seq ?? after })
  const link = `${ask.root}/me/mailFolders('${folder}')/messages/delta?$${isEnd ? 'delta' : 'skip'}token=${state}`
  const told = store.tellsHeadersInDelta ? select : (select?.replace(',internetMessageHeaders', '') ?? null)
  const query = new URLSearchParams(told === null ? {} : { $select: told })
  return {
    status: 200,
    body: {
      [isEnd ? '@odata.deltaLink' : '@odata.nextLink']: link,
      value: page.toReversed().map((message) => toWire(message, query, ask.prefer)),
    },
  }
}

function deltaState(ask: GraphAsk): DeltaState {
  const { query } = ask
  const token = query.get('$skiptoken') ?? query.get('$deltatoken')
  if (token !== null) return JSON.parse(Buffer.from(token, 'base64url').toString()) as DeltaState
  if (query.get('changeType') !== 'created') throw new GraphError(400, 'BadRequest')
  const filter = query.get('$filter')
  if (filter !== null && !filter.startsWith('receivedDateTime ge ')) throw new GraphError(400, 'BadRequest')
  return { folder: folderIn(ask), filter, select: query.get('$select'), after: 0 }
}

function encodeState(state: DeltaState): string {
  return Buffer.from(JSON.stringify(state)).toString('base64url')
}

/** One mail is enough to break the page that it is on. */
function assertWhole({ poison }: GraphStore, messages: readonly StoredMessage[]): void {
  if (messages.some(({ id }) => poison.has(id))) throw new GraphError(500, 'ErrorInternalServerError')
}

function folderIn({ path }: GraphAsk): FolderName {
  const folder = FOLDERS.find((name) => name === path[2])
  if (folder === undefined) throw new GraphError(404, 'ErrorItemNotFound')
  return folder
}

function found(store: GraphStore, ask: GraphAsk): StoredMessage {
  return findByWireId(store, ask.path[2] ?? '')
}

function wire(store: GraphStore, message: StoredMessage, ask: GraphAsk): object {
  if (ask.query.get('$select') !== 'id,receivedDateTime') assertWhole(store, [message])
  return toWire(message, ask.query, ask.prefer)
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw new GraphError(400, 'BadRequest')
  }
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Endpoints } from '#electron/mailbox/endpoints'
import { KEY_PROPERTY } from '#electron/mailbox/outlook/outlook-message'
import type { OAuthClient } from '#electron/mailbox/sign-in'
import { createUploadSessions, type UploadedPiece } from '#test/fakes/graph-files'
import { MOODS, type GraphRefusalAnswer, type Mood, type MoodName, type Operation } from '#test/fakes/graph-moods'
import { routeOf, type GraphReply } from '#test/fakes/graph-routes'
import { createGraphStore, GraphError, type GraphStore, type LeftMail } from '#test/fakes/graph-store'
import {
  createMicrosoftOAuth,
  type MicrosoftOAuth,
  type OAuthAccount,
  type PageAnswer,
} from '#test/fakes/microsoft-oauth'

export interface MicrosoftServer {
  readonly endpoints: Endpoints['microsoft']
  readonly client: OAuthClient
  readonly oauth: MicrosoftOAuth
  /** The mailbox of an account; made when it is asked for the first time. */
  mailbox(address: string): GraphStore
  /** Signs this account in on the page, from now on. */
  signInAs(address: string, name?: string): OAuthAccount
  /** Mails that really left that account's mailbox, in order. */
  accepted(address: string): readonly LeftMail[]
  /** From now on. */
  setMood(operation: Operation, mood: MoodName | Mood): void
  /** For the next request of this operation only, before `setMood`; several wait in line. */
  nextMood(operation: Operation, mood: MoodName | Mood): void
  /** Every request to Graph so far, as "POST /me/messages/:id/send", and to the token endpoint. */
  readonly requests: readonly { readonly operation: Operation; readonly line: string; readonly body: string }[]
  /** Resolves when so many requests are being kept waiting, or were since the last `release`. */
  silence(count?: number): Promise<void>
  /** The most requests to Graph that it worked on at the same time so far. */
  readonly mostAtOnce: number
  /** Answers those that wait. */
  release(): void
  /** Resolves when nothing is being worked on any more, also for clients that have gone. */
  idle(): Promise<void>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

const CLIENT: OAuthClient = { clientId: '11111111-2222-4333-8444-555555555555', clientSecret: null }

/** A Microsoft on this machine: sign-in page, token endpoint and Graph v1.0, with memory and moods. */
export async function startMicrosoftServer({ now = Date.now }: { now?: () => number } = {}): Promise<MicrosoftServer> {
  const oauth = createMicrosoftOAuth(CLIENT.clientId)
  const mailboxes = new Map<string, GraphStore>()
  const moods = createMoods()
  const requests: { operation: Operation; line: string; body: string }[] = []
  const working = new Set<Promise<void>>()
  const atGraph = { now: 0, most: 0 }
  const server = createServer((request, response) => {
    const work = answer(request, response).finally(() => working.delete(work))
    working.add(work)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const sessions = createUploadSessions(root)

  function mailbox(address: string): GraphStore {
    const found = mailboxes.get(address)
    if (found !== undefined) return found
    const store = createGraphStore({ owner: { name: 'Rita Repp', address }, now, keyProperty: KEY_PROPERTY })
    mailboxes.set(address, store)
    return store
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await readBody(request)
    const url = new URL(request.url ?? '/', root)
    if (request.method === 'PUT' && url.pathname.startsWith('/api/v2.0/'))
      return answerUpload({ request, response, url }, bytes)
    const body = bytes.toString('utf8')
    if (url.pathname.startsWith('/v1.0/')) return answerGraph({ request, response, url, body })
    const isToken = request.method === 'POST' && url.pathname === '/common/oauth2/v2.0/token'
    const isPage = request.method === 'GET' && url.pathname === '/common/oauth2/v2.0/authorize'
    if (isPage) return writePage(response, oauth.authorize(url.searchParams))
    if (!isToken) return write(response, { status: 404 }, {})
    requests.push({ operation: 'token', line: 'POST token', body })
    await moods.run('token', { request, response }, async () => {
      const page = oauth.token(new URLSearchParams(body))
      return () => writePage(response, page)
    })
  }

  async function answerGraph({ request, response, url, body }: Exchange): Promise<void> {
    const method = request.method ?? ''
    const route = routeOf({
      method,
      path: pathOf(url),
      query: url.searchParams,
      prefer: String(request.headers['prefer'] ?? ''),
      contentType: request.headers['content-type'] ?? '',
      body,
      root: `${root}/v1.0`,
      sessions,
    })
    if (route === null) return write(response, { status: 404, body: errorBody('ResourceNotFound') }, {})
    const line = `${method} ${url.pathname.replace('/v1.0', '').replace(/\/messages\/[^/]+/, '/messages/:id')}`
    requests.push({ operation: route.operation, line: line.replace(':id/delta', 'delta'), body })
    atGraph.now += 1
    atGraph.most = Math.max(atGraph.most, atGraph.now)
    await moods.run(route.operation, { request, response }, async (headers) => {
      const reply = await replyOf(request, async (store) => route.run(store))
      return () => write(response, reply, headers)
    })
    atGraph.now -= 1
  }

  /** In a domain of its own at Microsoft, with the permission in the address. */
  async function answerUpload({ request, response, url }: Omit<Exchange, 'body'>, bytes: Buffer): Promise<void> {
    requests.push({ operation: 'piece', line: `PUT ${request.headers['content-range']}`, body: '' })
    await moods.run('piece', { request, response }, async (headers) => {
      const reply = pieceReply({
        path: decodeURIComponent(url.pathname),
        hasToken: request.headers.authorization !== undefined || !url.searchParams.has('authtoken'),
        range: request.headers['content-range'] ?? '',
        bytes,
      })
      return () => write(response, reply, headers)
    })
  }

  function pieceReply(piece: UploadedPiece): GraphReply {
    const messageId = /Messages\('([^']+)'\)/.exec(piece.path)?.[1] ?? ''
    const store = [...mailboxes.values()].find((one) => one.all().some(({ id }) => id === messageId))
    try {
      if (store === undefined) throw new GraphError(404, 'ErrorItemNotFound')
      return sessions.put(store, piece)
    } catch (error) {
      if (error instanceof GraphError) return { status: error.status, body: errorBody(error.code) }
      throw error
    }
  }

  async function replyOf(
    request: IncomingMessage,
    run: (store: GraphStore) => Promise<GraphReply>,
  ): Promise<GraphReply> {
    const owner = oauth.ownerOf(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '')
    if (owner === null) return { status: 401, body: errorBody('InvalidAuthenticationToken') }
    try {
      const store = mailbox(owner.address)
      await store.passTime()
      return await run(store)
    } catch (error) {
      if (error instanceof GraphError) return { status: error.status, body: errorBody(error.code) }
      return { status: 400, body: errorBody('BadRequest') }
    }
  }

  const close = async () => {
    moods.release()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return {
    endpoints: { authorityUrl: root, graphUrl: `${root}/v1.0` },
    client: CLIENT,
    oauth,
    mailbox,
    signInAs: (address, name = 'Rita Repp') => {
      const account = { address, name, tenantId: TENANT, objectId: `oid-of-${address.replace(/\W/g, '-')}` }
      oauth.account = account
      mailbox(address)
      return account
    },
    accepted: (address) => mailbox(address).left,
    setMood: (operation, mood) => moods.set(operation, moodOf(mood)),
    nextMood: (operation, mood) => moods.queue(operation, moodOf(mood)),
    requests,
    silence: (count = 1) => moods.silence(count),
    get mostAtOnce() {
      return atGraph.most
    },
    release: () => moods.release(),
    idle: async () => {
      while (working.size > 0) await Promise.allSettled(working)
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

const TENANT = '99999999-8888-4777-8666-555555555555'

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly url: URL
  readonly body: string
}

function moodOf(mood: MoodName | Mood): Mood {
  return typeof mood === 'string' ? MOODS[mood] : mood
}

type Act = (headers: Readonly<Record<string, string>>) => Promise<() => void>

function createMoods() {
  const lasting = new Map<Operation, Mood>()
  const queued = new Map<Operation, Mood[]>()
  const waiting = new Set<() => void>()
  let held = 0
  let heard: { readonly count: number; readonly resolve: () => void }[] = []

  /** Silence until the test releases it or the client has gone. */
  async function hold(response: ServerResponse): Promise<'released' | 'gone'> {
    const end = Promise.withResolvers<'released' | 'gone'>()
    const release = () => end.resolve('released')
    waiting.add(release)
    response.once('close', () => end.resolve('gone'))
    held += 1
    for (const { count, resolve } of heard) if (held >= count) resolve()
    const how = await end.promise
    waiting.delete(release)
    return how
  }

  async function run(operation: Operation, { request, response }: Pick<Exchange, 'request' | 'response'>, act: Act) {
    const mood: Mood = queued.get(operation)?.shift() ?? lasting.get(operation) ?? MOODS['answers well']
    const headers = mood.headers ?? {}
    const isRefusal = typeof mood.answers === 'object'
    let say = mood.acts === 'at once' ? await act(headers) : () => refuse(response, mood.answers)
    if (mood.answers === 'held') {
      const how = await hold(response)
      if (mood.acts === 'later') say = await act(headers)
      if (how === 'gone') return
    }
    if (mood.answers === 'none') request.socket.destroy()
    else if (isRefusal) refuse(response, mood.answers)
    else say()
  }

  return {
    run,
    set: (operation: Operation, mood: Mood) => void lasting.set(operation, mood),
    queue: (operation: Operation, mood: Mood) => {
      queued.set(operation, [...(queued.get(operation) ?? []), mood])
    },
    silence: (count: number) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      heard = [...heard, { count, resolve }]
      if (held >= count) resolve()
      return promise
    },
    release: () => {
      for (const go of waiting) go()
      held = 0
      heard = []
    },
  }
}

function refuse(response: ServerResponse, answers: Mood['answers']): void {
  const {
    status,
    code,
    innerCode,
    headers = {},
  }: GraphRefusalAnswer = typeof answers === 'object' ? answers : { status: 503, code: 'serviceNotAvailable' }
  if (code === undefined) {
    response.writeHead(status, { 'content-type': 'text/html', ...headers }).end('<html><title>Gateway</title></html>')
    return
  }
  write(response, { status, body: errorBody(code, innerCode) }, headers)
}

/** concepts/errors.md. */
function errorBody(code: string, innerCode?: string): object {
  const innerError = {
    ...(innerCode === undefined ? {} : { code: innerCode }),
    date: '2026-11-23T09:00:00',
    'request-id': '00000000-0000-0000-0000-000000000001',
    'client-request-id': '00000000-0000-0000-0000-000000000002',
  }
  return { error: { code, message: 'Refused for the test: ann@corp.example SECRET', innerError } }
}

function write(
  response: ServerResponse,
  { status, body }: GraphReply,
  headers: Readonly<Record<string, string>>,
): void {
  const common = { 'request-id': '00000000-0000-0000-0000-000000000001', ...headers }
  if (body === undefined) response.writeHead(status, { ...common, 'content-length': '0' }).end()
  else if (Buffer.isBuffer(body)) response.writeHead(status, { ...common, 'content-type': 'text/plain' }).end(body)
  else response.writeHead(status, { ...common, 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function writePage(response: ServerResponse, { status, body, type }: PageAnswer): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(body)
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer)
  } catch {
    // The client went away in the middle; nobody is left to answer.
  }
  return Buffer.concat(chunks)
}

/** `mailFolders('inbox')` is another way to write `mailFolders/inbox`, used in links. */
function pathOf({ pathname }: URL): string[] {
  const path = pathname.replace('/v1.0/', '').replace(/\('([^']*)'\)/g, '/$1')
  return path.split('/').map(decodeURIComponent)
}

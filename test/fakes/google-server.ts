import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Endpoints } from '#electron/mailbox/endpoints'
import type { OAuthClient } from '#electron/mailbox/sign-in'
import { createGmailAccount, type GmailAccount } from './gmail-account.ts'
import {
  isAllowed,
  readBody as readCallBody,
  readRoute,
  runApi,
  TOO_LARGE,
  type ApiCall,
  type Operation,
} from './gmail-api.ts'
import { FINE, REFUSES, type Answer, type Answering, type Mood } from './gmail-moods.ts'
import {
  COMPOSE,
  createGoogleOAuth,
  INVALID_CREDENTIALS,
  READONLY,
  type GoogleOAuth,
  type SignInChoice,
} from './google-oauth.ts'
import { driveSignIn, signInPage, type SignInEnd } from './google-sign-in-page.ts'

export interface GoogleServerChoices {
  /** The first is the default on the sign-in page. */
  readonly addresses?: readonly string[]
  /** The server's clock, epoch ms; by default one second passes at each question. */
  readonly now?: () => number
}

/** A Google on the loopback, with memory and moods: sign-in page, token endpoint and Gmail. */
export interface GoogleServer {
  readonly endpoints: Endpoints['google']
  readonly client: OAuthClient
  readonly oauth: GoogleOAuth
  /** Throws where there is no such account. */
  account(address?: string): GmailAccount
  /** The moods of the next requests of this kind, in order; afterwards `always`. */
  next(operation: Operation, ...moods: readonly Mood[]): void
  always(operation: Operation, mood: Mood): void
  /** Every request so far, in order. */
  readonly requests: readonly Operation[]
  /** Resolves when a request of this kind is being kept waiting. */
  held(operation: Operation): Promise<void>
  /** Answers everything that `SLOW` holds back. */
  letGo(): void
  /** Resolves when everything that came too late has been carried out. */
  late(): Promise<void>
  /** The text for the secret store of a mailbox that is signed in; both permissions unless it is said otherwise. */
  secretFor(address?: string, scopes?: readonly string[]): string
  /** What a person's browser does with a sign-in page. */
  signIn(url: string, choice?: SignInChoice): Promise<SignInEnd>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

const CLIENT = { clientId: '1-pacemail.apps.googleusercontent.com', clientSecret: 'GOCSPX-fake-desktop-secret' }
const START = 1_767_603_600_000

interface State {
  readonly accounts: Map<string, GmailAccount>
  readonly oauth: GoogleOAuth
  readonly now: () => number
  readonly next: Map<Operation, Mood[]>
  readonly always: Map<Operation, Mood>
  readonly requests: Operation[]
  readonly holds: Set<() => void>
  readonly heldNow: Operation[]
  readonly watchers: Set<() => void>
  readonly late: Promise<void>[]
}

export async function startGoogleServer(choices: GoogleServerChoices = {}): Promise<GoogleServer> {
  const state = createState(choices)
  const server = createServer((request, response) => {
    response.on('error', () => undefined)
    void serve(state, request, response).catch((error: unknown) => {
      console.error(error)
      response.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const close = async () => {
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return {
    endpoints: { authorizeUrl: `${root}/o/oauth2/v2/auth`, tokenUrl: `${root}/token`, gmailUrl: root },
    client: CLIENT,
    oauth: state.oauth,
    account: (address) => accountOf(state, address),
    next: (operation, ...moods) => void state.next.set(operation, [...(state.next.get(operation) ?? []), ...moods]),
    always: (operation, mood) => void state.always.set(operation, mood),
    requests: state.requests,
    held: (operation) => whenHeld(state, operation),
    letGo: () => state.holds.forEach((release) => release()),
    late: async () => void (await Promise.all(state.late)),
    secretFor: (address, scopes = [COMPOSE, READONLY]) => {
      const tokens = state.oauth.grant(accountOf(state, address).address, scopes)
      return JSON.stringify({ ...tokens, expiry_date: Date.now() + 3_000_000 })
    },
    signIn: (url, choice = {}) => driveSignIn(url, choice),
    close,
    [Symbol.asyncDispose]: close,
  }
}

function createState({ addresses = ['rita@pacemail.example'], now }: GoogleServerChoices): State {
  let time = START
  const clock = now ?? (() => (time += 1_000))
  return {
    accounts: new Map(addresses.map((address) => [address, createGmailAccount(address, clock)])),
    oauth: createGoogleOAuth(CLIENT),
    now: clock,
    next: new Map(),
    always: new Map(),
    requests: [],
    holds: new Set(),
    heldNow: [],
    watchers: new Set(),
    late: [],
  }
}

function accountOf(state: State, address?: string): GmailAccount {
  const account = address === undefined ? [...state.accounts.values()][0] : state.accounts.get(address)
  if (account === undefined) throw new Error(`no account ${address}`)
  return account
}

async function serve(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const body = await readBody(request)
  const asked = readRequest(state, { request, url, body })
  if (asked === null) return give(state, response, { status: 404, body: 'not found' })
  state.requests.push(asked.operation)
  const mood = state.next.get(asked.operation)?.shift() ?? state.always.get(asked.operation) ?? FINE
  await answer(state, response, { mood, run: () => asked.run(mood.shows), operation: asked.operation })
}

interface Asked {
  readonly operation: Operation
  readonly run: (shows: Mood['shows']) => Answer
}

/** What is asked for, and how to carry it out; null where there is nothing of the kind. */
function readRequest(
  state: State,
  { request, url, body }: { request: IncomingMessage; url: URL; body: string },
): Asked | null {
  const { oauth } = state
  const form = new URLSearchParams(body)
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /o/oauth2/v2/auth':
      return { operation: 'auth', run: () => signInPage(url.searchParams, CLIENT, [...state.accounts.keys()]) }
    case 'POST /o/oauth2/v2/auth':
      return { operation: 'auth', run: () => decided(state, url.searchParams, form) }
    case 'POST /token':
      return { operation: 'token', run: () => oauth.token(form) }
    case 'POST /revoke':
      return { operation: 'revoke', run: () => oauth.revoke(url.searchParams.get('token') ?? form.get('token') ?? '') }
  }
  const route = readRoute(request.method ?? '', url.pathname)
  if (route === null) return null
  const authorization = request.headers.authorization ?? ''
  const read = readCallBody(request.headers['content-type'] ?? '', body)
  if (read === null) return { operation: route.operation, run: () => TOO_LARGE }
  const call = { ...route, query: url.searchParams, body: read }
  return { operation: route.operation, run: (shows) => runAs(state, authorization, { ...call, shows }) }
}

function decided(state: State, query: URLSearchParams, form: URLSearchParams): Answer {
  const error = form.get('error')
  const account = form.get('account') ?? ''
  const choice = { account, scopes: form.getAll('scope'), ...(error === null || error === '' ? {} : { error }) }
  return { status: 302, body: '', headers: { location: state.oauth.decide(query, choice) } }
}

function runAs(state: State, authorization: string, call: ApiCall): Answer {
  const caller = state.oauth.caller(authorization)
  if (caller === null) return INVALID_CREDENTIALS(0)
  if (!isAllowed(call.operation, caller.scopes)) return (REFUSES.permissions.gives as Answering)(0)
  return runApi(accountOf(state, caller.address), call)
}

async function answer(
  state: State,
  response: ServerResponse,
  { mood, run, operation }: { mood: Mood; run: () => Answer; operation: Operation },
): Promise<void> {
  if (mood.does === 'it once the client has gone') {
    state.late.push(new Promise<void>((resolve) => response.once('close', () => resolve())).then(() => void run()))
    return hold(state, operation)
  }
  const result = mood.does === 'it' ? run() : { status: 500, body: 'nothing was done' }
  if (typeof mood.gives === 'function') return give(state, response, mood.gives(state.now()))
  switch (mood.gives) {
    case 'the result':
      return give(state, response, result)
    case 'a cut':
      return void response.socket?.destroy()
    case 'half the result':
      return giveHalf(response, result)
    case 'nothing':
      return hold(state, operation)
    case 'the result when let go': {
      const isReleased = new Promise<void>((resolve) => state.holds.add(resolve))
      hold(state, operation)
      await isReleased
      return give(state, response, result)
    }
  }
}

function hold(state: State, operation: Operation): void {
  state.heldNow.push(operation)
  state.watchers.forEach((look) => look())
}

function whenHeld(state: State, operation: Operation): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      const index = state.heldNow.indexOf(operation)
      if (index === -1) return
      state.heldNow.splice(index, 1)
      state.watchers.delete(look)
      resolve()
    }
    state.watchers.add(look)
    look()
  })
}

function give(state: State, response: ServerResponse, { status, body, headers = {} }: Answer): void {
  const type = typeof body === 'string' ? 'text/html; charset=utf-8' : 'application/json; charset=UTF-8'
  const date = new Date(state.now()).toUTCString()
  response.writeHead(status, { 'content-type': type, date, ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

function giveHalf(response: ServerResponse, { status, body }: Answer): void {
  const text = JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': text.length })
  response.write(text.slice(0, text.length / 2), () => response.socket?.destroy())
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

/**
 * A small IMAP4rev1 server (RFC 3501) on the loopback, with a memory and faults. Enough for a mail program that reads, looks
 * and appends; everything else is BAD.
 */
import { readFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import tls from 'node:tls'
import { fileURLToPath } from 'node:url'
import type { ImapServer } from '#shared/contract/mailboxes'
import { fetchItems, inSet, search } from '#test/fakes/imap-answers'
import { createCommandReader, parseCommand, type ImapCommand } from '#test/fakes/imap-command'
import { createImapStore, viewOf, type FolderView, type ImapStore, type StoredMail } from '#test/fakes/imap-store'

/** What goes wrong, once or always, when a command comes. */
export interface ImapFault {
  /** `greeting`, or a command: `LOGIN`, `AUTHENTICATE`, `LIST`, `EXAMINE`, `UID SEARCH`, `UID FETCH`, `APPEND`. */
  readonly at: string
  /** `does it and drops`: the command has its effect, and its answer is lost; `answers and drops`: it is not. */
  readonly does:
    | 'drops'
    | 'says nothing'
    | 'says no'
    | 'says BAD'
    | 'says BYE'
    | 'does it and drops'
    | 'answers and drops'
  /** The word in brackets of its "no" (RFC 5530). */
  readonly code?: string
  /** How often the command passes before the fault. */
  readonly after?: number
}

export interface ImapServerChoices {
  readonly security?: ImapServer['security']
  readonly certificate?: 'signed' | 'self-signed'
  readonly offersStartTls?: boolean
  /** How passwords may be given; `none`: LOGINDISABLED. */
  readonly signIn?: 'AUTH=PLAIN' | 'LOGIN' | 'none'
  /** False: its search knows no headers and finds nothing by them. */
  readonly findsHeaders?: boolean
  /** False: it leaves out UIDNEXT. */
  readonly tellsUidNext?: boolean
  /** False: folders are known by their names only. */
  readonly tellsRoles?: boolean
}

export interface TestImapServer {
  readonly settings: ImapServer
  readonly user: string
  readonly password: string
  /** INBOX, Junk, Sent and Drafts, to begin with. */
  readonly store: ImapStore
  fault: ImapFault | null
  /** Resolves when the server has gone silent. */
  readonly silence: Promise<void>
  readonly connections: number
  /** Every command with its folder, in order, without passwords. */
  readonly asked: readonly string[]
  /** Passwords that came over an unencrypted connection. */
  readonly plainPasswords: number
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

const USER = 'rep'
const PASSWORD = 'correct horse'

export async function startImapServer(choices: ImapServerChoices = {}): Promise<TestImapServer> {
  const { promise: silence, resolve: goSilent } = Promise.withResolvers<void>()
  const server: State = {
    choices,
    store: createImapStore(),
    asked: [],
    fault: null,
    passed: 0,
    goSilent,
    sockets: new Set(),
    connections: 0,
    plainPasswords: 0,
  }
  for (const [path, role] of [
    ['INBOX', null],
    ['Junk', '\\Junk'],
    ['Sent', '\\Sent'],
    ['Drafts', '\\Drafts'],
  ] as const) {
    server.store.create(path, role)
  }
  const welcome = (socket: Socket) => serve(server, socket)
  const listener =
    choices.security === 'tls' ? tls.createServer(certificateOf(choices), welcome) : createServer(welcome)
  listener.on('connection', (socket: Socket) => {
    server.connections += 1
    server.sockets.add(socket)
    socket.on('error', () => undefined)
  })
  listener.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const { port } = listener.address() as AddressInfo
  const close = async () => {
    for (const socket of server.sockets) socket.destroy()
    await new Promise<void>((resolve) => listener.close(() => resolve()))
  }
  return {
    settings: { host: 'localhost', port, security: choices.security ?? 'none' },
    user: USER,
    password: PASSWORD,
    store: server.store,
    asked: server.asked,
    silence,
    get fault() {
      return server.fault
    },
    set fault(fault) {
      server.fault = fault
      server.passed = 0
    },
    get connections() {
      return server.connections
    },
    get plainPasswords() {
      return server.plainPasswords
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

interface State {
  readonly choices: ImapServerChoices
  readonly store: ImapStore
  readonly asked: string[]
  fault: ImapFault | null
  /** How often the faulty command has passed. */
  passed: number
  readonly goSilent: () => void
  readonly sockets: Set<Socket>
  connections: number
  plainPasswords: number
}

interface Session {
  socket: Socket
  isSecure: boolean
  isSignedIn: boolean
  view: FolderView | null
  /** Waits for the rest of AUTHENTICATE. */
  authenticating: string | null
}

type Reply = (line: string) => void

function serve(server: State, socket: Socket): void {
  const isSecure = server.choices.security === 'tls'
  const session: Session = { socket, isSecure, isSignedIn: false, view: null, authenticating: null }
  attend(server, session)
  if (isFaulty(server, 'greeting')) return fail(server, session, { tag: '*', verb: 'greeting', words: [] })
  socket.write('* OK ready\r\n')
}

function attend(server: State, session: Session): void {
  const read = createCommandReader(() => session.socket.write('+ go ahead\r\n'))
  session.socket.on('error', () => undefined)
  session.socket.on('data', (bytes: Buffer) => {
    for (const text of read(bytes)) obey(server, session, text)
  })
}

function obey(server: State, session: Session, text: string): void {
  const reply: Reply = (line) => void session.socket.write(`${line}\r\n`, 'latin1')
  if (session.authenticating !== null) {
    const [, user = '', password = ''] = Buffer.from(text, 'base64').toString().split('\0')
    const tag = session.authenticating
    session.authenticating = null
    return signIn(server, session, { tag, user, password })
  }
  const command = parseCommand(text)
  const { tag, verb, words } = command
  server.asked.push(/^(?:EXAMINE|SELECT|APPEND)$/.test(verb) ? `${verb} ${String(words[0])}` : verb)
  const fault = isFaulty(server, verb) ? server.fault : null
  if (fault !== null && !fault.does.endsWith('and drops')) return fail(server, session, command)
  const answers = answersTo(server, session, command)
  if (answers === null) return void session.socket.destroy()
  const [answer, isDone] = answers
  if (fault?.does === 'does it and drops') return void session.socket.destroy()
  for (const line of answer) reply(line)
  if (isDone !== null) reply(`${tag} ${isDone}`)
  if (verb === 'STARTTLS' && isDone?.startsWith('OK')) secure(server, session)
  if (verb === 'LOGOUT' || fault !== null) session.socket.end()
}

function isFaulty(server: State, verb: string): boolean {
  if (server.fault?.at !== verb) return false
  server.passed += 1
  return server.passed > (server.fault.after ?? 0)
}

function fail(server: State, { socket }: Session, { tag }: ImapCommand): void {
  const { does, code } = server.fault ?? { does: 'drops' }
  const word = code === undefined ? '' : `[${code}] `
  if (does === 'says nothing') return server.goSilent()
  if (does === 'says no') return void socket.write(`${tag} NO ${word}Not now\r\n`)
  if (does === 'says BAD') return void socket.write(`${tag} BAD ${word}What?\r\n`)
  if (does === 'says BYE') return void socket.end('* BYE Shutting down\r\n')
  socket.destroy()
}

/** The untagged lines, and what follows the tag; null: nothing yet. */
type Answer = readonly [lines: readonly string[], done: string | null]

function answersTo(server: State, session: Session, command: ImapCommand): Answer | null {
  const { tag, verb, words } = command
  switch (verb) {
    case 'CAPABILITY':
      return [[`* CAPABILITY ${capabilities(server, session)}`], 'OK done']
    case 'NOOP':
      return [[], 'OK done']
    case 'LOGOUT':
      return [['* BYE'], 'OK done']
    case 'STARTTLS':
      return [[], server.choices.security === 'starttls' && !session.isSecure ? 'OK go' : 'BAD not offered']
    case 'AUTHENTICATE':
      session.authenticating = tag
      return [['+ '], null]
    case 'LOGIN':
      signIn(server, session, { tag, user: String(words[0]), password: String(words[1]) })
      return [[], null]
    default:
      return session.isSignedIn ? answersAfterSignIn(server, session, command) : [[], 'BAD sign in first']
  }
}

function answersAfterSignIn(server: State, session: Session, { verb, words }: ImapCommand): Answer | null {
  switch (verb) {
    case 'LIST':
      return [listed(server, String(words[1])), 'OK done']
    case 'LSUB':
      return [[], 'OK done']
    case 'EXAMINE':
    case 'SELECT':
      return opened(server, session, { path: String(words[0]), isReadOnly: verb === 'EXAMINE' })
    case 'CLOSE':
      session.view = null
      return [[], 'OK done']
    case 'APPEND':
      return appended(server, words)
    case 'UID SEARCH':
      return searched(server, session, words)
    case 'FETCH':
    case 'UID FETCH':
      return fetched(session, verb === 'UID FETCH', words)
    default:
      return [[], 'BAD unknown']
  }
}

function capabilities({ choices }: State, { isSecure }: Session): string {
  const startTls = choices.security === 'starttls' && !isSecure && choices.offersStartTls !== false ? ['STARTTLS'] : []
  const { signIn: way = 'AUTH=PLAIN' } = choices
  const auth = way === 'AUTH=PLAIN' ? ['AUTH=PLAIN'] : way === 'none' ? ['LOGINDISABLED'] : []
  const roles = choices.tellsRoles === false ? [] : ['SPECIAL-USE']
  return ['IMAP4rev1', ...startTls, ...auth, ...roles].join(' ')
}

function signIn(
  server: State,
  session: Session,
  { tag, user, password }: { tag: string; user: string; password: string },
): void {
  if (!session.isSecure) server.plainPasswords += 1
  session.isSignedIn = user === USER && password === PASSWORD
  const answer = session.isSignedIn ? 'OK welcome' : 'NO [AUTHENTICATIONFAILED] Wrong password'
  session.socket.write(`${tag} ${answer}\r\n`)
}

function secure(server: State, session: Session): void {
  session.socket.removeAllListeners('data')
  const socket = new tls.TLSSocket(session.socket, { isServer: true, ...certificateOf(server.choices) })
  server.sockets.add(socket)
  session.socket = socket
  session.isSecure = true
  attend(server, session)
}

function listed({ choices, store }: State, pattern: string): string[] {
  if (pattern === '') return ['* LIST (\\Noselect) "/" ""']
  const folders = [...store.folders.values()].filter(({ path }) => pattern === '*' || pattern === path)
  return folders.map(({ path, role }) => {
    const flags = role === null || choices.tellsRoles === false ? '' : role
    return `* LIST (${flags}) "/" "${path}"`
  })
}

function opened(
  { choices, store }: State,
  session: Session,
  { path, isReadOnly }: { path: string; isReadOnly: boolean },
): Answer {
  const folder = store.folders.get(path)
  if (folder === undefined) return [[], 'NO [NONEXISTENT] No such folder']
  const view = viewOf(folder)
  session.view = view
  const lines = [
    '* FLAGS (\\Seen \\Draft)',
    `* OK [PERMANENTFLAGS (${isReadOnly ? '' : '\\Seen \\Draft'})]`,
    `* ${view.mails.length} EXISTS`,
    `* OK [UIDVALIDITY ${folder.uidValidity}]`,
    ...(choices.tellsUidNext === false ? [] : [`* OK [UIDNEXT ${view.uidNext}]`]),
  ]
  return [lines, `OK [READ-${isReadOnly ? 'ONLY' : 'WRITE'}] done`]
}

function appended({ store }: State, words: ImapCommand['words']): Answer {
  const path = String(words[0])
  if (!store.folders.has(path)) return [[], 'NO [TRYCREATE] No such folder']
  const flags = Array.isArray(words[1]) ? words[1].map(String) : []
  store.add(path, Buffer.from(String(words.at(-1)), 'latin1'), { flags })
  return [[], 'OK done']
}

function searched({ choices }: State, { view }: Session, words: ImapCommand['words']): Answer {
  if (choices.findsHeaders === false && words.includes('HEADER')) return [['* SEARCH'], 'OK done']
  const found = view === null ? null : search(words, view.mails)
  return found === null
    ? [[], 'BAD unknown']
    : [[`* SEARCH ${found.map(({ uid }) => uid).join(' ')}`.trim()], 'OK done']
}

/** Null: the connection dies of it. */
function fetched({ view }: Session, isByUid: boolean, words: ImapCommand['words']): Answer | null {
  if (view === null) return [[], 'BAD no folder']
  const sequence = (mail: StoredMail) => view.mails.indexOf(mail) + 1
  const mails = inSet(String(words[0]), view.mails, isByUid ? ({ uid }) => uid : sequence)
  const items = Array.isArray(words[1]) ? words[1] : words.slice(1)
  const isDeep = items.some((item) => /^(?:ENVELOPE|BODY)/i.test(String(item)))
  const hit = isDeep ? mails.find(({ poison }) => poison === 'no' || poison === 'drops')?.poison : null
  if (hit === 'drops') return null
  if (hit === 'no') return [[], 'NO [SERVERBUG] Internal error occurred']
  return [mails.map((mail) => `* ${sequence(mail)} FETCH (${fetchItems(items, mail)})`), 'OK done']
}

function certificateOf({ certificate }: ImapServerChoices): { key: string; cert: string } {
  return {
    key: fixture('server-key.pem'),
    cert: fixture(certificate === 'self-signed' ? 'self-signed.pem' : 'server.pem'),
  }
}

function fixture(name: string): string {
  return readFileSync(fileURLToPath(new URL(`../fixtures/smtp/${name}`, import.meta.url)), 'utf8')
}

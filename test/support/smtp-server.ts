import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { domainToASCII, fileURLToPath } from 'node:url'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server'
import type { SmtpServer } from '#shared/contract/mailboxes'

/** How the server treats the next mails. "Takes" means that the mail arrived, whatever the sender heard. */
export type SmtpMood =
  | 'accepts'
  | 'never greets'
  | 'greets with 421'
  | 'cannot check passwords'
  | 'refuses the sender'
  | 'defers the sender'
  | 'refuses the recipient'
  | 'defers the recipient'
  | 'drops before the mail'
  | 'drops in the mail'
  | 'drops after the mail'
  | 'refuses the mail'
  | 'defers the mail'
  | 'reached its daily limit'
  | 'takes the mail and drops'
  | 'takes the mail and never answers'

export interface ReceivedMail {
  readonly from: string
  /** Everyone in the envelope. */
  readonly to: readonly string[]
  /** As it was sent, without the dots that SMTP adds. */
  readonly bytes: Buffer
}

export interface TestSmtpServer {
  /** What a mailbox needs to reach it. */
  readonly settings: SmtpServer
  readonly password: string
  /** Mails that the server took, in order: what really arrived. */
  readonly received: readonly ReceivedMail[]
  /** Recipients that were asked for, taken or not. */
  readonly asked: readonly string[]
  /** How often somebody connected. */
  readonly connections: number
  mood: SmtpMood
  /** Resolves when the server has gone silent in one of the "never" moods. */
  readonly silence: Promise<void>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export interface SmtpServerChoices {
  readonly mood?: SmtpMood
  readonly security?: SmtpServer['security']
  readonly certificate?: 'signed' | 'self-signed'
  /** Does it announce STARTTLS? */
  readonly offersStartTls?: boolean
  readonly hasPipelining?: boolean
  /** The largest mail it takes, announced by SIZE. */
  readonly mostMailBytes?: number
  /** Called with every mail that was taken, before the sender hears of it: where the server keeps its own copy. */
  readonly keep?: (mail: ReceivedMail) => Promise<void> | void
}

const PASSWORD = 'correct horse'

/** Signed `server.pem`; make it trusted with `tls.setDefaultCACertificates`. */
export function testAuthority(): string {
  return fixture('ca.pem')
}

/** A real SMTP server on the loopback, with a memory and a mood. */
export async function startSmtpServer(choices: SmtpServerChoices = {}): Promise<TestSmtpServer> {
  const state = createState(choices.mood ?? 'accepts')
  const server = new SMTPServer({ ...optionsOf(choices), ...handlersOf(state, choices) })
  // Through the library's own sockets: destroying the plain one under a failed TLS handshake crashes Node 24.
  state.dropAll = () => server.connections.forEach((connection) => connection._socket.destroy())
  server.on('error', () => undefined)
  server.server.on('connection', () => {
    state.connections += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.server.address() as AddressInfo

  const close = async () => {
    state.dropAll()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return {
    settings: { host: 'localhost', port, security: choices.security ?? 'none', user: 'rep' },
    password: PASSWORD,
    received: state.received,
    asked: state.asked,
    silence: state.silence,
    get connections() {
      return state.connections
    },
    get mood() {
      return state.mood
    },
    set mood(mood) {
      state.mood = mood
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

interface State {
  mood: SmtpMood
  connections: number
  readonly received: ReceivedMail[]
  readonly asked: string[]
  readonly silence: Promise<void>
  goSilent(): void
  /** Cuts every open connection. */
  dropAll(): void
}

function createState(mood: SmtpMood): State {
  const { promise, resolve } = Promise.withResolvers<void>()
  return {
    mood,
    connections: 0,
    received: [],
    asked: [],
    silence: promise,
    goSilent: resolve,
    dropAll: () => undefined,
  }
}

function optionsOf({ security = 'none', certificate = 'signed', ...choices }: SmtpServerChoices): SMTPServerOptions {
  const offersStartTls = choices.offersStartTls ?? security === 'starttls'
  return {
    secure: security === 'tls',
    key: fixture('server-key.pem'),
    cert: fixture(certificate === 'signed' ? 'server.pem' : 'self-signed.pem'),
    allowInsecureAuth: true,
    disabledCommands: offersStartTls ? [] : ['STARTTLS'],
    ...(choices.mostMailBytes === undefined ? {} : { size: choices.mostMailBytes }),
    hidePIPELINING: choices.hasPipelining === false,
    disableReverseLookup: true,
    // Only sockets stuck in a handshake are left to it; all others are cut at once.
    closeTimeout: 200,
    logger: false,
  }
}

function handlersOf(state: State, { keep }: SmtpServerChoices): SMTPServerOptions {
  return {
    onConnect: (_session, done) => {
      if (state.mood === 'never greets') return state.goSilent()
      done(state.mood === 'greets with 421' ? refusal(421, '4.7.0 Try again later') : null)
    },
    onAuth: ({ username, password }, _session, done) => {
      if (state.mood === 'cannot check passwords') return done(refusal(454, '4.7.0 Temporary failure'))
      if (password !== PASSWORD) return done(refusal(535, '5.7.8 Username and password not accepted'))
      done(null, { user: username })
    },
    onMailFrom: (_address, _session, done) => {
      if (state.mood === 'refuses the sender') return done(refusal(553, '5.7.1 Not your address'))
      done(state.mood === 'defers the sender' ? refusal(451, '4.3.0 Later') : null)
    },
    onRcptTo: ({ address }, _session, done) => {
      state.asked.push(address)
      if (state.mood === 'drops before the mail') return state.dropAll()
      if (state.mood === 'refuses the recipient') return done(refusal(550, '5.1.1 No such user'))
      done(state.mood === 'defers the recipient' ? refusal(450, '4.2.1 Too quickly') : null)
    },
    onData: (stream, session, done) => {
      if (state.mood === 'drops in the mail') stream.once('data', () => state.dropAll())
      void readMail(stream, session).then((mail) => answer(state, mail, { done, keep }))
    },
  }
}

/** Never resolves for a mail whose final dot did not come. */
function readMail(stream: SMTPServerDataStream, { envelope }: SMTPServerSession): Promise<ReceivedMail> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.once('end', () =>
      resolve({
        from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
        to: envelope.rcptTo.map(({ address }) => (envelope.smtpUtf8 ? address : onTheWire(address))),
        bytes: Buffer.concat(chunks),
      }),
    )
  })
}

/** The library shows punycode domains decoded; without SMTPUTF8 they can only have come encoded. */
function onTheWire(address: string): string {
  const at = address.lastIndexOf('@') + 1
  return address.slice(0, at) + domainToASCII(address.slice(at))
}

interface Answering {
  readonly done: (error?: Error | null) => void
  readonly keep: SmtpServerChoices['keep']
}

async function answer(state: State, mail: ReceivedMail, { done, keep }: Answering): Promise<void> {
  if (state.mood === 'drops in the mail' || state.mood === 'drops after the mail') return state.dropAll()
  if (state.mood === 'refuses the mail') return done(refusal(554, '5.6.0 Not wanted'))
  if (state.mood === 'defers the mail') return done(refusal(451, '4.3.0 Later'))
  if (state.mood === 'reached its daily limit') return done(refusal(550, '5.4.5 Daily user sending limit exceeded'))
  state.received.push(mail)
  await keep?.(mail)
  if (state.mood === 'takes the mail and drops') return state.dropAll()
  if (state.mood === 'takes the mail and never answers') return state.goSilent()
  done()
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode })
}

function fixture(name: string): string {
  return readFileSync(fileURLToPath(new URL(`../fixtures/smtp/${name}`, import.meta.url)), 'utf8')
}

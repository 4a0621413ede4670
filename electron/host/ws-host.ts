import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { CLOSE_CODES, SOCKET_PATH } from '#shared/contract/wire'
import type { Clock } from '../platform/clock.ts'
import type { Random } from '../platform/random.ts'
import type { EventStream } from './event-stream.ts'
import { refuse } from './request-guard.ts'
import type { Router } from './route.ts'
import { createSession, type Session } from './session.ts'
import { answerHttp, sessionCookies } from './web-answers.ts'
import { serveConnection, type WsConnection } from './ws-connection.ts'

/** One frame: a piece of an upload is at most 1.5 MB of text. */
const MAX_FRAME_BYTES = 2_000_000
/** Windows and reloads of one person. */
const MAX_CONNECTIONS = 20
/** Pages, the files they load, and programs that only knock; far more than a browser opens. */
const MAX_SOCKETS = 256
/** A page on this machine sends a request at once; who trickles one is not a page. Looked after every second. */
const SLOWEST = { headersTimeout: 5_000, requestTimeout: 5_000, connectionsCheckingInterval: 1_000 }
/** How long a page may take to say goodbye. */
const PATIENCE_MS = 1_000

export interface WsHost {
  readonly port: number
  /** The address to open, with the launch code in the fragment: it reaches no log and no Referer. Works once. */
  readonly url: string
  close(): Promise<void>
}

export interface WsHostDeps {
  readonly router: Router
  readonly stream: EventStream
  readonly clock: Clock
  readonly random: Random
  /** The built page. */
  readonly pageFolder: string
  /** 0: any free port. */
  readonly port: number
}

/** The same product as a web page on this machine: 127.0.0.1 only. Rejects with EADDRINUSE when the port is taken. */
export async function startWsHost(deps: WsHostDeps): Promise<WsHost> {
  const session = createSession(deps)
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false })
  const connections = new Set<WsConnection>()
  const server = createServer(SLOWEST)
  server.maxConnections = MAX_SOCKETS
  const port = await listen(server, deps.port)
  const context = { port, session, pageFolder: deps.pageFolder }

  server.on('request', (request, response) => void answer(request, response, context))
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    const status = refuseUpgrade(request, context) ?? (connections.size >= MAX_CONNECTIONS ? 503 : null)
    if (status !== null) return refuseSocket(socket, status)
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = serveConnection(webSocket, { ...deps, session })
      connections.add(connection)
      webSocket.on('close', () => connections.delete(connection))
    })
  })
  const unsubscribe = deps.stream.subscribe((push) => {
    if (connections.size === 0) return
    const text = JSON.stringify(push)
    for (const connection of connections) connection.push(text)
  })

  async function close(): Promise<void> {
    unsubscribe()
    for (const connection of connections) connection.close(CLOSE_CODES.closing)
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeAllConnections()
    // A page that is frozen does not answer the close; it is not waited for long.
    const answered = new AbortController()
    const patience = deps.clock.sleep(PATIENCE_MS, answered.signal).catch(() => {})
    await Promise.race([closed, patience])
    answered.abort()
    for (const client of sockets.clients) client.terminate()
    await closed
  }

  return { port, url: `http://127.0.0.1:${port}/#launch=${session.launchCode}`, close }
}

interface Context {
  readonly port: number
  readonly session: Session
  readonly pageFolder: string
}

async function answer(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
  try {
    await answerHttp(request, response, context)
  } catch {
    // The browser went away in the middle; there is nobody to tell.
    response.destroy()
  }
}

function refuseUpgrade(request: IncomingMessage, context: Context): number | null {
  const status = refuse(request, context.port)
  if (status !== null) return status
  if (request.method !== 'GET' || request.url !== SOCKET_PATH) return 404
  return context.session.hasCookie(sessionCookies(request, context.port)) ? null : 401
}

function refuseSocket(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.removeListener('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

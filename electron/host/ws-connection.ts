import type { WebSocket } from 'ws'
import { CLOSE_CODES, type FromHost } from '#shared/contract/wire'
import type { Clock } from '../platform/clock.ts'
import type { EventStream } from './event-stream.ts'
import { parseAuth, parseCall, parseJson } from './frames.ts'
import { hello } from './hello.ts'
import type { Router } from './route.ts'
import type { Session } from './session.ts'

const AUTH_WITHIN_MS = 5_000
/** Calls that run for one page at a time; the page's next frames wait in its own socket. */
const MAX_RUNNING = 32
/** Above this no more calls are read from a page that does not read its answers. */
const PAUSE_ABOVE_BYTES = 4_000_000
/** Above this a page gets no more facts: it is closed, comes back and asks again. */
const DROP_ABOVE_BYTES = 64_000_000

export interface WsConnection {
  /** Sends a fact that is already text; nothing before the page has shown its token. */
  push(text: string): void
  close(code: number): void
}

export interface WsConnectionDeps {
  readonly router: Router
  readonly stream: EventStream
  readonly session: Session
  readonly clock: Clock
}

/** Speaks to one page: token first, then hello, calls, replies and facts. */
export function serveConnection(socket: WebSocket, deps: WsConnectionDeps): WsConnection {
  const authTimer = new AbortController()
  let isOpen = false
  let running = 0

  deps.clock.sleep(AUTH_WITHIN_MS, authTimer.signal).then(
    () => socket.close(CLOSE_CODES.unauthorised),
    () => {},
  )
  socket.on('close', () => authTimer.abort())
  // A broken or oversized frame: ws closes the socket by itself and 'close' follows.
  socket.on('error', () => {})
  socket.on('message', (data, isBinary) => {
    // ws hands out a Buffer for each message unless told otherwise.
    const frame = isBinary ? null : parseJson((data as Buffer).toString('utf8'))
    if (isOpen) answer(frame)
    else authenticate(frame)
  })

  function authenticate(frame: unknown): void {
    const auth = parseAuth(frame)
    if (auth === null || !deps.session.hasToken(auth.token)) return socket.close(CLOSE_CODES.unauthorised)
    authTimer.abort()
    isOpen = true
    send(hello(deps.stream))
  }

  function answer(frame: unknown): void {
    const call = parseCall(frame)
    if (call === null) return socket.close(CLOSE_CODES.badFrame)
    running += 1
    regulate()
    void deps.router.handle(call).then((reply) => {
      running -= 1
      send(reply)
      regulate()
    })
  }

  function send(frame: FromHost): void {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame), regulate)
  }

  function regulate(): void {
    if (socket.readyState !== socket.OPEN) return
    if (running >= MAX_RUNNING || socket.bufferedAmount > PAUSE_ABOVE_BYTES) socket.pause()
    else if (socket.isPaused) socket.resume()
  }

  function push(text: string): void {
    if (!isOpen || socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > DROP_ABOVE_BYTES) socket.close(CLOSE_CODES.tooSlow)
    else socket.send(text)
  }

  return { push, close: (code) => socket.close(code) }
}

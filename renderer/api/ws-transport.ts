import { CLOSE_CODES, type FromHost } from '#shared/contract/wire'
import { readTextFrame, speaksOurProtocol } from './frames.ts'
import { createListeners } from './listeners.ts'
import type { Timers } from './timers.ts'
import type { Connection, Transport } from './transport.ts'
import type { Session } from './ws-session.ts'

/** The part of a WebSocket that is used here. */
export interface Socket {
  send(text: string): void
  close(): void
  addEventListener(
    type: 'open' | 'message' | 'close',
    listener: (event: { data?: unknown; code?: number }) => void,
  ): void
}

export interface WsTransportDeps {
  readonly open: () => Socket
  readonly session: Session
  readonly timers: Timers
}

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 5_000

/** Connects, and connects again whenever the line is lost, until the host refuses the token. */
export function createWsTransport({ open, session, timers }: WsTransportDeps): Transport {
  const messages = createListeners<FromHost>()
  const changes = createListeners<Connection>()
  let connection: Connection = 'connecting'
  let socket: Socket | null = null
  let failures = 0
  let isClosed = false
  let forgetTimer = () => {}

  function become(next: Connection): void {
    if (connection === next) return
    connection = next
    changes.emit(next)
  }

  function tryAgain(): void {
    if (isClosed || connection === 'refused' || connection === 'incompatible') return
    const waitMs = Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS)
    failures += 1
    forgetTimer = timers.after(waitMs, () => void connect())
  }

  async function connect(): Promise<void> {
    let token: string | null
    try {
      token = await session.token()
    } catch {
      tryAgain()
      return
    }
    if (isClosed) return
    if (token === null) become('refused')
    else attach(open(), token)
  }

  function attach(next: Socket, token: string): void {
    let hasOpened = false
    socket = next
    next.addEventListener('open', () => {
      hasOpened = true
      next.send(JSON.stringify({ type: 'auth', token }))
    })
    next.addEventListener('message', ({ data }) => {
      if (socket === next) receive(readTextFrame(data))
    })
    next.addEventListener('close', ({ code }) => {
      if (socket === next) void leave(hasOpened ? code === CLOSE_CODES.unauthorised : null)
    })
  }

  /** `isRefused` null: the socket never opened, which a host that is up does to a page of an earlier start. */
  async function leave(isRefused: boolean | null): Promise<void> {
    socket = null
    if (connection === 'open') become('lost')
    if (isRefused ?? (await session.isHostUp())) {
      session.forget()
      become('refused')
    }
    tryAgain()
  }

  function receive(frame: FromHost | null): void {
    if (frame === null) return
    if (frame.type === 'hello') {
      failures = 0
      become(speaksOurProtocol(frame) ? 'open' : 'incompatible')
    }
    if (connection === 'open') messages.emit(frame)
  }

  void connect()

  return {
    send: (call) => {
      if (connection === 'open') socket?.send(JSON.stringify(call))
    },
    onMessage: messages.add,
    get connection() {
      return connection
    },
    onConnection: changes.add,
    close() {
      isClosed = true
      forgetTimer()
      socket?.close()
    },
  }
}

/**
 * The envelopes on the wire, the same for IPC and WebSocket. `docs/api.md` describes them for other languages.
 */
import type { WireError } from '../errors.ts'
import type { PushedEvent } from './events.ts'

/** Compared once at connect; a mismatch closes the connection with `hello.protocol`. */
export const PROTOCOL_VERSION = 1

/** One call. `id` is the caller's, echoed in the reply; `path` is `area.verb`. */
export interface Call {
  readonly type: 'call'
  readonly id: number
  readonly path: string
  readonly input: unknown
}

export type Reply =
  | { readonly type: 'reply'; readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly type: 'reply'; readonly id: number; readonly ok: false; readonly error: WireError }

/** The first message of a host: which protocol it speaks, and the number of the last event before this connection. */
export interface Hello {
  readonly type: 'hello'
  readonly protocol: number
  readonly seq: number
}

/** One fact. `seq` rises by one; after a gap or a reconnect the page drops its cache and asks again. */
export interface Push {
  readonly type: 'event'
  readonly seq: number
  readonly event: PushedEvent
}

export type FromHost = Hello | Reply | Push

/** WebSocket only, the first frame of a page: the token it got for its launch code. The host answers with `Hello`. */
export interface Auth {
  readonly type: 'auth'
  readonly token: string
}

/** Desktop only, the first frame of a page: it is listening now. The host answers with `Hello`. */
export interface Connect {
  readonly type: 'connect'
}

/** Desktop only: what the preload puts on `window.pacemail`. Frames travel as they are. */
export interface Bridge {
  send(frame: Connect | Call): void
  /** One listener; a second call replaces the first. */
  onMessage(listener: (frame: FromHost) => void): void
}

/** Why a host closed a WebSocket. After `unauthorised` the page asks the rep to open the address again; else it reconnects. */
export const CLOSE_CODES = {
  unauthorised: 4401,
  badFrame: 4400,
  tooSlow: 4408,
  closing: 1001,
} as const

/** The web host's places besides the page's own files. */
export const SESSION_PATH = '/session'
export const SOCKET_PATH = '/socket'

/** The desktop's only two IPC channels. */
export const TO_HOST = 'pacemail:to-host'
export const FROM_HOST = 'pacemail:from-host'

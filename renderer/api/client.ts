import type { PushedEvent } from '#shared/contract/events'
import type { Call, FromHost, Push, Reply } from '#shared/contract/wire'
import { ApiError } from './api-error.ts'
import { createListeners } from './listeners.ts'
import type { InputAt, OutputAt, Path } from './paths.ts'
import type { Connection, Transport } from './transport.ts'

/** The typed API of the page. */
export interface ApiClient {
  /** Waits for the first connection; rejects with `app.disconnected` when the line is lost before the answer. */
  call<P extends Path>(path: P, input: InputAt<P>): Promise<OutputAt<P>>
  onEvent(listener: (event: PushedEvent) => void): () => void
  /** Events may have been missed: everything known must be asked again. */
  onGap(listener: () => void): () => void
  readonly connection: Connection
  onConnection(listener: (connection: Connection) => void): () => void
}

interface Waiting {
  readonly frame: Call
  readonly resolve: (value: unknown) => void
  readonly reject: (error: ApiError) => void
}

/** Must be made in the same turn as its transport, so that no Hello is missed. */
export function createClient(transport: Transport): ApiClient {
  const events = createListeners<PushedEvent>()
  const gaps = createListeners<void>()
  const waiting = new Map<number, Waiting>()
  let lastId = 0
  /** Null before the first Hello. */
  let lastSeq: number | null = null

  function greet(seq: number): void {
    const isFirst = lastSeq === null
    lastSeq = seq
    if (!isFirst) {
      gaps.emit()
      return
    }
    for (const { frame } of waiting.values()) transport.send(frame)
  }

  function settle(reply: Reply): void {
    const call = waiting.get(reply.id)
    if (call === undefined) return
    waiting.delete(reply.id)
    if (reply.ok) call.resolve(reply.value)
    else call.reject(new ApiError(reply.error))
  }

  function hear(push: Push): void {
    const isNext = lastSeq !== null && push.seq === lastSeq + 1
    lastSeq = push.seq
    if (!isNext) gaps.emit()
    events.emit(push.event)
  }

  function giveUp(): void {
    const calls = Array.from(waiting.values())
    waiting.clear()
    for (const call of calls) call.reject(disconnected())
  }

  transport.onMessage((frame: FromHost) => {
    if (frame.type === 'hello') greet(frame.seq)
    else if (frame.type === 'reply') settle(frame)
    else hear(frame)
  })
  transport.onConnection((connection) => {
    if (connection === 'lost' || connection === 'refused' || connection === 'incompatible') giveUp()
  })

  return {
    call<P extends Path>(path: P, input: InputAt<P>): Promise<OutputAt<P>> {
      if (transport.connection !== 'open' && transport.connection !== 'connecting')
        return Promise.reject(disconnected())
      lastId += 1
      const frame: Call = { type: 'call', id: lastId, path, input }
      return new Promise((resolve, reject) => {
        waiting.set(frame.id, { frame, resolve: (value) => resolve(value as OutputAt<P>), reject })
        if (lastSeq !== null) transport.send(frame)
      })
    },
    onEvent: events.add,
    onGap: gaps.add,
    get connection() {
      return transport.connection
    },
    onConnection: transport.onConnection,
  }
}

function disconnected(): ApiError {
  return new ApiError({ code: 'app.disconnected', details: {}, ref: null })
}

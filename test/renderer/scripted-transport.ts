import type { PushedEvent } from '#shared/contract/events'
import { PROTOCOL_VERSION, type Call, type FromHost } from '#shared/contract/wire'
import type { WireError } from '#shared/errors'
import { createListeners } from '../../renderer/api/listeners.ts'
import type { Connection, Transport } from '../../renderer/api/transport.ts'

export interface ScriptedTransport extends Transport {
  /** Every call the page made, in order. */
  readonly calls: readonly Call[]
  /** The host greets: a new connection. */
  hello(seq?: number): void
  push(seq: number, event: PushedEvent): void
  answer(call: Call | undefined, value: unknown): void
  fail(call: Call | undefined, error: Partial<WireError>): void
  become(connection: Connection): void
}

/** A transport whose host is the test. */
export function scriptedTransport(): ScriptedTransport {
  const messages = createListeners<FromHost>()
  const changes = createListeners<Connection>()
  const calls: Call[] = []
  let connection: Connection = 'connecting'

  function become(next: Connection): void {
    connection = next
    changes.emit(next)
  }

  return {
    calls,
    send: (call) => void calls.push(call),
    onMessage: messages.add,
    get connection() {
      return connection
    },
    onConnection: changes.add,
    close() {},
    become,
    hello(seq = 0) {
      become('open')
      messages.emit({ type: 'hello', protocol: PROTOCOL_VERSION, seq })
    },
    push: (seq, event) => messages.emit({ type: 'event', seq, event }),
    answer: (call, value) => messages.emit({ type: 'reply', id: call?.id ?? -1, ok: true, value }),
    fail: (call, error) =>
      messages.emit({
        type: 'reply',
        id: call?.id ?? -1,
        ok: false,
        error: { code: 'internal', details: {}, ref: null, ...error },
      }),
  }
}

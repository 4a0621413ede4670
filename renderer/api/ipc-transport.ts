import type { Bridge, FromHost } from '#shared/contract/wire'
import { readFrame, speaksOurProtocol } from './frames.ts'
import { createListeners } from './listeners.ts'
import type { Connection, Transport } from './transport.ts'

/** The desktop: frames pass through what the preload script offers. The line never breaks while the window lives. */
export function createIpcTransport(bridge: Bridge): Transport {
  const messages = createListeners<FromHost>()
  const changes = createListeners<Connection>()
  let connection: Connection = 'connecting'

  function become(next: Connection): void {
    connection = next
    changes.emit(next)
  }

  bridge.onMessage((message) => {
    const frame = readFrame(message)
    if (frame === null) return
    if (frame.type === 'hello') become(speaksOurProtocol(frame) ? 'open' : 'incompatible')
    if (connection === 'open') messages.emit(frame)
  })
  bridge.send({ type: 'connect' })

  return {
    send: (call) => {
      if (connection === 'open') bridge.send(call)
    },
    onMessage: messages.add,
    get connection() {
      return connection
    },
    onConnection: changes.add,
    close: () => bridge.onMessage(() => {}),
  }
}

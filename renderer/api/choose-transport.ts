import { SOCKET_PATH, type Bridge } from '#shared/contract/wire'
import { createIpcTransport } from './ipc-transport.ts'
import { browserTimers } from './timers.ts'
import type { Transport } from './transport.ts'
import { createSession, takeLaunchCode } from './ws-session.ts'
import { createWsTransport } from './ws-transport.ts'

declare global {
  interface Window {
    /** Only in the desktop app. */
    readonly pacemail?: Bridge
  }
}

/** The desktop's bridge where there is one, else the loopback host that served this page. */
export function chooseTransport(page: Window): Transport {
  if (page.pacemail !== undefined) return createIpcTransport(page.pacemail)
  const address = new URL(SOCKET_PATH, page.location.href)
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  const ask = page.fetch.bind(page)
  return createWsTransport({
    open: () => new WebSocket(address),
    session: createSession(takeLaunchCode(page), page.sessionStorage, ask),
    timers: browserTimers,
  })
}

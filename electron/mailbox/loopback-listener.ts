import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AppError } from '#shared/errors'

/** Waits on 127.0.0.1 for the one request with which the browser comes back from a sign-in (RFC 8252 §7.3). */
export interface LoopbackListener {
  readonly redirectUri: string
  /**
   * The parameters of the one request that carries `state`. It is kept waiting until `answer`. Rejects with
   * `sign_in.cancelled` when `signal` aborts.
   */
  readonly returned: Promise<URLSearchParams>
  /** What the person sees in the browser now that all is decided. */
  answer(page: ClosingPage): Promise<void>
  /** Ends everything that is still open. */
  close(): Promise<void>
}

export interface ClosingPage {
  readonly title: string
  readonly text: string
}

const PATH = '/'

/** Binds to a free port. `state` is the secret that only our own sign-in page knows. */
export async function openLoopbackListener(state: string, signal: AbortSignal): Promise<LoopbackListener> {
  const { promise: returned, resolve, reject } = Promise.withResolvers<URLSearchParams>()
  returned.catch(() => undefined)
  let waiting: ServerResponse | null = null
  const server = createServer((request, response) => {
    const refusal = refusalOf(request, { host: hostOf(server), state, isTaken: waiting !== null })
    if (refusal !== null) return give(response, refusal, { title: 'Nothing here', text: 'This page is not in use.' })
    waiting = response
    resolve(queryOf(request))
  })
  const cancel = () => reject(new AppError('sign_in.cancelled', 'the sign-in was cancelled'))
  signal.addEventListener('abort', cancel, { once: true })
  if (signal.aborted) cancel()
  await new Promise<void>((ready, fail) => {
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => ready())
  })
  return {
    redirectUri: `http://${hostOf(server)}${PATH}`,
    returned,
    answer: async (page) => {
      if (waiting !== null) await finished(waiting, page)
    },
    close: async () => {
      signal.removeEventListener('abort', cancel)
      const closed = new Promise<void>((done) => server.close(() => done()))
      server.closeAllConnections()
      await closed
    },
  }
}

/** The status with which a request that is not the one is refused; null for the one. */
function refusalOf(
  request: IncomingMessage,
  { host, state, isTaken }: { host: string; state: string; isTaken: boolean },
): number | null {
  // A foreign name for this address would be another site's page reaching us (DNS rebinding).
  if (request.headers.host !== host) return 400
  if (request.method !== 'GET' || pathOf(request) !== PATH) return 404
  if (queryOf(request).get('state') !== state) return 400
  return isTaken ? 404 : null
}

function hostOf(server: ReturnType<typeof createServer>): string {
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? ''
}

function queryOf({ url = '' }: IncomingMessage): URLSearchParams {
  return new URLSearchParams(url.slice(pathOf({ url } as IncomingMessage).length))
}

/** Resolves once the page is on its way, or the browser has gone. */
function finished(response: ServerResponse, page: ClosingPage): Promise<void> {
  return new Promise((resolve) => {
    response.once('close', () => resolve())
    response.once('finish', () => resolve())
    if (response.destroyed) resolve()
    else give(response, 200, page)
  })
}

function give(response: ServerResponse, status: number, { title, text }: ClosingPage): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    // The address holds the code of the sign-in.
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    connection: 'close',
  })
  response.end(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Pacemail: ${title}</title>
<meta name="viewport" content="width=device-width"><style>${STYLE}</style><main><h1>${title}</h1><p>${text}</p></main></html>`)
}

const STYLE = `:root{color-scheme:light dark}body{margin:0;min-height:90vh;display:grid;place-items:center;
font:1.1rem/1.5 system-ui,sans-serif}main{max-width:32rem;padding:2rem}h1{font-size:1.5rem;font-weight:600}`

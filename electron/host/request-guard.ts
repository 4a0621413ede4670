import type { IncomingMessage } from 'node:http'

/**
 * Who may speak to a loopback host at all, asked first on every route and on every upgrade.
 *
 * A page of another site can reach 127.0.0.1 in three ways: a plain cross-site request (wrong Origin), a blind POST
 * (Origin is present and wrong), and DNS rebinding (Host is wrong, and a GET carries no Origin at all). So the Host is
 * compared first and exactly, the Origin must be there for everything but a GET, and no answer ever carries CORS headers.
 *
 * @returns null when it may pass, else the status to refuse with.
 */
export function refuse(request: IncomingMessage, port: number): 400 | 403 | null {
  const host = single(request, 'host')
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return 403
  if (request.url === undefined || !request.url.startsWith('/')) return 400
  const isReading = isPlainRead(request)
  const origin = single(request, 'origin')
  if (origin === undefined ? !isReading : origin !== `http://${host}`) return 403
  return isSameSite(single(request, 'sec-fetch-site'), isReading) ? null : 403
}

function isPlainRead(request: IncomingMessage): boolean {
  const isGet = request.method === 'GET' || request.method === 'HEAD'
  return isGet && request.headers.upgrade === undefined
}

/** Browsers say where a request comes from; other programs say nothing. `none`: typed or opened by the rep. */
function isSameSite(site: string | undefined, isReading: boolean): boolean {
  return site === undefined || site === 'same-origin' || (site === 'none' && isReading)
}

/** A header that was sent twice counts as wrong, not as its first value. */
function single(request: IncomingMessage, name: string): string | undefined {
  const values = request.headersDistinct[name]
  return values === undefined || values.length === 1 ? values?.[0] : ''
}

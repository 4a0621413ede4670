/**
 * One request to Microsoft Graph with Node's `fetch`, never Chromium's: that one would send a POST again by itself when a
 * kept connection dies (docs/providers.md §4.5). Nothing is repeated, followed or retried here.
 */

import { CryptoProvider } from '@azure/msal-node'

export interface GraphServer {
  /** Root of Graph with its version, without a slash at the end. */
  readonly graphUrl: string
  /** For one request with its answer. */
  readonly timeoutMs: number
}

export interface GraphRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below the root, beginning with a slash; or a whole link that Graph gave. */
  readonly path: string
  readonly token: string
  readonly headers?: Readonly<Record<string, string>>
  /** An object goes as JSON, text as it is; null: no body. */
  readonly body?: object | string | null
  /** The answer is cut off after so many bytes. */
  readonly mostBytes?: number
}

export interface GraphAnswer {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Buffer
  /** What we called this request; empty for a piece of a file, which is not Graph's. */
  readonly clientRequestId: string
}

/** Microsoft's own library makes the numbers of its requests in the same way. */
const GUIDS = new CryptoProvider()

/** A page of fifty mails without bodies has about 100 kB. */
const MOST_ANSWER_BYTES = 16 * 1024 * 1024

/** Whatever Graph answers, also an error. Throws what `fetch` throws when there is no answer or `signal` aborts. */
export async function callGraph(server: GraphServer, request: GraphRequest, signal: AbortSignal): Promise<GraphAnswer> {
  const sent = headersOf(request)
  const clientRequestId = sent['client-request-id'] ?? ''
  const response = await fetch(urlOf(server, request.path), {
    method: request.method,
    headers: sent,
    ...bodyOf(request),
    redirect: 'manual',
    // oxlint-disable-next-line no-restricted-properties -- the time-out of a socket decides nothing by the clock
    signal: AbortSignal.any([signal, AbortSignal.timeout(server.timeoutMs)]),
  })
  const bytes = await readUpTo(response, request.mostBytes ?? MOST_ANSWER_BYTES)
  return { status: response.status, headers: response.headers, bytes, clientRequestId }
}

/** One piece of a file, for an upload session. */
export interface GraphPiece {
  /** As Graph gave it. */
  readonly url: string
  readonly bytes: Uint8Array
  /** Where it begins, and how long the whole file is. */
  readonly from: number
  readonly of: number
}

/** Without our token: the address holds a permission of its own (outlook-large-attachments.md). */
export async function callUpload(server: GraphServer, piece: GraphPiece, signal: AbortSignal): Promise<GraphAnswer> {
  assertUploadUrl(server, piece.url)
  const { bytes, from, of } = piece
  const response = await fetch(piece.url, {
    method: 'PUT',
    headers: {
      'content-type': 'application/octet-stream',
      'content-range': `bytes ${from}-${from + bytes.length - 1}/${of}`,
    },
    body: Buffer.from(bytes),
    redirect: 'manual',
    // oxlint-disable-next-line no-restricted-properties -- the time-out of a socket decides nothing by the clock
    signal: AbortSignal.any([signal, AbortSignal.timeout(server.timeoutMs)]),
  })
  return {
    status: response.status,
    headers: response.headers,
    bytes: await readUpTo(response, MOST_ANSWER_BYTES),
    clientRequestId: '',
  }
}

/** "In the `https://outlook.office.com` domain"; others of Microsoft's for other clouds. */
const UPLOAD_HOSTS =
  /\.(?:office\.com|office365\.com|office365\.us|outlook\.com|live\.com|microsoft\.com|cloud\.microsoft)$/

/** A rep's file goes to Microsoft, or to the server on this machine that plays it, and nowhere else. */
function assertUploadUrl({ graphUrl }: GraphServer, url: string): void {
  const root = new URL(graphUrl)
  const { origin, protocol, hostname } = new URL(url)
  const isMicrosoft = root.protocol === 'https:' && protocol === 'https:' && UPLOAD_HOSTS.test(hostname)
  if (origin !== root.origin && !isMicrosoft) throw new Error('an upload to another server')
}

/** The answer as JSON; undefined when it is none. */
export function jsonOf(answer: GraphAnswer): unknown {
  try {
    return JSON.parse(answer.bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

/** Links come from a server and are kept for weeks: the token goes to no other place than Graph. */
function urlOf({ graphUrl }: GraphServer, path: string): string {
  const url = path.startsWith('/') ? `${graphUrl}${path}` : path
  const { origin, pathname } = new URL(url)
  const root = new URL(graphUrl)
  if (origin !== root.origin || !pathname.startsWith(root.pathname.replace(/\/?$/, '/')))
    throw new Error('a link to another server')
  return url
}

function headersOf({ token, body, headers }: GraphRequest): Record<string, string> {
  return {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    // Our own name of the request: Microsoft's support finds it by this one also where no answer came (providers.md §4.2).
    'client-request-id': GUIDS.createNewGuid(),
    'return-client-request-id': 'true',
    ...(typeof body === 'object' && body !== null ? { 'content-type': 'application/json' } : {}),
    ...headers,
  }
}

function bodyOf({ body }: GraphRequest): { body?: string } {
  if (body === undefined || body === null) return {}
  return { body: typeof body === 'string' ? body : JSON.stringify(body) }
}

async function readUpTo(response: Response, mostBytes: number): Promise<Buffer> {
  if (response.body === null) return Buffer.alloc(0)
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  while (size < mostBytes) {
    const { done, value } = await reader.read()
    if (done) return Buffer.concat(chunks)
    chunks.push(value)
    size += value.length
  }
  await reader.cancel()
  return Buffer.concat(chunks).subarray(0, mostBytes)
}

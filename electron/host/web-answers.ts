import { createReadStream } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { SESSION_PATH } from '#shared/contract/wire'
import { parseJson } from './frames.ts'
import { refuse } from './request-guard.ts'
import { securityHeaders } from './security-headers.ts'
import type { Session } from './session.ts'
import { findStaticFile } from './static-files.ts'

/** A launch code and its braces. */
const MAX_BODY_BYTES = 4_096

const NOT_BUILT = 'The page of Pacemail has not been built yet. Stop Pacemail and start it with: npm start\n'

export interface WebContext {
  readonly port: number
  readonly session: Session
  readonly pageFolder: string
}

/** Everything of the web host but the socket: the page's files, and the session for a launch code. */
export async function answerHttp(
  request: IncomingMessage,
  response: ServerResponse,
  context: WebContext,
): Promise<void> {
  const status = refuse(request, context.port)
  setHeaders(response, securityHeaders(status === null ? `ws://${request.headers.host}` : ''))
  response.setHeader('Cache-Control', 'no-store')
  if (status !== null) return end(response, status)
  const path = (request.url ?? '').split(/[?#]/, 1)[0] ?? ''
  if (request.method === 'POST' && path === SESSION_PATH) return openSession(request, response, context)
  if (request.method === 'GET' || request.method === 'HEAD') return sendFile(response, { ...context, path })
  return end(response, request.method === 'POST' ? 404 : 403)
}

async function openSession(request: IncomingMessage, response: ServerResponse, context: WebContext): Promise<void> {
  if (request.headers['content-type'] !== 'application/json') return end(response, 415)
  if (!(Number(request.headers['content-length']) <= MAX_BODY_BYTES)) return end(response, 413)
  const opened = context.session.open(launchCodeOf(parseJson(await text(request))))
  if (opened === 'wrong') return end(response, 401)
  if (opened === 'locked') return end(response, 429)
  response.setHeader('Set-Cookie', `${cookieName(context.port)}=${opened.cookie}; Path=/; HttpOnly; SameSite=Strict`)
  response.setHeader('Content-Type', 'application/json')
  response.end(JSON.stringify({ token: opened.token }))
}

function launchCodeOf(body: unknown): string {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, 'code')) return ''
  const { code } = body as { code: unknown }
  return typeof code === 'string' ? code : ''
}

async function sendFile(response: ServerResponse, wanted: { pageFolder: string; path: string }): Promise<void> {
  const file = await findStaticFile(wanted.pageFolder, wanted.path)
  if (file === null) return wanted.path === '/' ? end(response, 503, NOT_BUILT) : end(response, 404)
  response.setHeader('Content-Type', file.type)
  response.setHeader('Content-Length', file.sizeBytes)
  if (file.isHashed) response.setHeader('Cache-Control', 'public, max-age=31536000, immutable')
  if (response.req.method === 'HEAD') return void response.end()
  await pipeline(createReadStream(file.path), response)
}

/** The values of this session's cookie; another local server may have planted one of the same name. */
export function sessionCookies(request: IncomingMessage, port: number): string[] {
  const prefix = `${cookieName(port)}=`
  const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim())
  return cookies.filter((cookie) => cookie.startsWith(prefix)).map((cookie) => cookie.slice(prefix.length))
}

/** Cookies ignore ports: without it two instances would throw out each other's sessions. */
function cookieName(port: number): string {
  return `pacemail-${port}`
}

function setHeaders(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
}

function end(response: ServerResponse, status: number, sentence = ''): void {
  response.statusCode = status
  if (status !== 404) response.setHeader('Connection', 'close')
  if (sentence !== '') response.setHeader('Content-Type', 'text/plain; charset=utf-8')
  response.end(sentence)
}

import { AppError } from '#shared/errors'
import {
  callGraph,
  callUpload,
  jsonOf,
  type GraphAnswer,
  type GraphPiece,
  type GraphRequest,
  type GraphServer,
} from './graph-call.ts'
import { inTurn, type SharedGraph } from './graph-turns.ts'
import { parseMailDate } from '../mail-date.ts'
import type { AccessTokens } from './microsoft-tokens.ts'
import {
  networkFailure,
  outlookFailure,
  retryAfterMs,
  unreachable,
  type GraphRefusal,
  type GraphStep,
} from './outlook-failure.ts'

/** Graph, signed in as one account. Every failure is one of the five codes of `MailProvider`. */
export interface OutlookSession {
  /** One answer of whatever status; a token that was refused is renewed once, for nothing was done with it. */
  ask(request: GraphQuestion, signal: AbortSignal): Promise<GraphAnswer>
  /** The object in a good answer; null where the thing asked for is gone. */
  read(request: GraphQuestion, signal: AbortSignal): Promise<unknown>
  /** One piece of a file; one answer of whatever status. */
  upload(piece: GraphPiece, signal: AbortSignal): Promise<GraphAnswer>
}

export interface GraphQuestion extends Omit<GraphRequest, 'token'> {
  /** Only the send call has it: it is asked right before the request is made, and makes it the step `send`. */
  readonly beforeFirstByte?: () => boolean
}

/** `Prefer` of every request: ids that survive a move to another folder (providers.md §5.2). */
const IMMUTABLE_IDS = 'IdType="ImmutableId"'

export function createOutlookSession(server: SharedGraph, tokens: AccessTokens): OutlookSession {
  async function ask(question: GraphQuestion, signal: AbortSignal): Promise<GraphAnswer> {
    const first = { question, token: await tokens.get({ isRefused: false }, signal) }
    const answer = await inTurn(server.turns, () => callFirst(server, first, signal), signal)
    const claims = claimsIn(answer)
    // Where they cannot be kept the sign-in asks for none, and is asked for again: the answer itself is what counts here.
    if (claims !== null) await tokens.want(claims).catch(() => undefined)
    if (answer.status !== 401 || refusalOf(answer).wantsClaims) return answer
    // A 401 is definite: Graph did nothing (providers.md §4.2, reliability.md §2.3).
    const again = { question, token: await tokens.get({ isRefused: true }, signal) }
    return inTurn(server.turns, () => call(server, again, signal), signal)
  }

  return {
    ask,
    read: async (question, signal) => {
      const answer = await ask(question, signal)
      if (isGone(answer)) return null
      return objectIn(assertGood(answer, 'prepare'))
    },
    upload: async (piece, signal) => {
      stopIfAborted(signal)
      try {
        return await inTurn(server.turns, () => callUpload(server, piece, signal), signal)
      } catch (error) {
        throw networkFailure(error, 'prepare', signal.aborted)
      }
    },
  }
}

/** Asked to leave only once it is this request's turn: what is known may change while it waits. */
async function callFirst(
  server: GraphServer,
  asked: { question: GraphQuestion; token: string },
  signal: AbortSignal,
): Promise<GraphAnswer> {
  const { beforeFirstByte } = asked.question
  stopIfAborted(signal)
  if (beforeFirstByte !== undefined) askToLeave(beforeFirstByte)
  return call(server, asked, signal)
}

async function call(
  server: GraphServer,
  { question, token }: { question: GraphQuestion; token: string },
  signal: AbortSignal,
): Promise<GraphAnswer> {
  stopIfAborted(signal)
  const { beforeFirstByte, ...request } = question
  const headers = { ...request.headers, prefer: preferOf(request.headers) }
  try {
    return await callGraph(server, { ...request, headers, token }, signal)
  } catch (error) {
    throw networkFailure(error, beforeFirstByte === undefined ? 'prepare' : 'send', signal.aborted)
  }
}

function preferOf(headers: GraphRequest['headers']): string {
  const wanted = headers?.['prefer']
  return wanted === undefined ? IMMUTABLE_IDS : `${IMMUTABLE_IDS}, ${wanted}`
}

/** The same answer when it is a good one; throws what it means otherwise. */
export function assertGood(answer: GraphAnswer, step: GraphStep): GraphAnswer {
  if (answer.status < 200 || answer.status > 299) throw outlookFailure(refusalOf(answer), step)
  return answer
}

/** A good answer that is no JSON does not come from Graph: a portal, a proxy. Nothing was sent by it. */
export function objectIn(answer: GraphAnswer): object {
  const value = jsonOf(answer)
  if (typeof value === 'object' && value !== null) return value
  throw outlookFailure({ ...refusalOf(answer), codes: ['NotGraph'] }, 'prepare')
}

/** The thing asked for is not there (any more), said by Exchange and not by something in between. */
export function isGone(answer: GraphAnswer): boolean {
  return answer.status >= 400 && refusalOf(answer).codes.some((code) => /^errorItemNotFound$/i.test(code))
}

/** What an answer says beside its thing, as far as it can be read. */
export function refusalOf(answer: GraphAnswer): GraphRefusal {
  const { status, headers } = answer
  const codes = codesIn(jsonOf(answer))
  return {
    status,
    codes,
    retryAfterMs: retryAfterMs(headers.get('retry-after'), dateOf(headers, 'date'), dateOf(headers, 'retry-after')),
    wantsClaims: /\bclaims="/.test(headers.get('www-authenticate') ?? '') || codes.includes('insufficient_claims'),
    requestId: headers.get('request-id'),
    clientRequestId: answer.clientRequestId,
  }
}

/**
 * What a sign-in must bring before Graph answers (learn.microsoft.com/entra/identity-platform/claims-challenge): base64 of a
 * JSON text, which the sign-in page gets as it is. Null where nothing is asked for, or nothing readable.
 */
function claimsIn({ headers }: GraphAnswer): string | null {
  const encoded = /\bclaims="([A-Za-z0-9+/=_-]{1,8000})"/.exec(headers.get('www-authenticate') ?? '')?.[1]
  if (encoded === undefined) return null
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? text : null
  } catch {
    return null
  }
}

function dateOf(headers: Headers, name: string): number | null {
  const text = headers.get(name)
  return text === null ? null : parseMailDate(text)
}

/** `error.code`, `error.innerError.code` …, outermost first (learn.microsoft.com/graph/errors). */
function codesIn(body: unknown): string[] {
  const codes: string[] = []
  let error = (body as { error?: unknown } | null | undefined)?.error
  for (let depth = 0; typeof error === 'object' && error !== null && depth < 8; depth += 1) {
    const { code, innerError, innererror } = error as { code?: unknown; innerError?: unknown; innererror?: unknown }
    if (typeof code === 'string') codes.push(code)
    error = innerError ?? innererror
  }
  return codes
}

export function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw unreachable('stopped')
}

function askToLeave(beforeFirstByte: () => boolean): void {
  let mayLeave = false
  let cause: unknown
  try {
    mayLeave = beforeFirstByte()
  } catch (error) {
    cause = error
  }
  if (!mayLeave)
    throw new AppError('mail.unreachable', 'stopped before sending', { details: { reason: 'stopped' }, cause })
}

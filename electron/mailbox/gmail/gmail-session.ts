import { AppError } from '#shared/errors'
import { gmailFailure, type GmailRequest } from './gmail-failure.ts'
import { seenFailure } from './gmail-seen.ts'
import { gmailUsers, type GmailUsers, type GoogleMeans } from './google-client.ts'
import { createGoogleTokens } from './google-tokens.ts'
import type { MailboxSecret } from '../sign-in.ts'

type Ask<T> = (users: GmailUsers) => Promise<{ data: T; status: number }>

/** Requests to one Gmail mailbox. Each is made once, or twice where the first was refused for an old token. */
export interface GmailSession {
  /** Throws the codes of `MailProvider`; a failure here never means that a mail may have left. */
  ask<T>(request: Ask<T>, signal: AbortSignal): Promise<T>
  /** The same for something that may be gone: null for one of the statuses `gone`. */
  find<T>(request: Ask<T>, signal: AbortSignal, gone?: readonly number[]): Promise<T | null>
  /** The request that makes a mail leave. `leave` runs right before it, and may throw to stop it. */
  send<T>(request: Ask<T>, leave: () => void, signal: AbortSignal): Promise<T>
}

export function createGmailSession(means: GoogleMeans & { readonly secret: MailboxSecret }): GmailSession {
  const tokens = createGoogleTokens(means)

  /** A refused token (401) did nothing: the request may be made again with a new one (providers.md §4.1). */
  async function run<T>(request: Ask<T>, signal: AbortSignal, leave: () => void = () => undefined): Promise<T> {
    const token = await tokens.current(signal)
    stopIfAborted(signal)
    leave()
    try {
      return answerOf(await request(gmailUsers(means, { accessToken: token, signal })))
    } catch (error) {
      if (seenFailure(error).status !== 401) throw error
    }
    const accessToken = await tokens.renewed(token, signal)
    stopIfAborted(signal)
    return answerOf(await request(gmailUsers(means, { accessToken, signal })))
  }

  return {
    ask: async (request, signal) => {
      try {
        return await run(request, signal)
      } catch (error) {
        throw told(error, 'ask', signal)
      }
    },
    find: async (request, signal, gone = [404]) => {
      try {
        return await run(request, signal)
      } catch (error) {
        const { status, reasons } = seenFailure(error)
        // Said by Google, and not by a page in between.
        if (gone.includes(status ?? 0) && reasons.length > 0) return null
        throw told(error, 'ask', signal)
      }
    },
    send: async (request, leave, signal) => {
      try {
        return await run(request, signal, leave)
      } catch (error) {
        throw told(error, 'send', signal)
      }
    },
  }
}

/** Text is no answer of Gmail but of something in between, a hotel's sign-in page for example. A deletion answers with none. */
function answerOf<T>({ data, status }: { data: T; status: number }): T {
  if (typeof data !== 'string' || status === NO_CONTENT) return data
  throw Object.assign(new Error('an answer that is no JSON'), { config: null })
}

const NO_CONTENT = 204

/** A read or a draft that we stopped ourselves is no failure of the network; a send that we stopped may have left. */
function told(error: unknown, kind: GmailRequest, signal: AbortSignal): Error {
  if (error instanceof AppError) return error
  if (kind === 'ask' && signal.aborted) return stopped()
  // What is neither gaxios' error nor a socket's is a mistake of ours, and must not look like a failed request.
  if (kind === 'ask' && error instanceof Error && !('config' in error || 'code' in error)) return error
  return gmailFailure(error, kind)
}

function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw stopped()
}

function stopped(): AppError {
  return new AppError('mail.unreachable', 'stopped', { details: { reason: 'stopped' } })
}

import { AppError } from '#shared/errors'
import type { Endpoints } from '../endpoints.ts'
import { SCOPES } from './admin-consent.ts'
import { createMicrosoftNetwork, openMicrosoftApp } from './microsoft-app.ts'
import type { GraphTurns } from './graph-turns.ts'
import { tokenFailure } from './microsoft-failure.ts'
import { cacheInSecret, encodeMicrosoftSecret, readMicrosoftSecret } from './microsoft-secret.ts'
import { unreachable } from './outlook-failure.ts'
import type { MailboxSecret, OAuthClient } from '../sign-in.ts'

export interface AccessTokens {
  /**
   * A token that is good for now. `isRefused`: the last one was answered with 401, so a new one is fetched. Throws
   * `mail.signed_out`, `mail.unreachable` or `mail.refused` for the mailbox.
   */
  get(options: { readonly isRefused: boolean }, signal: AbortSignal): Promise<string>
  /** The next sign-in must bring these; kept with the tokens until then. */
  want(claims: string): Promise<void>
}

export interface MicrosoftAccount {
  readonly client: OAuthClient
  readonly secret: MailboxSecret
  readonly endpoints: Endpoints['microsoft']
  /** For one request with its answer. */
  readonly timeoutMs: number
  /** Shared by all mailboxes of the process. */
  readonly turns: GraphTurns
}

/** The tokens of one mailbox. One request is on its way at a time; who asks meanwhile gets the same answer. */
export function createMicrosoftTokens(account: MicrosoftAccount): AccessTokens {
  const network = createMicrosoftNetwork(account.timeoutMs)
  const app = openMicrosoftApp({ ...account, network, cachePlugin: cacheInSecret(account.secret) })
  let last: { isRefused: boolean; token: Promise<string> } | null = null

  async function fetchToken(forceRefresh: boolean): Promise<string> {
    try {
      const kept = await readMicrosoftSecret(account.secret)
      const found = kept && (await app.getTokenCache().getAccountByHomeId(kept.homeAccountId))
      if (!found) throw new AppError('mail.signed_out', 'no account is stored', { details: { providerCode: null } })
      const { accessToken } = await app.acquireTokenSilent({ account: found, scopes: SCOPES, forceRefresh })
      return accessToken
    } catch (error) {
      throw tokenFailure(error, network.failure(), false)
    }
  }

  /** Starts a request, after the one that is on its way. */
  function start(isRefused: boolean): Promise<string> {
    const before = last?.token.catch(() => undefined)
    const token = Promise.resolve(before).then(() => fetchToken(isRefused))
    const mine = { isRefused, token }
    last = mine
    const forget = () => {
      if (last === mine) last = null
    }
    token.then(forget, forget)
    return token
  }

  return {
    want: async (claims) => {
      const kept = await readMicrosoftSecret(account.secret)
      if (kept !== null) await account.secret.write(encodeMicrosoftSecret({ ...kept, claims }))
    },
    get: async ({ isRefused }, signal) => {
      if (signal.aborted) throw unreachable('stopped')
      // An ordinary token asked for while a new one is on its way is that new one.
      const token = last !== null && (last.isRefused || !isRefused) ? last.token : start(isRefused)
      return whileWanted(token, signal)
    },
  }
}

/** Stops waiting when `signal` aborts; the request goes on for the others, and ends by its own time-out. */
async function whileWanted(token: Promise<string>, signal: AbortSignal): Promise<string> {
  token.catch(() => undefined)
  let stop = () => {}
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = () => reject(unreachable('stopped'))
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([token, stopped])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

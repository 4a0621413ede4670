import type { ICachePlugin } from '@azure/msal-node'
import type { MailboxSecret } from '../sign-in.ts'

/** The secret of one mailbox: which account of the cache it is, and MSAL's cache with its refresh token. */
export interface MicrosoftSecret {
  readonly homeAccountId: string
  /** MSAL's own text. */
  readonly cache: string
  /** What Graph asked of the next sign-in (Conditional Access), as Microsoft writes it; null: nothing. */
  readonly claims: string | null
}

export function encodeMicrosoftSecret(secret: MicrosoftSecret): string {
  return JSON.stringify(secret)
}

/** Null for a missing secret and for one that cannot be read: the rep must sign in. */
export async function readMicrosoftSecret(secret: MailboxSecret): Promise<MicrosoftSecret | null> {
  return parseMicrosoftSecret(await secret.read())
}

export function parseMicrosoftSecret(text: string | null): MicrosoftSecret | null {
  if (text === null) return null
  try {
    const { homeAccountId, cache, claims } = JSON.parse(text) as Partial<Record<keyof MicrosoftSecret, unknown>>
    if (typeof homeAccountId !== 'string' || typeof cache !== 'string') return null
    return { homeAccountId, cache, claims: typeof claims === 'string' ? claims : null }
  } catch {
    return null
  }
}

/**
 * MSAL's cache in the secret of one mailbox: read before each use, written when tokens were renewed. A secret that was taken
 * away or replaced meanwhile (the mailbox was removed, another account signed in) is not brought back.
 */
export function cacheInSecret(secret: MailboxSecret): ICachePlugin {
  let homeAccountId: string | null = null
  return {
    beforeCacheAccess: async ({ tokenCache }) => {
      const kept = await readMicrosoftSecret(secret)
      homeAccountId = kept?.homeAccountId ?? null
      if (kept !== null) tokenCache.deserialize(kept.cache)
    },
    afterCacheAccess: async ({ tokenCache, cacheHasChanged }) => {
      if (!cacheHasChanged || homeAccountId === null) return
      const kept = await readMicrosoftSecret(secret)
      if (kept?.homeAccountId !== homeAccountId) return
      await secret.write(encodeMicrosoftSecret({ ...kept, cache: tokenCache.serialize() }))
    },
  }
}

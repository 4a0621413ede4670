import { write } from '#db/open'
import { getSetting, setSetting } from '#db/queries/settings'
import { OAuthProvider, type OAuthClientView } from '#shared/contract/sign-in'
import type { OAuthClient } from '../../mailbox/sign-in.ts'
import type { EngineContext } from '../context.ts'

/** The app as Google and Microsoft know it: the rep's own client id, else the one that came with the build. */
export interface OAuthClients {
  /** Null when there is none: the rep must make one first. Throws `secrets.unavailable`. */
  of(provider: OAuthProvider): Promise<OAuthClient | null>
  views(): Promise<OAuthClientView[]>
  /** An empty id goes back to the one of the build. `clientSecret` null keeps the stored one. */
  save(client: { provider: OAuthProvider; clientId: string; clientSecret: string | null }): Promise<void>
}

export type BuiltInClients = Readonly<Record<OAuthProvider, OAuthClient | null>>

/** A build that nobody has registered. */
export const NO_CLIENTS: BuiltInClients = { gmail: null, outlook: null }

export interface OAuthClientsDeps extends Pick<EngineContext, 'db' | 'secrets' | 'mail'> {
  readonly builtIn: BuiltInClients
}

export function createOAuthClients(deps: OAuthClientsDeps): OAuthClients {
  const ownId = (provider: OAuthProvider): string => getSetting(deps.db, 'oauthClients')[provider] ?? ''

  async function of(provider: OAuthProvider): Promise<OAuthClient | null> {
    const clientId = ownId(provider)
    if (clientId === '') return deps.builtIn[provider]
    return { clientId, clientSecret: await deps.secrets.get(secretName(provider)) }
  }

  async function view(provider: OAuthProvider): Promise<OAuthClientView> {
    const client = await of(provider)
    const source = client === null ? 'none' : ownId(provider) === '' ? 'build' : 'own'
    const clientId = client?.clientId ?? ''
    const adminUrl = clientId === '' ? null : deps.mail.adminUrl(provider, clientId)
    return { provider, clientId, source, hasSecret: Boolean(client?.clientSecret), adminUrl }
  }

  return {
    of,
    views: () => Promise.all(OAuthProvider.options.map(view)),
    async save({ provider, clientId, clientSecret }) {
      if (clientSecret !== null && clientSecret !== '') await deps.secrets.set(secretName(provider), clientSecret)
      if (clientId === '') await deps.secrets.remove(secretName(provider))
      const saved = { ...getSetting(deps.db, 'oauthClients'), [provider]: clientId }
      write(deps.db, (tx) => setSetting(tx, 'oauthClients', saved))
    },
  }
}

function secretName(provider: OAuthProvider): string {
  return `client.${provider}`
}

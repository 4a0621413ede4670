import {
  PublicClientApplication,
  type ICachePlugin,
  type INetworkModule,
  type NetworkRequestOptions,
  type NetworkResponse,
} from '@azure/msal-node'
import { PUBLIC_ENDPOINTS, type Endpoints } from '../endpoints.ts'
import type { OAuthClient } from '../sign-in.ts'

export interface MicrosoftMeans {
  readonly client: OAuthClient
  readonly endpoints: Endpoints['microsoft']
  readonly network: INetworkModule
  readonly cachePlugin?: ICachePlugin
}

/** Microsoft's own library, with our network and our cache. Nothing is asked yet. */
export function openMicrosoftApp({ client, endpoints, network, cachePlugin }: MicrosoftMeans): PublicClientApplication {
  return new PublicClientApplication({
    auth: {
      clientId: client.clientId,
      authority: `${PUBLIC_ENDPOINTS.microsoft.authorityUrl}/common`,
      ...placeOf(endpoints),
    },
    ...(cachePlugin === undefined ? {} : { cache: { cachePlugin } }),
    // Its own retries would send a refresh again by themselves.
    system: { networkClient: network, disableInternalRetries: true },
  })
}

/** MSAL refuses an authority without TLS, but not metadata that name one (providers.md §2.2). */
function placeOf({ authorityUrl }: Endpoints['microsoft']): { authorityMetadata?: string } {
  if (authorityUrl === PUBLIC_ENDPOINTS.microsoft.authorityUrl) return {}
  const base = `${authorityUrl}/common`
  return {
    authorityMetadata: JSON.stringify({
      issuer: `${PUBLIC_ENDPOINTS.microsoft.authorityUrl}/{tenantid}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
    }),
  }
}

/** MSAL's requests with Node's `fetch`, and why the last one got no answer: MSAL itself throws that away. */
export interface MicrosoftNetwork extends INetworkModule {
  failure(): unknown
}

/** Every request ends after `timeoutMs` or when `signal` aborts; MSAL's own client would wait for ever (§1.2). */
export function createMicrosoftNetwork(timeoutMs: number, signal?: AbortSignal): MicrosoftNetwork {
  let failure: unknown = null
  async function request<T>(
    method: 'GET' | 'POST',
    url: string,
    options?: NetworkRequestOptions,
  ): Promise<NetworkResponse<T>> {
    try {
      failure = null
      const response = await fetch(url, {
        method,
        headers: options?.headers ?? {},
        ...(method === 'POST' ? { body: options?.body ?? '' } : {}),
        redirect: 'manual',
        signal: endOf(timeoutMs, signal),
      })
      // A page instead of JSON is no answer of Microsoft's; `json` throws then.
      const body = (await response.json()) as T
      return { headers: Object.fromEntries(response.headers), body, status: response.status }
    } catch (error) {
      failure = error
      throw error
    }
  }
  return {
    failure: () => failure,
    sendGetRequestAsync: (url, options) => request('GET', url, options),
    sendPostRequestAsync: (url, options) => request('POST', url, options),
  }
}

function endOf(timeoutMs: number, signal?: AbortSignal): AbortSignal {
  // oxlint-disable-next-line no-restricted-properties -- the time-out of a socket decides nothing by the clock
  const timeout = AbortSignal.timeout(timeoutMs)
  return signal === undefined ? timeout : AbortSignal.any([signal, timeout])
}

import { SESSION_PATH } from '#shared/contract/wire'

/**
 * How a page in the browser gets its token: once from the launch code in the address, later from the tab's own
 * storage, so that a reload works and a new tab does not.
 */
export interface Session {
  /** `null`: this page has no right to the host. Rejects when the host does not answer. */
  token(): Promise<string | null>
  /** Does the host answer at all? A browser does not say why it could not open a socket. */
  isHostUp(): Promise<boolean>
  /** The host did not accept the token. */
  forget(): void
}

const KEY = 'pacemail.token'

/** Reads the launch code and takes it out of the address at once. */
export function takeLaunchCode(place: Window): string | null {
  const match = /^#launch=([\w-]+)$/.exec(place.location.hash)
  if (match === null) return null
  place.history.replaceState(null, '', place.location.pathname + place.location.search)
  return match[1] ?? null
}

export function createSession(launchCode: string | null, storage: Storage, ask: typeof fetch): Session {
  let code = launchCode
  let known = storage.getItem(KEY)

  return {
    async token() {
      if (code === null) return known
      const fresh = await exchange(code, ask)
      code = null
      if (fresh !== null) {
        known = fresh
        storage.setItem(KEY, fresh)
      }
      return known
    },
    isHostUp: () =>
      ask('/', { method: 'HEAD', cache: 'no-store' }).then(
        () => true,
        () => false,
      ),
    forget() {
      known = null
      storage.removeItem(KEY)
    },
  }
}

/** Null when the code was used or is wrong. */
async function exchange(code: string, ask: typeof fetch): Promise<string | null> {
  const answer = await ask(SESSION_PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
    credentials: 'same-origin',
  })
  if (!answer.ok) return null
  const body: unknown = await answer.json()
  return typeof body === 'object' && body !== null && 'token' in body && typeof body.token === 'string'
    ? body.token
    : null
}

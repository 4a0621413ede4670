import { readFile } from 'node:fs/promises'
import { protocol } from 'electron'
import { securityHeaders } from '../host/security-headers.ts'
import { findStaticFile } from '../host/static-files.ts'

/** The page's own scheme instead of `file:`: it has an origin, and reaches nothing but the page's files. */
const SCHEME = 'app'
export const APP_ORIGIN = `${SCHEME}://pacemail`

/** Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }])
}

/** Serves the built page at `app://pacemail/`. */
export function serveApp(pageFolder: string): void {
  protocol.handle(SCHEME, async (request) => {
    const { host, pathname } = new URL(request.url)
    const isOurs = host === 'pacemail' && request.method === 'GET'
    const file = isOurs ? await findStaticFile(pageFolder, pathname) : null
    const headers = securityHeaders('')
    if (file === null) return new Response(null, { status: 404, headers })
    const content = new Uint8Array(await readFile(file.path))
    return new Response(content, { headers: { ...headers, 'Content-Type': file.type } })
  })
}

/** Is this an address of our page? Compared as parsed, never by its beginning. */
export function isAppUrl(url: string): boolean {
  const parsed = URL.parse(url)
  return parsed !== null && parsed.protocol === `${SCHEME}:` && parsed.host === 'pacemail' && parsed.username === ''
}

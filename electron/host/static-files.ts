import { realpath, stat } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

/** Fixed by the file's name; what is not listed is not served. */
const MIME_TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
])

export interface StaticFile {
  readonly path: string
  readonly type: string
  readonly sizeBytes: number
  /** Its name changes with its content, so that it may be cached for ever. */
  readonly isHashed: boolean
}

/**
 * The file of `folder` that a URL path (still encoded, without query) names; null for everything that is not exactly
 * a file inside the folder: traversal in any spelling, dot files, links that lead outside, unknown kinds.
 */
export async function findStaticFile(folder: string, urlPath: string): Promise<StaticFile | null> {
  const name = plainName(urlPath)
  const type = name === null ? undefined : MIME_TYPES.get(extname(name).toLowerCase())
  if (name === null || type === undefined) return null
  try {
    const root = await realpath(folder)
    const path = await realpath(join(root, name))
    const found = await stat(path)
    if (!path.startsWith(root + sep) || !found.isFile()) return null
    return { path, type, sizeBytes: found.size, isHashed: name.startsWith('assets/') }
  } catch {
    return null
  }
}

function plainName(urlPath: string): string | null {
  if (!urlPath.startsWith('/')) return null
  const decoded = decode(urlPath.slice(1))
  if (decoded === '') return 'index.html'
  if (decoded === null || !/^[\w./ -]+$/.test(decoded)) return null
  return decoded.split('/').every((part) => part !== '' && !part.startsWith('.')) ? decoded : null
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

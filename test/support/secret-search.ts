/** Looks for what must be written down nowhere: tokens, codes, passwords. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

/** Where a secret might have got to, and what is written there, byte for byte as Latin-1. */
export interface Place {
  readonly name: string
  readonly text: string
}

/**
 * Every file below a folder; of a database also its values one by one, because SQLite cuts long ones at the ends of its
 * pages.
 */
export function placesBelow(folder: string): Place[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  return files.flatMap((file) => {
    const whole = { name: file, text: readFileSync(file, 'latin1') }
    return whole.text.startsWith('SQLite format 3') ? [whole, { name: `rows of ${file}`, text: rowsOf(file) }] : [whole]
  })
}

function rowsOf(file: string): string {
  const db = new Database(file, { readonly: true })
  try {
    const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all() as string[]
    const rows = tables.flatMap((table) => db.prepare(`SELECT * FROM "${table}"`).raw().all() as unknown[][])
    return rows
      .flat()
      .map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value)))
      .join('\n')
  } finally {
    db.close()
  }
}

/** "<place>: <secret>" for each secret that is in a place as it is, or as a URL, JSON, base64 or UTF-16 writes it. */
export function foundIn(places: readonly Place[], secrets: readonly string[]): string[] {
  return [...new Set(secrets)].flatMap((secret) => {
    const forms = formsOf(secret)
    return places
      .filter(({ text }) => forms.some((form) => text.includes(form)))
      .map(({ name }) => `${name}: ${secret}`)
  })
}

function formsOf(secret: string): string[] {
  const encoded = encodeURIComponent(secret)
  const plain = [secret, encoded, encoded.replaceAll('%20', '+'), JSON.stringify(secret).slice(1, -1)]
  const inFiles = plain.map((form) => Buffer.from(form).toString('latin1'))
  return [...plain, ...inFiles, Buffer.from(secret, 'utf16le').toString('latin1'), ...base64FormsOf(secret)]
}

/** The middle of its base64 for each of the three places where it may begin within a group. */
function base64FormsOf(secret: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)])
    const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64')
    const middle = whole.slice(before === 0 ? 0 : 4)
    return [middle, middle.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

import { seededWhole } from './seeded.ts'

export interface ReadPick {
  /** Null: it is not written as it must be. */
  readonly options: readonly string[] | null
  /** Where the text goes on behind the alternatives, before `}}`. */
  readonly end: number
}

const SPACE = '[^\\S\\r\\n]*'
const QUOTED = `"[^"\\r\\n]*"|'[^'\\r\\n]*'|[“”„][^“”\\r\\n]*[“”]|[‘’‚][^‘’\\r\\n]*[‘’]`
/** The quotation mark tells it from a column that is called "Pick up". */
const OPENING = new RegExp(`${SPACE}pick${SPACE}(?=["'“”„‘’‚])`, 'iy')
const OPTION = new RegExp(`${SPACE}(${QUOTED})${SPACE}`, 'y')
const REST = /[^{}\r\n]*/y

/** Reads `pick "a" | "b"` from inside the braces; null when something else stands there. */
export function readPick(text: string, at: number): ReadPick | null {
  OPENING.lastIndex = at
  const opening = OPENING.exec(text)
  if (opening === null) return null
  const options: string[] = []
  let end = at + opening[0].length
  for (let isMore = true; isMore;) {
    OPTION.lastIndex = end
    const option = OPTION.exec(text)
    if (option === null) return { options: null, end: endOf(text, end) }
    options.push((option[1] ?? '').slice(1, -1))
    end += option[0].length
    isMore = text[end] === '|'
    if (isMore) end += 1
  }
  if (!text.startsWith('}}', end)) return { options: null, end: endOf(text, end) }
  return { options: isPick(options) ? options : null, end }
}

/** At least two, and plain text: a field in one of them would not be filled in. */
function isPick(options: readonly string[]): boolean {
  return options.length >= 2 && !options.some((option) => option.includes('{{'))
}

/** Which alternative a person gets: drawn by their address and the place in the template, so that it stays the same. */
export function pickFor(email: string, pick: { readonly options: readonly string[]; readonly at: number }): string {
  const index = seededWhole(hashOf(email.trim().toLowerCase()), pick.at, { min: 0, max: pick.options.length - 1 })
  return pick.options[index] ?? ''
}

function endOf(text: string, from: number): number {
  REST.lastIndex = from
  return from + (REST.exec(text)?.[0].length ?? 0)
}

/** FNV-1a, 32 bits (Fowler, Noll, Vo; public domain). */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}

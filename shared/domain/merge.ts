import {
  DISPATCH_TOKENS,
  type DispatchToken,
  markToken,
  TOKEN_LANGUAGES,
  type TokenLanguage,
} from './dispatch-tokens.ts'
import { pickFor, type ReadPick, readPick } from './merge-pick.ts'

/**
 * The merge language of templates. It has fields, fallbacks, a few filters and alternatives, and nothing else: no code, no
 * loops, no reading of files, and no second pass, so that a lead's value is never read as a template.
 *
 *   {{ firstName }}
 *   {{ firstName | default: "there" }}
 *   {{ Company size | default: "your size" | downcase }}
 *   {{ nextWorkday | locale: "de" }}      filled in when the mail goes; see dispatch-tokens.ts
 *   {{ pick "Hi" | "Hello" | "Good day" }}      one of them, the same for a lead each time
 *
 * A field is named as its column is typed. Case, spaces, `-` and `_` do not matter: `{{First name}}` is `firstName`.
 * A single `{` is text, and so is a `}}` that closes nothing.
 */

/** Fields that every lead has, in the order in which they are offered. */
export const BUILT_IN_FIELDS = [
  'firstName',
  'lastName',
  'fullName',
  'company',
  'title',
  'email',
  'website',
  'phone',
  'country',
  'senderName',
  'senderPostalAddress',
  'optOut',
] as const

export type MergeFilter =
  /** Stands in for a blank value. An empty fallback is the rep's word that nothing may stand there. */
  | { readonly name: 'default'; readonly fallback: string }
  /** `capitalize` raises the first letter and leaves the others as they are. */
  | { readonly name: 'capitalize' | 'upcase' | 'downcase' }
  /** The language of a field that is dated at dispatch; without it, the language of the template. */
  | { readonly name: 'locale'; readonly language: TokenLanguage }

export interface FieldPart {
  readonly kind: 'field'
  /** As typed in the template. */
  readonly name: string
  /** `fieldKey(name)`. */
  readonly key: string
  readonly filters: readonly MergeFilter[]
  /** Offset in the template, UTF-16 units. */
  readonly at: number
}

/** A field that is filled in when the mail goes. */
export interface DatedPart {
  readonly kind: 'dated'
  readonly token: DispatchToken
  readonly filters: readonly MergeFilter[]
}

/** Alternatives, of which each lead gets one. */
export interface PickPart {
  readonly kind: 'pick'
  readonly options: readonly string[]
  /** Offset in the template, UTF-16 units. */
  readonly at: number
}

export type MergePart =
  | { readonly kind: 'text'; readonly text: string }
  | FieldPart
  | DatedPart
  | PickPart
  /** A mistyped field. It has a problem, and counts as missing for everybody. */
  | { readonly kind: 'broken'; readonly source: string }

export interface MergeProblem {
  /** Offset in the template, UTF-16 units. */
  readonly at: number
  readonly code: 'unclosed' | 'unknown_field' | 'unknown_filter' | 'bad_argument' | 'bad_pick' | 'unknown_language'
  /** The offending piece. */
  readonly text: string
}

export interface ParsedTemplate {
  readonly parts: readonly MergePart[]
  readonly problems: readonly MergeProblem[]
}

/** Never throws. Reads each character a bounded number of times, whatever is typed. */
export function parseTemplate(text: string): ParsedTemplate {
  const parts: MergePart[] = []
  const problems: MergeProblem[] = []
  let from = 0
  for (let open = nextOpening(text, 0); open !== -1; open = nextOpening(text, from)) {
    if (open > from) parts.push({ kind: 'text', text: text.slice(from, open) })
    const tag = readTag(text, open)
    parts.push(tag.part)
    if (tag.problem !== null) problems.push(tag.problem)
    from = tag.end
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) })
  return { parts, problems }
}

export interface Merged {
  readonly text: string
  /** Names of the fields, as typed, that are blank and have no fallback. Not empty: the text has a hole. */
  readonly missing: readonly string[]
}

/**
 * Puts the values in, once: those of `keyValues`, for many templates and one lead. `escape` is applied to what a field
 * yields and never to the template's own text.
 */
export function mergeKeyed(
  parts: readonly MergePart[],
  keyed: ReadonlyMap<string, string>,
  escape: (value: string) => string = (value) => value,
): Merged {
  const missing = new Set<string>()
  const text = parts.map((part) => {
    if (part.kind === 'text') return part.text
    const value = resolvePart(part, keyed)
    if (value === null) missing.add(part.kind === 'field' ? part.name : part.kind === 'broken' ? part.source : '')
    return escape(value ?? '')
  })
  return { text: text.join(''), missing: [...missing] }
}

/** What a part yields for these values (keyed by `keyValues`); null when it is missing. */
export function resolvePart(
  part: Exclude<MergePart, { kind: 'text' }>,
  keyed: ReadonlyMap<string, string>,
): string | null {
  switch (part.kind) {
    case 'field':
      return resolveField(part, keyed)
    case 'pick':
      return pickFor(keyed.get('email') ?? '', part)
    case 'dated':
      return markOf(part, 'en')
    case 'broken':
      return null
  }
}

/** The mark of a field that is filled in when the mail goes, in `language` unless it names its own. */
export function markOf({ token, filters }: DatedPart, language: TokenLanguage): string {
  const own = filters.find((filter) => filter.name === 'locale')
  const letters = filters.findLast((filter) => filter.name !== 'locale' && filter.name !== 'default')
  return markToken({ token, language: own?.language ?? language, letters: letters?.name ?? 'plain' })
}

/** In how many ways the alternatives of templates can fall out. */
export function countVersions(templates: readonly (readonly MergePart[])[]): number {
  const picks = templates.flat().filter((part) => part.kind === 'pick')
  return picks.reduce((count, { options }) => count * new Set(options).size, 1)
}

/** What a field yields for these values (keyed by `keyValues`); null when it is blank and has no fallback. */
export function resolveField(field: FieldPart, keyed: ReadonlyMap<string, string>): string | null {
  const raw = keyed.get(field.key) ?? ''
  const start: string | null = isBlank(raw) ? null : raw.trim()
  return field.filters.reduce((value, filter) => applyFilter(filter, value), start)
}

/** The values under the keys by which fields find them. Of names that differ only in what does not matter the first counts. */
export function keyValues(values: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const keyed = new Map<string, string>()
  for (const [name, value] of values) {
    const key = fieldKey(name)
    if (!keyed.has(key)) keyed.set(key, value)
  }
  return keyed
}

/** Two names with the same key are the same field. */
export function fieldKey(name: string): string {
  if (/^[a-z0-9]+$/i.test(name)) return name.toLowerCase()
  return name
    .normalize('NFC')
    .replace(/[\s_\-\p{Cf}]+/gu, '')
    .toLowerCase()
}

/** Nothing that a reader would see: empty, spaces of any kind, zero-width and control characters. */
export function isBlank(value: string): boolean {
  return /^[\s\p{Z}\p{Cc}\p{Cf}\p{DI}\u2800]*$/u.test(value)
}

function applyFilter(filter: MergeFilter, value: string | null): string | null {
  if (filter.name === 'default') return value ?? filter.fallback
  if (value === null) return null
  switch (filter.name) {
    case 'locale':
      return value
    case 'upcase':
      return value.toUpperCase()
    case 'downcase':
      return value.toLowerCase()
    case 'capitalize': {
      const [first = ''] = value
      return first.toUpperCase() + value.slice(first.length)
    }
  }
}

const TOKENS: ReadonlyMap<string, DispatchToken> = new Map(DISPATCH_TOKENS.map((token) => [fieldKey(token), token]))

interface Tag {
  readonly part: MergePart
  readonly problem: MergeProblem | null
  /** Where the text goes on. */
  readonly end: number
}

/** Of more than two braces in a row, the last two open a field. */
function nextOpening(text: string, from: number): number {
  let open = text.indexOf('{{', from)
  while (open !== -1 && text[open + 2] === '{') open += 1
  return open
}

const SPACE = '[^\\S\\r\\n]*'
// No pattern crosses a line, and none but a quoted argument crosses a brace: that keeps the reading linear.
const NAME = /[^|{}\r\n]*/y
const FILTER = new RegExp(`\\|${SPACE}([^\\s|:{}]*)${SPACE}`, 'y')
const QUOTED = new RegExp(
  `:${SPACE}("[^"\\r\\n]*"|'[^'\\r\\n]*'|[“”„][^“”\\r\\n]*[“”]|[‘’‚][^‘’\\r\\n]*[‘’])${SPACE}`,
  'y',
)
const UNQUOTED = /:[^|{}\r\n]*/y

function readTag(text: string, open: number): Tag {
  const pick = readPick(text, open + 2)
  return pick === null ? readField(text, open) : pickTag(text, open, pick)
}

function pickTag(text: string, open: number, { options, end }: ReadPick): Tag {
  const isClosed = text.startsWith('}}', end)
  const source = text.slice(open, isClosed ? end + 2 : end)
  if (isClosed && options !== null) return { part: { kind: 'pick', options, at: open }, problem: null, end: end + 2 }
  const code = isClosed ? 'bad_pick' : 'unclosed'
  return { part: { kind: 'broken', source }, problem: { at: open, code, text: source }, end: open + source.length }
}

function readField(text: string, open: number): Tag {
  const name = matchAt(NAME, text, open + 2)?.[0] ?? ''
  let end = open + 2 + name.length
  const filters: MergeFilter[] = []
  let wrong: Pick<MergeProblem, 'code' | 'text'> | null = null
  while (text[end] === '|') {
    const read = readFilter(text, end)
    if (read.filter === null) wrong ??= read.wrong
    else filters.push(read.filter)
    end = read.end
  }
  const isClosed = text.startsWith('}}', end)
  const source = text.slice(open, isClosed ? end + 2 : end)
  const broken = (code: MergeProblem['code'], piece: string): Tag => ({
    part: { kind: 'broken', source },
    problem: { at: open, code, text: piece },
    end: open + source.length,
  })
  if (!isClosed) return broken('unclosed', source)
  if (wrong !== null) return broken(wrong.code, wrong.text)
  const key = fieldKey(name)
  if (key === '') return broken('unknown_field', source)
  const token = TOKENS.get(key)
  const part: MergePart =
    token === undefined
      ? { kind: 'field', name: name.trim(), key, filters, at: open }
      : { kind: 'dated', token, filters }
  return { part, problem: null, end: end + 2 }
}

type ReadFilter = { readonly end: number } & (
  | { readonly filter: MergeFilter }
  | { readonly filter: null; readonly wrong: Pick<MergeProblem, 'code' | 'text'> }
)

function readFilter(text: string, at: number): ReadFilter {
  const match = matchAt(FILTER, text, at)
  const name = (match?.[1] ?? '').toLowerCase()
  const afterName = at + (match?.[0].length ?? 1)
  const quoted = matchAt(QUOTED, text, afterName)
  const unquoted = quoted === null ? matchAt(UNQUOTED, text, afterName) : null
  const end = afterName + (quoted ?? unquoted ?? [''])[0].length
  const argument = quoted?.[1]?.slice(1, -1) ?? null
  const wrong = (code: MergeProblem['code'], piece: string): ReadFilter => ({
    end,
    filter: null,
    wrong: { code, text: piece.trim() },
  })

  switch (name) {
    case 'default':
      return argument === null
        ? wrong('bad_argument', text.slice(at, end))
        : { end, filter: { name, fallback: argument } }
    case 'locale': {
      const language = TOKEN_LANGUAGES.find((each) => each === argument?.trim().toLowerCase())
      return language === undefined
        ? wrong('unknown_language', text.slice(at, end))
        : { end, filter: { name, language } }
    }
    case 'capitalize':
    case 'upcase':
    case 'downcase':
      return end > afterName ? wrong('bad_argument', text.slice(at, end)) : { end, filter: { name } }
    default:
      return wrong('unknown_filter', match?.[1] ?? '')
  }
}

/** `pattern` must be sticky. */
function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

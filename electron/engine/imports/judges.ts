import type { StagedRow } from '#db/queries/import-staging'
import type { DateFormat, LeadColumn } from '#shared/contract/imports'
import { parseAddress } from '#shared/domain/address'
import { momentOfText } from '#shared/domain/moment-text'
import { suppressionOf } from '#shared/domain/suppression-text'
import type { RowVerdict } from '#shared/domain/taxonomy'
import { fromSpreadsheet } from '../records/export-csv.ts'
import { cleanLine } from '../leads/lead-text.ts'
import { createRowJudge, firstFilled, placesOf, ADDRESS_PROBLEMS } from './judge-row.ts'
import type { CheckTask, RawRow } from './messages.ts'

type RowJudge = (row: RawRow) => StagedRow

/** What the file alone can tell of its rows. Keeps what it has seen: one for each file. */
export function judgeFor(task: CheckTask): RowJudge {
  switch (task.purpose) {
    case 'leads':
    case 'pending':
      return createRowJudge(task.columns, task.mapping)
    case 'history':
      return createHistoryJudge(task)
    case 'suppressions':
      return createSuppressionJudge(task.mapping)
  }
}

const EMPTY = {
  identity: '',
  domain: '',
  isRole: false,
  firstName: '',
  lastName: '',
  company: '',
  title: '',
  website: '',
  phone: '',
  country: '',
  zone: '',
  fields: {},
  note: '',
  tags: [],
  source: '',
  basis: '',
  basisAt: null,
  basisNote: '',
  at: null,
} as const

const MAX_ABOUT = 200
const MAX_TYPED = 320

/** Earlier mail: `invalid`, `no_date`, `duplicate_in_file` (the same person at the same moment), else `new`. */
function createHistoryJudge({ mapping, dates, now }: CheckTask): RowJudge {
  const lineOf = new Map<string, number>()
  const places = placesOf(mapping)
  return (row) => {
    const cell = cellOf(row)
    const typed = bareAddress(firstFilled(places.get('email'), cell))
    const about = (places.get('about') ?? []).map((index) => cleanLine(cell(index), MAX_ABOUT))
    const note = [...new Set(about)].filter((text) => text !== '').join(' · ')
    const base = { ...EMPTY, line: row.line, email: cleanLine(typed, MAX_TYPED), note }
    const parsed = parseAddress(typed)
    if (!parsed.ok) return { ...base, verdict: 'invalid', detail: ADDRESS_PROBLEMS[parsed.problem] }
    const { identity, domain } = parsed.address
    const person = { ...base, identity, domain }
    const at = readDate(firstFilled(places.get('sentAt'), cell), dates, now)
    if (typeof at === 'string') return { ...person, verdict: 'no_date', detail: at }
    return { ...person, at, ...onceIn(lineOf, `${at} ${identity}`, row.line) }
  }
}

/** Epoch ms, or why not. */
function readDate(text: string, dates: DateFormat, now: number): number | string {
  if (text.trim() === '') return 'no date'
  const at = momentOfText(text, dates)
  if (at === null) return `not a date: ${cleanLine(text, 60)}`
  return at > now ? 'in the future' : at
}

/** Addresses and domains: `invalid`, `duplicate_in_file`, else `new`. A domain has no identity. */
function createSuppressionJudge(mapping: readonly LeadColumn[]): RowJudge {
  const lineOf = new Map<string, number>()
  const places = placesOf(mapping)
  return (row) => {
    const typed = firstFilled(places.get('email'), cellOf(row)).trim()
    const base = { ...EMPTY, line: row.line, email: cleanLine(typed, MAX_TYPED) }
    const entry = suppressionOf(typed)
    if (!entry.ok) {
      const detail = typed.includes('@') ? ADDRESS_PROBLEMS[entry.problem] : 'neither an address nor a domain'
      return { ...base, verdict: 'invalid', detail }
    }
    const identity = entry.kind === 'address' ? entry.value : ''
    return { ...base, identity, domain: entry.domain, ...onceIn(lineOf, entry.value, row.line) }
  }
}

function onceIn(
  lineOf: Map<string, number>,
  key: string,
  line: number,
): { readonly verdict: RowVerdict; readonly detail: string } {
  const before = lineOf.get(key)
  if (before !== undefined) return { verdict: 'duplicate_in_file', detail: `line ${before}` }
  lineOf.set(key, line)
  return { verdict: 'new', detail: '' }
}

function cellOf({ cells }: RawRow): (index: number) => string {
  return (index) => fromSpreadsheet(cells[index] ?? '')
}

/** "Ann Lee <ann@corp.example>", as mail programs write recipients. */
function bareAddress(cell: string): string {
  return /^[^<>]*<([^<>]+)>\s*$/.exec(cell)?.[1] ?? cell
}

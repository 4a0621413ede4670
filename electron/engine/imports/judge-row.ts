import type { StagedRow } from '#db/queries/import-staging'
import type { LeadColumn } from '#shared/contract/imports'
import { isRoleAddress, parseAddress, type AddressProblem } from '#shared/domain/address'
import { fromSpreadsheet } from '../records/export-csv.ts'
import { LawfulBasis } from '#shared/domain/taxonomy'
import { momentOfWallTime } from '#shared/domain/wall-time'
import { zoneOf } from '#shared/domain/zone-name'
import { cleanFields, cleanLine, cleanText, MAX_TEXT } from '../leads/lead-text.ts'
import type { RawRow } from './messages.ts'
import { splitName } from './person-name.ts'

/** What a rep reads beside a row that is not taken. */
export const ADDRESS_PROBLEMS: Record<AddressProblem, string> = {
  empty: 'no address',
  line_break: 'a line break in the address',
  several: 'more than one address',
  no_at: 'no @ in the address',
  bad_local: 'not valid before the @',
  bad_domain: 'not a domain after the @',
  too_long: 'too long',
  non_ascii_local: 'letters before the @ that mail servers do not take',
  control: 'invisible characters in the address',
}

/**
 * Turns rows of one file into leads to be, with what the file alone can tell: `invalid`, `duplicate_in_file`, `role`,
 * else `new`. Keeps the people seen so far: use one for each file.
 */
export function createRowJudge(columns: readonly string[], mapping: readonly LeadColumn[]): (row: RawRow) => StagedRow {
  const lineOf = new Map<string, number>()
  const zones = new Map<string, string>()
  const places = placesOf(mapping)

  function zoneOnce(cell: string): string {
    let zone = zones.get(cell)
    if (zone === undefined) {
      zone = zoneOf(cell) ?? ''
      zones.set(cell, zone)
    }
    return zone
  }

  return (row) => {
    const cell = (index: number) => fromSpreadsheet(row.cells[index] ?? '')
    const first = (column: LeadColumn) => firstFilled(places.get(column), cell)
    const texts = { ...textsOf(first), zone: zoneOnce(first('zone')) }
    const custom = (places.get('custom') ?? []).map((index): [string, string] => [columns[index] ?? '', cell(index)])
    const kept = {
      line: row.line,
      ...texts,
      note: cleanText((places.get('note') ?? []).map(cell).filter(Boolean).join('\n'), MAX_TEXT.note),
      fields: cleanFields(custom),
      tags: tagsOf((places.get('tags') ?? []).map(cell)),
      source: cleanLine(first('source'), MAX_TEXT.source),
      basis: basisOf(first('basis')),
      basisAt: noonOf(first('basisAt')),
      basisNote: cleanText(first('basisNote'), MAX_TEXT.basisNote),
      at: null,
    }
    return { ...kept, ...judge(first('email'), row.line, lineOf) }
  }
}

type Verdict = Pick<StagedRow, 'verdict' | 'detail' | 'email' | 'identity' | 'domain' | 'isRole'>

function judge(typed: string, line: number, lineOf: Map<string, number>): Verdict {
  const parsed = parseAddress(typed)
  if (!parsed.ok) {
    const shown = { email: cleanLine(typed, 320), identity: '', domain: '', isRole: false }
    return { ...shown, verdict: 'invalid', detail: ADDRESS_PROBLEMS[parsed.problem] }
  }
  const { address } = parsed
  const isRole = isRoleAddress(address)
  const known = { email: address.typed, identity: address.identity, domain: address.domain, isRole }
  const before = lineOf.get(address.identity)
  if (before !== undefined) return { ...known, verdict: 'duplicate_in_file', detail: `line ${before}` }
  lineOf.set(address.identity, line)
  return { ...known, verdict: isRole ? 'role' : 'new', detail: '' }
}

function textsOf(first: (column: LeadColumn) => string) {
  const name = splitName(cleanLine(first('fullName'), MAX_TEXT.firstName + MAX_TEXT.lastName))
  const country = cleanLine(first('country'), MAX_TEXT.country)
  return {
    firstName: cleanLine(first('firstName') || name.first, MAX_TEXT.firstName),
    lastName: cleanLine(first('lastName') || name.last, MAX_TEXT.lastName),
    company: cleanLine(first('company'), MAX_TEXT.company),
    title: cleanLine(first('title'), MAX_TEXT.title),
    website: cleanLine(first('website'), MAX_TEXT.website),
    phone: cleanLine(first('phone'), MAX_TEXT.phone),
    country: /^[a-z]{2}$/i.test(country) ? country.toUpperCase() : country,
  }
}

/** The word that an export writes; anything else is none. */
function basisOf(cell: string): StagedRow['basis'] {
  const word = cell.trim().toLowerCase().replaceAll(' ', '_')
  return LawfulBasis.options.find((basis) => basis === word) ?? ''
}

/** Null when it is not `YYYY-MM-DD`: days and months in another order would be guessed. */
function noonOf(cell: string): number | null {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(cell.trim())?.[0]
  return day === undefined ? null : momentOfWallTime({ local: `${day}T12:00`, zone: 'UTC' })
}

export function placesOf(mapping: readonly LeadColumn[]): Map<LeadColumn, number[]> {
  const places = new Map<LeadColumn, number[]>()
  for (const [index, column] of mapping.entries()) places.set(column, [...(places.get(column) ?? []), index])
  return places
}

/** Several columns may be mapped to one part: the first with something in it counts. */
export function firstFilled(indexes: readonly number[] | undefined, cell: (index: number) => string): string {
  for (const index of indexes ?? []) {
    const text = cell(index)
    if (text.trim() !== '') return text
  }
  return ''
}

function tagsOf(cells: readonly string[]): string[] {
  const tags = cells.flatMap((cell) => cell.split(/[;,|\n]/)).map((tag) => cleanLine(tag, MAX_TEXT.tag))
  return [...new Set(tags)].filter((tag) => tag !== '').slice(0, 20)
}

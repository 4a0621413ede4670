import Papa from 'papaparse'
import type { LeadColumn } from '#shared/contract/imports'
import { fromSpreadsheet } from '../records/export-csv.ts'
import { columnNames, guessMapping, looksLikeHeader } from '../imports/columns.ts'

export interface TextTable {
  /** Null where the first row is data. */
  readonly mapping: readonly LeadColumn[]
  readonly hasHeader: boolean
  /** Without the header and empty rows. */
  readonly rows: readonly (readonly string[])[]
}

/** Rows that the guess of the columns looks at. */
const SAMPLE = 50

/** A pasted list or the text of a CSV file as rows, with a guess what is in which column. */
export function tableOf(text: string): TextTable {
  const parsed = Papa.parse<string[]>(text.trim(), {
    delimitersToGuess: [',', '\t', ';', '|'],
    skipEmptyLines: 'greedy',
  })
  const rows = parsed.data.map((cells) => cells.map(fromSpreadsheet))
  const [first = []] = rows
  const isHeader = looksLikeHeader(first) && guessMapping(columnNames(first, first.length), []).some(isKnown)
  const width = rows.slice(0, SAMPLE).reduce((most, cells) => Math.max(most, cells.length), 0)
  const data = isHeader ? rows.slice(1) : rows
  const mapping = guessMapping(columnNames(isHeader ? first : null, width), data.slice(0, SAMPLE))
  return { mapping, hasHeader: isHeader, rows: data }
}

function isKnown(column: LeadColumn): boolean {
  return column !== 'custom' && column !== 'ignore'
}

/** The first filled cell of a column. */
export function cellOf(table: TextTable, row: readonly string[], column: LeadColumn): string {
  for (const [index, one] of table.mapping.entries()) {
    const cell = one === column ? (row[index] ?? '').trim() : ''
    if (cell !== '') return cell
  }
  return ''
}

import Papa from 'papaparse'
import type { FileFormat } from '#shared/contract/imports'
import { AppError } from '#shared/errors'
import { decodeText } from './encoding.ts'
import { IMPORT_LIMITS } from './limits.ts'
import type { RawRow } from './messages.ts'

type Delimiter = FileFormat['delimiter']

const DELIMITERS: readonly Delimiter[] = [',', ';', '\t', '|']
const SAMPLE_CHARS = 64 * 1024

/** By what the first lines look like; a first line such as `sep=;` (written by spreadsheets) decides. */
export function guessDelimiter(file: string, encoding: FileFormat['encoding']): Delimiter {
  const sample = firstLines(file, encoding)
  const told = /^sep=(.)(?:\n|$)/i.exec(sample)?.[1]
  const known = DELIMITERS.find((one) => one === told)
  if (known !== undefined) return known
  const scores = DELIMITERS.map((delimiter) => score(sample, delimiter))
  return DELIMITERS[scores.indexOf(Math.max(...scores))] ?? ','
}

/** How well a delimiter explains the sample: the share of rows with the usual number of cells, more cells win a tie. */
function score(sample: string, delimiter: Delimiter): number {
  const rows = parsePiece(new Papa.Parser({ delimiter, newline: '\n', preview: 50 }), sample, false).data
  const counts = new Map<number, number>()
  let filled = 0
  for (const cells of rows) {
    if (cells.every((cell) => cell.trim() === '')) continue
    filled++
    counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1)
  }
  let best = 0
  for (const [cells, count] of counts) if (cells > 1) best = Math.max(best, count / filled + cells / 1_000)
  return best
}

/**
 * Every row that is not empty, with the line where it starts. Throws `import.unclosed_quote` with that line where a
 * quote swallows the lines after it, and `import.too_many_columns`.
 */
export function* csvRows(file: string, format: Pick<FileFormat, 'encoding' | 'delimiter'>): Generator<RawRow> {
  const parser = new Papa.Parser({ delimiter: format.delimiter, newline: '\n' })
  let line = 1
  let rest = ''
  for (const piece of decodeText(file, format.encoding)) {
    rest += piece
    const parsed = parsePiece(parser, rest, true)
    line = yield* rowsOf(parsed, line)
    rest = rest.slice(parsed.meta.cursor)
    if (rest.length > IMPORT_LIMITS.rowChars) throw endless(rest, line)
  }
  if (rest !== '') yield* rowsOf(parsePiece(parser, rest, false), line)
}

interface Parsed {
  readonly data: readonly string[][]
  readonly errors: readonly { readonly code: string; readonly row?: number }[]
  readonly meta: { readonly cursor: number }
}

/** `hasMore`: the last row may be half, so it is left for the next piece. */
function parsePiece(parser: Papa.Parser, text: string, hasMore: boolean): Parsed {
  return parser.parse(text, 0, hasMore) as Parsed
}

/** Answers the line after the last row. */
function* rowsOf(parsed: Parsed, start: number): Generator<RawRow, number> {
  const broken = new Map<number, string>()
  for (const { code, row } of parsed.errors) if (row !== undefined) broken.set(row, code)
  let line = start
  for (const [index, cells] of parsed.data.entries()) {
    const breaks = countBreaks(cells)
    const problem = broken.get(index)
    // A stray quote inside one line is kept as a sign; one that eats line breaks was never closed.
    if (problem === 'MissingQuotes' || (problem === 'InvalidQuotes' && breaks > 0)) throw unclosed(line)
    const row = line === 1 && isSeparatorLine(cells) ? [] : trimmed(cells, line)
    if (row.length > 0) yield { line, cells: row }
    line += 1 + breaks
  }
  return line
}

/** Without the empty cells at the end; an empty row becomes an empty array. */
function trimmed(cells: readonly string[], line: number): string[] {
  let end = cells.length
  while (end > 0 && (cells[end - 1] ?? '').trim() === '') end--
  if (end > IMPORT_LIMITS.columns) throw tooManyColumns(end, line)
  return cells.slice(0, end).map((cell) => cell.slice(0, IMPORT_LIMITS.cellChars))
}

export function tooManyColumns(columns: number, line: number): AppError {
  const details = { columns, line, limit: IMPORT_LIMITS.columns }
  return new AppError('import.too_many_columns', `${columns} columns in line ${line}`, { details })
}

function isSeparatorLine(cells: readonly string[]): boolean {
  // Split at the sign itself, `sep=,` arrives as two cells.
  const [first = '', second = '', ...more] = cells
  return more.length === 0 && second === '' && /^sep=.?$/i.test(first)
}

function countBreaks(cells: readonly string[]): number {
  let count = 0
  for (const cell of cells) {
    for (let at = cell.indexOf('\n'); at !== -1; at = cell.indexOf('\n', at + 1)) count++
  }
  return count
}

function endless(rest: string, line: number): AppError {
  if (rest.includes('"')) return unclosed(line)
  return new AppError('import.not_text', `line ${line} has no end`, { details: { line } })
}

function unclosed(line: number): AppError {
  return new AppError('import.unclosed_quote', `quote opened in line ${line}`, { details: { line } })
}

/** Whole lines from the start. */
function firstLines(file: string, encoding: FileFormat['encoding']): string {
  let text = ''
  for (const piece of decodeText(file, encoding)) {
    text += piece
    if (text.length >= SAMPLE_CHARS) {
      const head = text.slice(0, SAMPLE_CHARS)
      const end = head.lastIndexOf('\n')
      return end === -1 ? head : head.slice(0, end)
    }
  }
  return text
}

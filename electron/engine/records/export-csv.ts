/**
 * Text that a spreadsheet would run as a formula, at the start of a cell. Quoting alone does not stop it (OWASP, CSV
 * injection); the wide forms count where the spreadsheet's language has them.
 */
const FORMULA = /^'*[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]/
const NEUTRALISED = /^'+[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]/

/** A CSV file for spreadsheets: byte order mark, every cell quoted, formulas neutralised, CRLF after each row. */
export function csvText(rows: Iterable<readonly string[]>): string {
  return BOM + csvLines(rows)
}

/** What a spreadsheet wants at the beginning of a file in UTF-8. */
export const BOM = '\ufeff'

/** The rows alone, for a file that is written piece by piece. */
export function csvLines(rows: Iterable<readonly string[]>): string {
  const lines: string[] = []
  for (const row of rows) lines.push(row.map(csvCell).join(','), '\r\n')
  return lines.join('')
}

/** `-5` becomes `'-5`, as spreadsheets write text that must stay text; `fromSpreadsheet` takes it back. */
export function neutralise(value: string): string {
  return FORMULA.test(value) ? `'${value}` : value
}

/** Undoes `neutralise` exactly, and what a spreadsheet's own leading apostrophe means. */
export function fromSpreadsheet(cell: string): string {
  return NEUTRALISED.test(cell) ? cell.slice(1) : cell
}

/** A name that every file system takes: letters, digits and a few signs. */
export function csvFileName(base: string): string {
  const safe = base.replace(/[^\p{L}\p{N} _-]+/gu, ' ')
  const name = safe.replace(/ +/g, ' ').trim().slice(0, 80).trim()
  return `${name === '' ? 'leads' : name}.csv`
}

function csvCell(value: string): string {
  return `"${neutralise(value).replaceAll('"', '""')}"`
}

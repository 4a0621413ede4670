import type { FileFormat } from '#shared/contract/imports'
import { guessDateOrder } from '#shared/domain/moment-text'
import { suppressionOf } from '#shared/domain/suppression-text'
import { AppError } from '#shared/errors'
import { columnNames, guessMapping, looksLikeHeader } from './columns.ts'
import { csvRows, guessDelimiter } from './csv.ts'
import { inspectText } from './encoding.ts'
import { IMPORT_LIMITS } from './limits.ts'
import type { Look, LookTask, RawRow } from './messages.ts'
import type { Workbook } from './xlsx.ts'

/** Format, columns, a guess of what they mean, and the first rows. */
export async function lookAt(task: LookTask): Promise<Look> {
  const opened = task.kind === 'csv' ? openCsv(task) : await openXlsx(task)
  const rows: RawRow[] = []
  for (const row of opened.rows) {
    rows.push(row)
    if (rows.length > IMPORT_LIMITS.sampleRows) break
  }
  const [first] = rows
  if (first === undefined) throw empty()
  const hasHeader = task.format.hasHeader ?? (looksLikeHeader(first.cells) && !isListed(task, first))
  const body = rows.slice(hasHeader ? 1 : 0, IMPORT_LIMITS.sampleRows + (hasHeader ? 1 : 0))
  if (body.length === 0) throw empty()
  const cells = body.map((row) => row.cells)
  const columns = columnNames(hasHeader ? first.cells : null, Math.max(...rows.map((row) => row.cells.length)))
  const mapping = guessMapping(columns, cells, task.purpose)
  return {
    format: { ...opened.format, hasHeader },
    sheets: opened.sheets,
    columns,
    mapping,
    dateOrder: guessDateOrder(cells.map((row) => row[mapping.indexOf('sentAt')] ?? '')),
    sample: cells.map((row) => columns.map((_, index) => (row[index] ?? '').slice(0, IMPORT_LIMITS.sampleChars))),
    rowsAtMost: Math.max(body.length, opened.rowsAtMost - (hasHeader ? 1 : 0)),
  }
}

/** A list of domains has no address that tells its first row from a header. */
function isListed({ purpose }: LookTask, { cells }: RawRow): boolean {
  return purpose === 'suppressions' && cells.some((cell) => suppressionOf(cell).ok)
}

/** Every row below the header. Throws `import.too_many_rows` and `import.empty`. */
export async function* dataRows(file: string, format: FileFormat): AsyncGenerator<RawRow> {
  const rows = format.kind === 'csv' ? csvRows(file, format) : await sheetRows(file, format.sheet)
  let count = 0
  let isHeader = format.hasHeader
  for (const row of rows) {
    if (isHeader) {
      isHeader = false
      continue
    }
    count++
    if (count > IMPORT_LIMITS.rows) {
      throw new AppError('import.too_many_rows', 'too many rows', { details: { limit: IMPORT_LIMITS.rows } })
    }
    yield row
  }
  if (count === 0) throw empty()
}

interface Opened {
  readonly format: Omit<FileFormat, 'hasHeader'>
  readonly sheets: readonly string[]
  readonly rows: Iterable<RawRow>
  readonly rowsAtMost: number
}

function openCsv({ file, format }: LookTask): Opened {
  const found = inspectText(file)
  const encoding = format.encoding ?? found.encoding
  const delimiter = format.delimiter ?? guessDelimiter(file, encoding)
  return {
    format: { kind: 'csv', encoding, delimiter, sheet: '' },
    sheets: [],
    rows: csvRows(file, { encoding, delimiter }),
    rowsAtMost: found.lines + 1,
  }
}

async function openXlsx({ file, format }: LookTask): Promise<Opened> {
  const workbook = await workbookOf(file)
  const { sheet, rows } = await workbook.rows(format.sheet ?? '')
  return {
    format: { kind: 'xlsx', encoding: 'utf-8', delimiter: ',', sheet },
    sheets: workbook.sheets,
    rows,
    rowsAtMost: rows.length,
  }
}

async function sheetRows(file: string, sheet: string): Promise<RawRow[]> {
  const workbook = await workbookOf(file)
  return (await workbook.rows(sheet)).rows
}

/** Loaded when there is a workbook: most files are CSV, and a thread starts for each. */
async function workbookOf(file: string): Promise<Workbook> {
  const { openWorkbook } = await import('./xlsx.ts')
  return openWorkbook(file)
}

function empty(): AppError {
  return new AppError('import.empty', 'no rows')
}

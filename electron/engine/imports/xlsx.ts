import { readFileSync, statSync } from 'node:fs'
import { readSheet, type CellValue } from 'read-excel-file/universal'
import { AppError } from '#shared/errors'
import { tooManyColumns } from './csv.ts'
import { IMPORT_LIMITS } from './limits.ts'
import type { RawRow } from './messages.ts'
import { scanWorkbook, unreadable } from './zip-scan.ts'

export interface Workbook {
  readonly sheets: readonly string[]
  /** Every row of one sheet that is not empty; the first sheet where there is none of this name. */
  rows(sheet: string): Promise<{ sheet: string; rows: RawRow[] }>
}

/** A workbook that is safe to unpack. Formulas count as what they showed when the file was saved. */
export async function openWorkbook(file: string): Promise<Workbook> {
  const { size } = statSync(file)
  if (size > IMPORT_LIMITS.xlsxBytes) {
    const details = { sizeBytes: size, maxBytes: IMPORT_LIMITS.xlsxBytes }
    throw new AppError('file.too_large', `XLSX of ${size} bytes`, { details })
  }
  const bytes = readFileSync(file)
  const sheets = await scanWorkbook(bytes)
  return {
    sheets,
    async rows(wanted) {
      const index = Math.max(0, sheets.indexOf(wanted))
      const data = await readSheetRows(bytes, index + 1)
      return { sheet: sheets[index] ?? '', rows: data }
    },
  }
}

async function readSheetRows(bytes: Buffer, sheetNumber: number): Promise<RawRow[]> {
  const input = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
  const rows: RawRow[] = []
  for (const [index, cells] of (await parse(input, sheetNumber)).entries()) {
    const texts = cells.map((cell) => textOf(cell).slice(0, IMPORT_LIMITS.cellChars))
    while (texts.length > 0 && (texts.at(-1) ?? '').trim() === '') texts.pop()
    if (texts.length > IMPORT_LIMITS.columns) throw tooManyColumns(texts.length, index + 1)
    if (texts.length > 0) rows.push({ line: index + 1, cells: texts })
  }
  return rows
}

async function parse(input: ArrayBuffer, sheetNumber: number): Promise<(CellValue<string> | null)[][]> {
  try {
    return await readSheet<string>(input, sheetNumber, { parseNumber: numberText, trim: false })
  } catch (error) {
    throw unreadable(String(error))
  }
}

/** Long numbers (phones) digit by digit; fractions without the noise of binary (0.30000000000000004). */
function numberText(stored: string): string {
  if (/^-?\d+$/.test(stored)) return stored
  const value = Number(stored)
  if (!Number.isFinite(value)) return stored
  return Number.isInteger(value) && Math.abs(value) < 1e21
    ? BigInt(value).toString()
    : String(Number(value.toPrecision(15)))
}

function textOf(cell: unknown): string {
  if (typeof cell === 'string') return cell
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  if (typeof cell === 'number') return String(cell)
  const isDate = typeof cell === 'object' && cell !== null && 'toISOString' in cell
  return isDate ? dateText(cell as { toISOString(): string }) : ''
}

/** Workbooks know no zone: the date as it stands there, with the time where there is one. */
function dateText(date: { toISOString(): string }): string {
  const [day = '', time = ''] = date.toISOString().split('T')
  return time.startsWith('00:00:00') ? day : `${day} ${time.slice(0, 5)}`
}

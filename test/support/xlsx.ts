import { zipOf, type ZipPart } from './zip.ts'

/** A cell: text, a number, a boolean, a date (Excel's day number), or a formula with what it last showed. */
export type Cell =
  | string
  | number
  | boolean
  | null
  | { readonly day: number }
  | { readonly formula: string; readonly shown: string }

export interface Sheet {
  readonly name: string
  readonly rows: readonly (readonly Cell[])[]
  /** One more row, with one cell, far below the others. */
  readonly farRow?: number
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** The parts of a workbook; `more` joins them, for tests that hide something inside. */
export function xlsxOf(sheets: readonly Sheet[], more: readonly ZipPart[] = []): Buffer {
  const list = sheets.map(
    (sheet, at) => `<sheet name="${escaped(sheet.name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  )
  const links = sheets.map(
    (_, at) => `<Relationship Id="rId${at + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
  )
  return zipOf([
    part(
      'xl/workbook.xml',
      `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${list.join('')}</sheets></workbook>`,
    ),
    part(
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${links.join('')}</Relationships>`,
    ),
    part('xl/styles.xml', STYLES),
    ...sheets.map((sheet, at) => part(`xl/worksheets/sheet${at + 1}.xml`, sheetXml(sheet))),
    ...more,
  ])
}

/** Style 1 is a date. */
const STYLES = `<styleSheet xmlns="${MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`

function part(name: string, xml: string): ZipPart {
  return { name, bytes: Buffer.from(HEAD + xml, 'utf8') }
}

function sheetXml(sheet: Sheet): string {
  const rows = sheet.rows.map((cells, row) => {
    const inside = cells.map((cell, column) => cellXml(cell, `${columnName(column)}${row + 1}`))
    return `<row r="${row + 1}">${inside.join('')}</row>`
  })
  if (sheet.farRow !== undefined) rows.push(`<row r="${sheet.farRow}">${cellXml('far', `A${sheet.farRow}`)}</row>`)
  return `<worksheet xmlns="${MAIN}"><sheetData>${rows.join('')}</sheetData></worksheet>`
}

function cellXml(cell: Cell, at: string): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`
  if (typeof cell === 'boolean') return `<c r="${at}" t="b"><v>${cell ? 1 : 0}</v></c>`
  if (typeof cell === 'string')
    return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
  if ('day' in cell) return `<c r="${at}" s="1"><v>${cell.day}</v></c>`
  return `<c r="${at}" t="str"><f>${escaped(cell.formula)}</f><v>${escaped(cell.shown)}</v></c>`
}

function columnName(index: number): string {
  const letter = String.fromCodePoint(65 + (index % 26))
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

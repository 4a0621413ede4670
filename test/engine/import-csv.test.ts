import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvText, fromSpreadsheet, neutralise } from '#electron/engine/records/export-csv'
import { csvRows, guessDelimiter } from '#electron/engine/imports/csv'
import { decodeText, inspectText } from '#electron/engine/imports/encoding'
import { dataRows, lookAt } from '#electron/engine/imports/read-file'
import type { FileFormat } from '#shared/contract/imports'
import { tempFile } from '#test/support/temp-file'

const UTF8 = { encoding: 'utf-8', delimiter: ',' } as const
const CSV: FileFormat = { ...UTF8, kind: 'csv', hasHeader: true, sheet: '' }

function rowsOf(content: string | Uint8Array, format: Pick<FileFormat, 'encoding' | 'delimiter'> = UTF8) {
  using file = tempFile(content)
  return [...csvRows(file.path, format)]
}

async function all(content: string | Uint8Array, format: FileFormat = CSV) {
  using file = tempFile(content)
  const rows = []
  for await (const row of dataRows(file.path, format)) rows.push(row)
  return rows
}

test('any cells survive a CSV file, in their lines, however the file is cut into pieces', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'ü', '"', ',', '\n', ' ', "'", '=', '-', '😀') })
  const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 8 })
  const padding = fc.constantFrom(0, 1024 * 1024 - 40, 1024 * 1024 - 7)
  fc.assert(
    fc.property(table, padding, (rows, pad) => {
      const padded = pad === 0 ? rows : [['x'.repeat(pad)], ...rows]
      const read = rowsOf(csvText(padded)).map((row) => row.cells.map(fromSpreadsheet))
      const cut = (cells: string[]) => cells.slice(0, cells.findLastIndex((text) => neutralise(text).trim() !== '') + 1)
      const kept = padded.map(cut).filter((cells) => cells.length > 0)
      expect(read.map((cells) => cells.map((text) => text.slice(0, 40)))).toEqual(
        kept.map((cells) => cells.map((text) => text.slice(0, 40))),
      )
    }),
    { numRuns: 150 },
  )
})

test('a row knows the line where it starts, past empty lines and line breaks in quotes', () => {
  const rows = rowsOf('a,b\r\n\r\n"1\r\n2",x\n,,\nlast')
  expect(rows).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 3, cells: ['1\n2', 'x'] },
    { line: 6, cells: ['last'] },
  ])
})

test.each([
  ['to the end of the file', 'a,b\n1,2\n3,"open\n5,6\n'],
  ['to the next quote', 'a,b\n1,2\n3,"open\n5,"six"\n'],
])('a quote that is never closed, %s, is reported with its line', (_, text) => {
  expect(() => rowsOf(text)).toThrow(expect.objectContaining({ code: 'import.unclosed_quote', details: { line: 3 } }))
})

test('a quote that swallows megabytes ends the reading soon', () => {
  const text = `a\n"open\n${'row\n'.repeat(4_000_000)}`
  expect(() => rowsOf(text)).toThrow(expect.objectContaining({ code: 'import.unclosed_quote', details: { line: 2 } }))
})

test('a stray quote inside one line is only a sign', () => {
  expect(rowsOf('5" pipe,"Ann "Annie" Lee"\n')[0]?.cells).toEqual(['5" pipe', 'Ann "Annie" Lee'])
})

test.each([
  ['in UTF-8', Buffer.from('name\nAnn\nBob\0\n')],
  ['in a program', Buffer.from('7f454c46020101000000000000000000', 'hex')],
])('a NUL byte %s is no text', (_, bytes) => {
  using file = tempFile(bytes)
  expect(() => inspectText(file.path)).toThrow(expect.objectContaining({ code: 'import.not_text' }))
})

test('the line of the NUL byte is named', () => {
  using file = tempFile('name\nAnn\nBob\0\n')
  expect(() => inspectText(file.path)).toThrow(expect.objectContaining({ details: { line: 3 } }))
  expect(() => [...decodeText(file.path, 'utf-8')]).toThrow(expect.objectContaining({ details: { line: 3 } }))
})

const TEXT = 'Name;Ort\nJürgen Groß;Köln\n'
const utf16 = Buffer.from(TEXT, 'utf16le')

test.each([
  ['utf-8', Buffer.from(TEXT)],
  ['utf-8', Buffer.from(`\ufeff${TEXT}`)],
  ['windows-1252', Buffer.from(TEXT, 'latin1')],
  ['utf-16le', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])],
  ['utf-16le', utf16],
  ['utf-16be', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()])],
] as const)('%s is recognised and read', (encoding, bytes) => {
  using file = tempFile(bytes)
  expect(inspectText(file.path).encoding).toBe(encoding)
  const delimiter = guessDelimiter(file.path, encoding)
  expect([...csvRows(file.path, { encoding, delimiter })].map((row) => row.cells)).toEqual([
    ['Name', 'Ort'],
    ['Jürgen Groß', 'Köln'],
  ])
})

test('a letter cut by the end of a piece is still UTF-8', () => {
  using file = tempFile(`${'x'.repeat(1024 * 1024 - 1)}ü\n`)
  expect(inspectText(file.path).encoding).toBe('utf-8')
  expect([...decodeText(file.path, 'utf-8')].join('').endsWith('xü\n')).toBe(true)
})

test.each([
  [',', 'a,b\n1,2\n'],
  [';', 'a;b\n1,5;2\n'],
  ['\t', 'a\tb\n1\t2\n'],
  ['|', 'a|b\n1|2\n'],
  [';', 'sep=;\na;b\n'],
  [',', 'email\nann@corp.example\n'],
])('the delimiter %j is found', (delimiter, text) => {
  using file = tempFile(text)
  expect(guessDelimiter(file.path, 'utf-8')).toBe(delimiter)
})

test("a spreadsheet's own first line about the delimiter is no row", () => {
  expect(rowsOf('sep=,\na,b\n')).toEqual([{ line: 2, cells: ['a', 'b'] }])
  expect(rowsOf('sep=;\na;b\n', { encoding: 'utf-8', delimiter: ';' })).toEqual([{ line: 2, cells: ['a', 'b'] }])
})

test('old line ends alone are line ends too', () => {
  expect(rowsOf('a,b\r1,2\r').map((row) => row.line)).toEqual([1, 2])
})

test.each([
  ['nothing', ''],
  ['empty lines', '\n\n,,\n'],
  ['only a header', 'email,name\n'],
])('a file with %s is empty', async (_, text) => {
  using file = tempFile(text)
  const look = lookAt({ task: 'look', file: file.path, kind: 'csv', purpose: 'leads', format: {} })
  await expect(look).rejects.toMatchObject({ code: 'import.empty' })
})

test('too many rows and too many columns are refused by their number', async () => {
  await expect(all(`h\n${'x\n'.repeat(250_001)}`)).rejects.toMatchObject({
    code: 'import.too_many_rows',
    details: { limit: 250_000 },
  })
  await expect(all(`h\n${'x,'.repeat(200)}x\n`)).rejects.toMatchObject({
    code: 'import.too_many_columns',
    details: { columns: 201, line: 2, limit: 200 },
  })
  expect(await all(`h\n${'x,'.repeat(200)},,\n`)).toHaveLength(1)
})

test('a cell is cut at 32 kB', () => {
  expect(rowsOf(`${'x'.repeat(40_000)},y\n`)[0]?.cells.map((cell) => cell.length)).toEqual([32_768, 1])
})

test.each(['=1+1', '+48 22 123', '-5', '@SUM(A1)', '\tx', '\rx', "'=1", "''-5", '＝1', '\0=1'])(
  'the cell %j is neutralised and comes back as it was',
  (value) => {
    expect(neutralise(value)).toBe(`'${value}`)
    expect(fromSpreadsheet(neutralise(value))).toBe(value)
  },
)

test('any text comes back from a neutralised cell, and none starts like a formula', () => {
  const text = fc.string({ unit: fc.constantFrom("'", '=', '-', '+', '@', '\t', 'a', ' ', '1') })
  fc.assert(
    fc.property(text, (value) => {
      expect(fromSpreadsheet(neutralise(value))).toBe(value)
      expect(neutralise(value)).not.toMatch(/^[=+\-@\t\r]/)
    }),
  )
})

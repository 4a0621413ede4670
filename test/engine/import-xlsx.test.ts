import { expect, test } from 'vitest'
import { lookAt } from '#electron/engine/imports/read-file'
import { openWorkbook } from '#electron/engine/imports/xlsx'
import { tempFile } from '#test/support/temp-file'
import { xlsxOf, type Cell } from '#test/support/xlsx'
import { zipOf } from '#test/support/zip'

const PEOPLE: readonly (readonly Cell[])[] = [
  ['Email', 'First name'],
  ['ann@corp.example', 'Ann'],
]

async function cellsOf(bytes: Buffer, sheet = '') {
  using file = tempFile(bytes)
  const workbook = await openWorkbook(file.path)
  return (await workbook.rows(sheet)).rows
}

async function refusal(bytes: Buffer): Promise<unknown> {
  return cellsOf(bytes).catch((error: unknown) => error)
}

test('cells become the text that the rep sees', async () => {
  const cells: Cell[] = [
    'ann@corp.example',
    '<b>&"',
    4915112345678,
    0.1 + 0.2,
    1.5e21,
    true,
    { day: 45_000 },
    { day: 45_000.5 },
    { formula: 'A1&"x"', shown: 'shown' },
  ]
  const [row] = await cellsOf(xlsxOf([{ name: 'S', rows: [cells] }]))
  expect(row?.cells).toEqual([
    'ann@corp.example',
    '<b>&"',
    '4915112345678',
    '0.3',
    '1.5e+21',
    'TRUE',
    '2023-03-15',
    '2023-03-15 12:00',
    'shown',
  ])
})

test('rows keep their line past empty ones', async () => {
  const rows = await cellsOf(xlsxOf([{ name: 'S', rows: [['a', null, null], [], [null, 'b']] }]))
  expect(rows).toEqual([
    { line: 1, cells: ['a'] },
    { line: 3, cells: ['', 'b'] },
  ])
})

test('the first sheet is read unless the rep chooses another', async () => {
  const bytes = xlsxOf([
    { name: 'Empty & first', rows: [['x'], ['y']] },
    { name: 'People', rows: PEOPLE },
  ])
  using file = tempFile(bytes)
  const first = await lookAt({ task: 'look', file: file.path, kind: 'xlsx', purpose: 'leads', format: {} })
  expect(first).toMatchObject({ sheets: ['Empty & first', 'People'], format: { sheet: 'Empty & first' } })
  const chosen = await lookAt({
    task: 'look',
    file: file.path,
    kind: 'xlsx',
    purpose: 'leads',
    format: { sheet: 'People' },
  })
  expect(chosen).toMatchObject({
    columns: ['Email', 'First name'],
    mapping: ['email', 'firstName'],
    sample: [['ann@corp.example', 'Ann']],
    format: { kind: 'xlsx', sheet: 'People', hasHeader: true },
  })
})

const ZEROS = Buffer.alloc(4 * 1024 * 1024)
const workbook = (more: Parameters<typeof xlsxOf>[1]) => xlsxOf([{ name: 'S', rows: PEOPLE }], more)

test.each([
  ['a part that unpacks to a thousandfold', workbook([{ name: 'xl/big.xml', bytes: ZEROS }]), 'ratio'],
  [
    'a claim of more than 200 MB',
    workbook([{ name: 'a', bytes: ZEROS, claimedBytes: 300_000_000 }]),
    'too large unpacked',
  ],
  ['a row far below', xlsxOf([{ name: 'S', rows: PEOPLE, farRow: 1_048_577 }]), 'a row far below'],
  ['an encrypted part', workbook([{ name: 'a.xml', bytes: ZEROS.subarray(0, 9), isEncrypted: true }]), 'encrypted'],
  ['a zip inside', workbook([{ name: 'xl/embeddings/a.zip', bytes: zipOf([]) }]), 'files inside files'],
  ['a path that leads out', workbook([{ name: '../../evil.xml', bytes: Buffer.from('x') }]), 'a path that leads out'],
  ['an absolute path', workbook([{ name: '/etc/evil', bytes: Buffer.from('x') }]), 'a path that leads out'],
  [
    'hundreds of parts',
    workbook(Array.from({ length: 200 }, (_, at) => ({ name: `p${at}.xml`, bytes: Buffer.from('x') }))),
    'too many parts',
  ],
])('a workbook with %s is refused before it is unpacked', async (_, bytes, reason) => {
  expect(await refusal(bytes)).toMatchObject({ code: 'import.bomb', details: { reason } })
})

test.each([
  ['a zip that is no workbook', zipOf([{ name: 'readme.txt', bytes: Buffer.from('x') }])],
  ['half a workbook', workbook([]).subarray(0, 900)],
  ['something that only starts like a zip', Buffer.from('PK\u0003\u0004 and then nothing')],
])('%s is unreadable', async (_, bytes) => {
  expect(await refusal(bytes)).toMatchObject({ code: 'file.unreadable' })
})

test('a part that unpacks to more than it claims is unreadable', async () => {
  const liar = { name: 'xl/worksheets/sheet9.xml', bytes: ZEROS.subarray(0, 5_000), claimedBytes: 500 }
  expect(await refusal(workbook([liar]))).toMatchObject({ code: 'file.unreadable' })
})

test('the last row of a spreadsheet may be used', async () => {
  const rows = await cellsOf(xlsxOf([{ name: 'S', rows: PEOPLE, farRow: 1_048_576 }]))
  expect(rows.map((row) => row.line)).toEqual([1, 2, 1_048_576])
})

test('a workbook over 25 MB is too large', async () => {
  expect(await refusal(Buffer.alloc(25 * 1024 * 1024 + 1))).toMatchObject({ code: 'file.too_large' })
})

test('a sheet wider than 200 columns is refused', async () => {
  const wide = Array.from({ length: 201 }, () => 'x')
  expect(await refusal(xlsxOf([{ name: 'S', rows: [wide] }]))).toMatchObject({
    code: 'import.too_many_columns',
    details: { columns: 201 },
  })
})

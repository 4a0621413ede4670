import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createErrorReports } from '#electron/platform/error-reports'

let data: string
let now = 0
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'pacemail-reports-'))
  now = 1_000
})
afterEach(() => rmSync(data, { recursive: true }))

const reportsFolder = (): string => join(data, 'reports')
const open = (folder = reportsFolder()) =>
  createErrorReports({ folder, clock: { now: () => (now += 1) }, home: '/home/ann', about: { pacemail: '1.2.3' } })
const crash = (text: string) => ({ source: 'program', isCrash: true, error: new Error(text) }) as const
const slip = (text: string) => ({ source: 'page', isCrash: false, error: text }) as const

function dump(name: string, sizeBytes = 1_000): string {
  const file = join(data, name)
  writeFileSync(file, '')
  truncateSync(file, sizeBytes)
  return file
}

test('a report tells the error, what caused it, where and in which version', () => {
  const reports = open()
  const error = new Error('outer', { cause: new Error('inner') })
  reports.write({ ...crash(''), error, facts: { reason: 'oom' } })
  const [report] = reports.list()
  expect(report).toMatchObject({ source: 'program', isCrash: true, summary: 'Error: outer', count: 1, dumpBytes: 0 })
  expect(report?.text).toMatch(
    /outer[^]*error-reports\.test\.ts[^]*caused by Error: inner[^]*pacemail: 1\.2\.3\nreason: oom$/,
  )
})

test('addresses, keys, tokens and the name of the user are in none of it', () => {
  const token = 'ya29.A0ARrdaM-k9Vq7GzYL2pL4F8QzJf0N2Mztbx_4PDV'
  const cause = `Bearer ${token} at /home/ann/.local/share/pacemail, launch=Zm9vYmFyYmF6`
  open().write({ ...crash(''), error: new Error('550 <bob.ray@corp.example> refused', { cause }) })
  const kept = readdirSync(reportsFolder())
    .map((name) => readFileSync(join(reportsFolder(), name), 'utf8'))
    .join('')
  for (const secret of ['bob', 'corp.example', 'ya29', 'Zm9v', 'home/ann']) expect(kept).not.toContain(secret)
})

test('only the rep can read the files', () => {
  open().write(slip('x'))
  const [name = ''] = readdirSync(reportsFolder())
  expect(statSync(join(reportsFolder(), name)).mode & 0o077).toBe(0)
})

test('the same error again is counted, also in a loop', () => {
  const reports = open()
  for (let times = 0; times < 100; times += 1) reports.write(slip('again'))
  expect(reports.list()).toMatchObject([{ summary: 'again', count: 64 }])
})

test('20 are kept, and what ended a process longer than a slip; a long text is cut', () => {
  const reports = open()
  reports.write(crash('the first of all'))
  for (let number = 0; number < 40; number += 1) reports.write(slip(`slip ${number} ${'long '.repeat(10_000)}`))
  const kept = reports.list()
  expect(kept).toHaveLength(20)
  expect(kept.at(-1)?.summary).toContain('the first of all')
  expect(kept[0]?.summary).toContain('slip 39')
  expect(Math.max(...kept.map(({ text }) => text.length))).toBeLessThanOrEqual(16_000)
})

test('reports of one moment do not take each other’s place', () => {
  const folder = reportsFolder()
  const still = () => createErrorReports({ folder, clock: { now: () => 5 }, home: '/home/ann', about: {} })
  still().write(slip('one'))
  still().write(slip('two'))
  expect(
    open()
      .list()
      .map(({ summary }) => summary)
      .toSorted(),
  ).toEqual(['one', 'two'])
})

test('a picture of the memory is taken along, two at most and none that is huge, and goes with its report', () => {
  const reports = open()
  for (const [index, name] of ['a.dmp', 'b.dmp', 'c.dmp'].entries()) {
    const file = dump(name)
    utimesSync(file, index + 1, index + 1)
    reports.adoptDump(file)
  }
  reports.adoptDump(dump('huge.dmp', 101 * 1024 * 1024))
  expect(readdirSync(data)).toEqual(['reports'])
  const kept = reports.list()
  expect(kept.map(({ source, isCrash }) => `${source} ${isCrash}`)).toEqual(Array(4).fill('dump true'))
  expect(kept.filter(({ dumpBytes }) => dumpBytes > 0).map(({ at }) => at)).toEqual([3_000, 2_000])
  for (const { id } of kept) reports.remove(id)
  expect(readdirSync(reportsFolder())).toEqual([])
})

test('no name leads out of the folder, and what is no report is passed over', () => {
  const reports = open()
  reports.write(slip('x'))
  const [name = ''] = readdirSync(reportsFolder())
  // Even what reads like a report is none outside the folder.
  writeFileSync(join(data, 'secrets.json'), readFileSync(join(reportsFolder(), name)))
  writeFileSync(join(reportsFolder(), '7-0.json'), '{ broken')
  writeFileSync(join(reportsFolder(), '8-0.json'), '{}')
  for (const id of ['../secrets', '..\\secrets', '/etc/passwd', '1-0/../../secrets']) {
    expect(reports.find(id)).toBeNull()
    reports.remove(id)
  }
  expect(existsSync(join(data, 'secrets.json'))).toBe(true)
  expect(reports.list()).toHaveLength(1)
})

test('where nothing can be written, nothing more goes wrong', () => {
  mkdirSync(reportsFolder())
  const file = join(reportsFolder(), 'file')
  writeFileSync(file, '')
  const reports = open(join(file, 'below'))
  reports.write(crash('x'))
  reports.adoptDump('/nowhere/x.dmp')
  expect(reports.list()).toEqual([])
})

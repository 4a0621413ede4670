import { readFileSync } from 'node:fs'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { createRowJudge } from '#electron/engine/imports/judge-row'
import { guessMapping } from '#electron/engine/imports/columns'
import { createRenderer, templateProblems } from '#electron/engine/texts/render'
import { SAMPLE_TEMPLATE } from '#electron/engine/samples/sample-template'
import { mergeValues } from '#shared/domain/merge-values'

const file = new URL('../../electron/engine/samples/sample-leads.csv', import.meta.url)
const [header = [], ...cells] = Papa.parse<string[]>(readFileSync(file, 'utf8'), { skipEmptyLines: true }).data
const mapping = guessMapping(header, cells)
const judge = createRowJudge(header, mapping)
const rows = cells.map((row, index) => judge({ line: index + 2, cells: row }))

test('the sample file has sixty rows, with the mistakes that real files have', () => {
  const counts = Object.groupBy(rows, (row) => row.verdict)
  expect(Object.entries(counts).map(([verdict, list]) => [verdict, list.length])).toEqual(
    expect.arrayContaining([
      ['new', 53],
      ['duplicate_in_file', 3],
      ['invalid', 3],
      ['role', 1],
    ]),
  )
  expect(rows).toHaveLength(60)
  expect(new Set(counts.invalid?.map((row) => row.detail)).size).toBe(3)
})

test('every column is recognised; the product stays a custom field', () => {
  expect(mapping).toEqual([
    'firstName',
    'lastName',
    'company',
    'title',
    'email',
    'country',
    'zone',
    'website',
    'custom',
  ])
})

test('the people live in four time zones', () => {
  expect(new Set(rows.map((row) => row.zone))).toEqual(
    new Set(['America/New_York', 'America/Los_Angeles', 'Europe/Berlin', 'Europe/London']),
  )
})

test('no address or site of the samples can exist', () => {
  const reserved = /\.(example|example\.com|example\.org|example\.net)$/i
  const domains = rows.filter((row) => row.verdict !== 'invalid').map((row) => row.domain)
  const sites = rows.map((row) => row.website).filter((site) => site !== '')
  expect(domains.filter((domain) => !reserved.test(domain))).toEqual([])
  expect(sites.filter((site) => !reserved.test(new URL(site).hostname))).toEqual([])
})

test('the sample template has no mistake and no hole for any sample lead', () => {
  expect(templateProblems(SAMPLE_TEMPLATE.content, ['Product'])).toEqual([])
  const render = createRenderer({ content: SAMPLE_TEMPLATE.content, signature: 'Robin' })
  const mails = rows.map((row) => render(mergeValues(row, 'Robin Reyes')))
  expect(mails.flatMap((mail) => mail.missing)).toEqual([])
  expect(mails.some((mail) => mail.text.startsWith('Hi there,'))).toBe(true)
  expect(mails.every((mail) => !/ [,.?]|\{|\}|undefined/.test(mail.text))).toBe(true)
})

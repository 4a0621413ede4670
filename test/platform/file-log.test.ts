import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFileLog } from '#electron/platform/file-log'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pacemail-log-'))
  file = join(folder, 'logs', 'pacemail.log')
})
afterEach(() => rmSync(folder, { recursive: true }))

const lines = (): Record<string, unknown>[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

test('a line holds the message and its facts', () => {
  createFileLog(file).info('claimed', { sendId: 7, isRetry: false })
  expect(lines()).toMatchObject([{ msg: 'claimed', sendId: 7, isRetry: false }])
})

test('an error is written with what caused it', () => {
  const error = new Error('outer', { cause: new Error('inner') })
  createFileLog(file).error('failed', error, { ref: 'abc' })
  const [line] = lines()
  expect(line).toMatchObject({ msg: 'failed', ref: 'abc' })
  expect(JSON.stringify(line?.['causes'])).toMatch(/outer.*inner/)
})

test('an error that is its own cause ends', () => {
  const error = new Error('circle')
  error.cause = error
  createFileLog(file).error('failed', error)
  expect(lines()).toHaveLength(1)
})

test('addresses, codes, passwords and tokens do not reach the file, wherever they stand', () => {
  const token = 'ya29.A0ARrdaM-k9Vq7GzYL2pL4F8QzJf0N2Mztbx_4PDV'
  const launch = 'http://127.0.0.1:5000/#launch=Zm9vYmFyYmF6Zm9vYmFyYmF6Zm9vYmFyYmF6Zm9vYmE'
  const log = createFileLog(file)
  log.info(`asked for ann.lee+x@corp.example at ${launch}`, { to: 'Ann <ann.lee@corp.example>', password: 'hunter2' })
  log.warn('refused', { authorization: 'x', accessToken: 'y', code: 'z', header: `Bearer ${token}` })
  const cause = new Error(`RCPT TO:<bob@corp.example> failed, key ${token}`)
  log.error('failed', new Error('mail to "ann@corp.example"', { cause }))
  const text = readFileSync(file, 'utf8')
  for (const secret of ['corp.example', 'ann', 'bob', 'hunter2', 'Zm9v', 'ya29', '"x"', '"y"', '"z"']) {
    expect(text).not.toContain(secret)
  }
})

test('a stack still tells where', () => {
  createFileLog(file).error('failed', new Error('x'))
  expect(readFileSync(file, 'utf8')).toContain('file-log.test.ts')
})

test.skipIf(process.platform === 'win32')('the file is readable by this user only', () => {
  createFileLog(file).info('x')
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('a file that has grown large is set aside at the next start, and three of them are kept', () => {
  for (let start = 1; start <= 5; start += 1) {
    const log = createFileLog(file)
    log.info(`start ${start}`)
    log.close()
    writeFileSync(file, `start ${start}`.padEnd(5_000_001))
  }
  createFileLog(file).info('now')
  const names = ['pacemail.1.log', 'pacemail.2.log', 'pacemail.3.log', 'pacemail.log']
  expect(readdirSync(join(folder, 'logs')).toSorted()).toEqual(names)
  const first = (name: string) => readFileSync(join(folder, 'logs', name), 'utf8').slice(0, 7)
  expect(names.slice(0, 3).map(first)).toEqual(['start 5', 'start 4', 'start 3'])
})

test('a log that cannot be written stays silent', () => {
  const log = createFileLog(file)
  rmSync(join(folder, 'logs'), { recursive: true })
  log.close()
  expect(() => log.error('after the end', new Error('x'))).not.toThrow()
})

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createUploads } from '#electron/engine/uploads'
import { createTestRandom } from '#test/support/start-test-engine'
import { openTestDb } from '#test/support/leads'

const MB = 1024 * 1024

function started(freeBytes = 1e12) {
  const store = openTestDb()
  const uploads = createUploads({
    dataFolder: store.folder,
    random: createTestRandom(1),
    disk: { freeBytes: () => freeBytes },
  })
  const folder = join(store.folder, 'tmp', 'uploads')
  return {
    ...store,
    [Symbol.dispose]: store[Symbol.dispose],
    uploads,
    files: () => (existsSync(folder) ? readdirSync(folder) : []),
  }
}

test('pieces become the file again', () => {
  using app = started()
  const bytes = Buffer.from(Array.from({ length: 1_800_000 }, (_, at) => at % 251))
  const { uploadId, pieceBytes } = app.uploads.begin({ name: 'C:\\fakepath\\people.csv', sizeBytes: bytes.length })
  expect(Math.ceil(pieceBytes / 3) * 4).toBeLessThanOrEqual(1_500_000)
  for (let index = 0; index * pieceBytes < bytes.length; index++) {
    const data = bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes).toString('base64')
    app.uploads.append({ uploadId, index, data })
  }
  const { path, name } = app.uploads.take(uploadId)
  expect(readFileSync(path).equals(bytes)).toBe(true)
  expect(name).toBe('people.csv')
})

test('pieces out of order, of a wrong size or not in base64 are refused and change nothing', () => {
  using app = started()
  const { uploadId } = app.uploads.begin({ name: 'a', sizeBytes: 6 })
  const incomplete = expect.objectContaining({ code: 'file.incomplete' })
  const append = (index: number, data: string) => () => app.uploads.append({ uploadId, index, data })
  expect(append(1, 'YWJjZGVm')).toThrow(incomplete)
  expect(append(0, 'YWJj')).toThrow(incomplete)
  expect(append(0, 'YWJjZGVmZ2hp')).toThrow(incomplete)
  expect(append(0, 'YWJj*GVm')).toThrow(incomplete)
  expect(() => app.uploads.take(uploadId)).toThrow(incomplete)
  expect(append(0, 'YWJjZGVm')()).toEqual({ receivedBytes: 6 })
  expect(append(0, 'YWJjZGVm')).toThrow(incomplete)
  expect(readFileSync(app.uploads.take(uploadId).path, 'utf8')).toBe('abcdef')
  expect(() => app.uploads.take(uploadId)).toThrow(incomplete)
})

test('a name or an id never becomes a path', () => {
  using app = started()
  app.uploads.begin({ name: '../../../../evil', sizeBytes: 0 })
  expect(app.files().join()).toMatch(/^[A-Za-z0-9]+$/)
  expect(() => app.uploads.append({ uploadId: '../../evil', index: 0, data: '' })).toThrow('no such upload')
  app.uploads.discard('../../test.db')
  expect(existsSync(join(app.folder, 'test.db'))).toBe(true)
})

test('a file over 100 MB and a full disk are refused before anything is written', () => {
  using app = started(60 * MB)
  const begin = (sizeBytes: number) => () => app.uploads.begin({ name: 'a', sizeBytes })
  expect(begin(100 * MB + 1)).toThrow(expect.objectContaining({ code: 'file.too_large' }))
  expect(begin(20 * MB)).toThrow(expect.objectContaining({ code: 'disk.full' }))
  expect(app.files()).toEqual([])
})

test('files that nobody takes make room, and are gone after the next start', () => {
  using app = started()
  const first = app.uploads.begin({ name: 'a', sizeBytes: 3 })
  for (let count = 0; count < 4; count++) app.uploads.begin({ name: 'b', sizeBytes: 3 })
  expect(app.files()).toHaveLength(4)
  expect(() => app.uploads.append({ uploadId: first.uploadId, index: 0, data: 'YWJj' })).toThrow('no such upload')
  app.uploads.cleanUp()
  expect(app.files()).toEqual([])
})

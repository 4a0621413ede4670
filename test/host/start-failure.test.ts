import { expect, test } from 'vitest'
import { AppError, type ErrorCode } from '#shared/errors'
import { startFailure } from '#electron/host/start-failure'

const places = { dataFolder: '/data', logFile: '/data/logs/pacemail.log' }

const database: ErrorCode[] = ['db.damaged', 'db.foreign', 'db.from_future', 'db.readonly', 'db.locked', 'disk.full']

test.each(database)('%s is a sentence that says nothing was changed', (code) => {
  const text = startFailure(new AppError(code, 'SQLITE_CORRUPT at page 7'), places)
  expect(text).toMatch(/^Pacemail could not start\. .* Nothing in it was changed\. .*\nData folder: \/data$/)
  expect(text).not.toContain('SQLITE')
})

test.each([
  ['EADDRINUSE', /port is in use/],
  ['EROFS', /cannot be written/],
  ['ENOENT', /cannot be made or written/],
  ['EACCES', /may not use/],
  ['ENOSPC', /disk is full/],
  ['ENOTDIR', /is a file/],
])('%s is said in words', (code, words) => {
  expect(startFailure(Object.assign(new Error(`${code}: /secret/path`), { code }), places)).toMatch(words)
})

test.each([[new Error('boom at /secret')], ['text'], [null], [new AppError('send.not_found', 'boom at /secret')]])(
  'what nobody expected points to the log and shows nothing of itself',
  (error) => {
    const text = startFailure(error, places)
    expect(text).toContain('/data/logs/pacemail.log')
    expect(text).not.toContain('/secret')
  },
)

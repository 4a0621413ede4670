import { expect, test } from 'vitest'
import { ApiError } from '../../renderer/api/api-error.ts'
import { watchErrors } from '../../renderer/app/watch-errors.ts'

interface Sent {
  readonly message: string
  readonly stack: string
  readonly page: string
}

/** A window with a place in it, whose errors are the test's. */
function stage(hash = '#/queue?send=7') {
  const sent: Sent[] = []
  const heard = new Map<string, (event: object) => void>()
  const client = {
    call: (_path: string, input: Sent) => {
      sent.push(input)
      return Promise.reject(new Error('no line'))
    },
  }
  const addEventListener = (type: string, listener: (event: object) => void): void => void heard.set(type, listener)
  watchErrors(client as never, { addEventListener, location: { hash } } as never)
  return {
    sent,
    fail: (error: unknown, message = String(error)) => heard.get('error')?.({ error, message }),
    reject: (reason: unknown) => heard.get('unhandledrejection')?.({ reason }),
  }
}

test('what nobody caught is handed on with its stack and its page, without what the address carries', () => {
  const { sent, fail, reject } = stage('#/open?link=mailto%3Aann%40corp.example')
  fail(new TypeError('x is undefined'))
  reject(new Error('later'))
  reject('a word')
  expect(sent).toMatchObject([
    { message: 'TypeError: x is undefined', page: '#/open' },
    { message: 'Error: later', page: '#/open' },
    { message: 'A promise failed: a word', stack: '' },
  ])
  expect(sent[0]?.stack).toContain('watch-errors.test')
})

test('an answer that says itself what is wrong is no error of the page, nor is an element that grew', () => {
  const { sent, fail, reject } = stage()
  reject(new ApiError({ code: 'disk.full', details: {}, ref: null }))
  fail(undefined, 'ResizeObserver loop completed with undelivered notifications.')
  expect(sent).toEqual([])
})

test('ten in one life of the page are enough, and no text is longer than a report may be', () => {
  const { sent, fail } = stage()
  for (let times = 0; times < 30; times += 1) fail(new Error('x'.repeat(50_000)))
  expect(sent).toHaveLength(10)
  expect(sent[0]?.message.length).toBeLessThanOrEqual(4_000)
  expect(sent[0]?.stack.length).toBeLessThanOrEqual(20_000)
})

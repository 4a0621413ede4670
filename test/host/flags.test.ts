import { expect, test } from 'vitest'
import { readFlags } from '#electron/host/flags'

test('without flags any port is taken and the browser is opened', () => {
  expect(readFlags([])).toEqual({ noOpen: false, web: false, port: 0, data: undefined })
})

test('all flags are read, in both spellings', () => {
  const expected = { noOpen: true, web: true, port: 5123, data: 'some folder' }
  expect(readFlags(['--no-open', '--web', '--port', '5123', '--data', 'some folder'])).toEqual(expected)
  expect(readFlags(['--port=5123', '--data=some folder', '--web', '--no-open'])).toEqual(expected)
})

test.each([
  [['--port', '70000']],
  [['--port', 'http']],
  [['--port', '-1']],
  [['--port', '80.5']],
  [['--port']],
  [['--data=']],
  [['--datafolder', 'x']],
  [['folder']],
])('%j is answered with a sentence', (args) => {
  expect(readFlags(args)).toEqual(expect.stringMatching(/\w+ \w+/))
})

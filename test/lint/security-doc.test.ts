import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './lint-tree.ts'

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const doc = read('docs/security.md')
/** A file and, after it, the words of a test in it; a line may break anywhere between them. */
const named = [...doc.matchAll(/`(test\/[\w./-]+\.test\.ts)`(?:\s+"([^"]+)")?/g)].map(([, file = '', title]) => ({
  file,
  title: title?.replaceAll(/\s+/g, ' '),
}))

test('every file that docs/security.md names is there', () => {
  const files = [...doc.matchAll(/`((?:electron|test|\.github)\/[\w./-]+\.\w+|electron-builder\.yml)`/g)].map(
    ([, file = '']) => file,
  )
  expect(files.length).toBeGreaterThan(40)
  expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([])
})

test('every test that it names is there, under that title', () => {
  const titled = named.filter(({ title }) => title !== undefined)
  expect(titled.length).toBeGreaterThan(30)
  expect(titled.filter(({ file, title = '' }) => !titlesIn(file).some((found) => found.includes(title)))).toEqual([])
})

test('every item of Electron’s checklist has its line and its test', () => {
  const lines = doc.split('\n').filter((line) => /^\| [\d, ]+ \|/.test(line))
  const numbers = lines.flatMap((line) => (line.split('|')[1] ?? '').split(',').map(Number))
  expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
  expect(lines.filter((line) => !/\| `test\/[\w./-]+` "[^"]+" \|$/.test(line))).toEqual([])
})

/** What stands in quotes behind `test(`, `test.each(…)(` and their like. */
function titlesIn(file: string): string[] {
  return [...read(file).matchAll(/\(\s*'((?:[^'\\]|\\.)+)',/g)].map(([, title = '']) => title)
}

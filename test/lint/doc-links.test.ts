import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './lint-tree.ts'

const documents = globSync(['README.md', 'docs/*.md', '.github/*.md'], { cwd: ROOT }).sort()
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

/** Links and pictures between our own documents, with where they stand. */
const links = documents.flatMap((from) =>
  [...withoutCode(read(from)).matchAll(/\]\(([^)\s]+)\)|\bsrc(?:set)?="([^"]+)"/g)]
    .map(([, link, picture]) => ({ from, target: link ?? picture ?? '' }))
    .filter(({ target }) => !/^[a-z]+:/.test(target)),
)

test('every link in the documents leads to a file that is there', () => {
  expect(links.length).toBeGreaterThan(20)
  expect(links.filter(({ from, target }) => !existsSync(fileOf(from, target)))).toEqual([])
})

test('every link to a part of a document leads to a heading that is there', () => {
  const toParts = links.filter(({ target }) => target.includes('#'))
  expect(toParts.length).toBeGreaterThan(2)
  const broken = toParts.filter(({ from, target }) => {
    const file = fileOf(from, target)
    return !existsSync(file) || !anchorsOf(readFileSync(file, 'utf8')).includes(target.split('#')[1] ?? '')
  })
  expect(broken).toEqual([])
})

test('the README leads to every other document', () => {
  const reached = links.filter(({ from }) => from === 'README.md').map(({ from, target }) => fileOf(from, target))
  const others = documents.filter((path) => path !== 'README.md').map((path) => join(ROOT, path))
  expect(others.filter((path) => !reached.includes(path))).toEqual([])
})

function fileOf(from: string, target: string): string {
  const path = target.split('#')[0] ?? ''
  return path === '' ? join(ROOT, from) : join(ROOT, dirname(from), path)
}

/** As GitHub names headings: lower case, words joined by `-`, no other signs. */
function anchorsOf(text: string): string[] {
  return [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

function withoutCode(text: string): string {
  return text.replaceAll(/```[\s\S]*?```/g, '').replaceAll(/`[^`\n]*`/g, '')
}

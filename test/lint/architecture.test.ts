import { readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './lint-tree.ts'
import { sourceFiles } from './source-files.ts'

const doc = readFileSync(join(ROOT, 'docs/ARCHITECTURE.md'), 'utf8')

/** Names of the drawing by where their files lie; the first that fits counts. */
const PLACES: readonly (readonly [RegExp, string])[] = [
  [/^shared\//, 'shared'],
  [/^db\//, 'db'],
  [/^electron\/preload\.ts$/, 'preload'],
  [/^electron\/(?:[^/]+\.ts$|demo\/|pack\/)/, 'entries'],
  [/^electron\/(shell|host|api|engine|mailbox|platform)\//, '$1'],
  [/^renderer\/main\.tsx$/, 'main.tsx'],
  [/^renderer\/api\//, 'client'],
  [/^renderer\/(app|features|ui)\//, '$1'],
]

test('the drawing of the architecture shows every import between its parts, and no other', () => {
  expect(arrowsOfDrawing()).toEqual(arrowsOfCode())
})

test('every part of the drawing is a place where files lie', () => {
  const parts = new Set([...doc.matchAll(/^ {2,4}([\w.]+)\["/gm)].map(([, name = '']) => name))
  expect(parts.size).toBeGreaterThan(12)
  expect(new Set(sourceFiles().map(({ relative }) => partOf(relative)))).toEqual(parts)
})

function arrowsOfDrawing(): string[] {
  return [...doc.matchAll(/^ +(\S+ --> \S+)$/gm)].map(([, arrow = '']) => arrow).sort()
}

function arrowsOfCode(): string[] {
  const arrows = new Set<string>()
  for (const { absolute, relative } of sourceFiles()) {
    const from = partOf(relative)
    for (const [, specifier = ''] of readFileSync(absolute, 'utf8').matchAll(
      /\b(?:from|import)\b\s*\(?\s*'([^']+)'/g,
    )) {
      const to = partAt(specifier, relative)
      // `shared` is below all, and the drawing says so in words.
      if (to !== null && to !== from && to !== 'shared') arrows.add(`${from} --> ${to}`)
    }
  }
  return [...arrows].sort()
}

/** The part that an import leads to; null for a package and for what is no code of ours. */
function partAt(specifier: string, importer: string): string | null {
  if (/^#(?:shared|db|electron)\//.test(specifier)) return partOf(`${specifier.slice(1)}.ts`)
  if (!/^\.\.?\/.*\.tsx?$/.test(specifier)) return null
  return partOf(posix.normalize(posix.join(dirname(importer), specifier)))
}

function partOf(path: string): string {
  for (const [place, name] of PLACES) {
    const found = place.exec(path)
    if (found !== null) return name.replace('$1', found[1] ?? '')
  }
  throw new Error(`${path} belongs to no part of the drawing.`)
}

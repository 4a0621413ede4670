import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './lint-tree.ts'

interface Used {
  readonly file: string
  readonly name: string
}

/** The classes that a component takes from its style sheets; the compiler knows no names of classes. */
function classesOf(file: string): { readonly used: Used[]; readonly absent: Used[] } {
  const text = readFileSync(join(ROOT, file), 'utf8')
  const sheets = Array.from(text.matchAll(/import (\w+) from '(\.[^']+\.module\.css)'/g))
  const found = sheets.flatMap(([, sheet = '', path = '']) => {
    const css = readFileSync(join(ROOT, dirname(file), path), 'utf8')
    const known = new Set(Array.from(css.matchAll(/\.([A-Za-z_][\w-]*)/g), ([, name]) => name))
    const names = text.matchAll(new RegExp(`\\b${sheet}(?:\\.(\\w+)|\\['([^']+)'\\])`, 'g'))
    return Array.from(names, ([, plain, quoted]) => ({ file, name: plain ?? quoted ?? '', known }))
  })
  return {
    used: found,
    absent: found.filter(({ name, known }) => !known.has(name)).map(({ name }) => ({ file, name })),
  }
}

test('every class that a component takes from a style sheet stands there', () => {
  const all = globSync('renderer/**/*.tsx', { cwd: ROOT }).map(classesOf)
  expect(all.flatMap(({ used }) => used).length).toBeGreaterThan(200)
  expect(all.flatMap(({ absent }) => absent)).toEqual([])
})

import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { lintTree, ROOT } from './lint-tree.ts'

// The linter is another program and shares the machine with other tests.
vi.setConfig({ testTimeout: 60_000 })

const FIXTURES = join(ROOT, 'test', 'fixtures', 'lint')

test('each planted mistake is found where it stands, and nothing else', () => {
  const paths = globSync('**/*.{ts,tsx}', { cwd: FIXTURES })
  const tree = Object.fromEntries(
    paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(join(FIXTURES, path), 'utf8')]),
  )
  const planted = Object.entries(tree).flatMap(([path, text]) => expectations(path, text))
  expect(planted.length).toBeGreaterThan(40)
  expect(lintTree(tree)).toEqual(planted.sort())
})

test('a file of more than 400 lines, a function of more than 60 and one of more than 20 statements are too long', () => {
  const step = 'export function step(...n: number[]): number {\n  return n.length\n}\n'
  const withLines = (count: number): string => `export function f(): void {\n${asLines(count - 2)}}\n`
  const withStatements = (count: number): string => `export function f(): void {\n${'  step(1)\n'.repeat(count)}}\n`
  expect(
    lintTree({
      'shared/domain/file-fits.ts': step + '// text\n'.repeat(397),
      'shared/domain/file-long.ts': step + '// text\n'.repeat(398),
      'shared/domain/function-fits.ts': step + withLines(60),
      'shared/domain/function-long.ts': step + withLines(61),
      'shared/domain/statements-fit.ts': step + withStatements(20),
      'shared/domain/statements-many.ts': step + withStatements(21),
    }),
  ).toEqual([
    'shared/domain/file-long.ts:401 max-lines',
    'shared/domain/function-long.ts:4 max-lines-per-function',
    'shared/domain/statements-many.ts:4 max-statements',
  ])
})

/** One call over so many lines. */
function asLines(count: number): string {
  return `  step(\n${'    1,\n'.repeat(count - 2)}  )\n`
}

/** A line says what must be found in it: `// expect: rule, rule`. */
function expectations(path: string, text: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    const [, rules = ''] = /expect: ([\w/, -]+)/.exec(line) ?? []
    return rules
      .split(',')
      .map((rule) => rule.trim())
      .filter((rule) => rule !== '')
      .map((rule) => `${path}:${index + 1} ${rule}`)
  })
}

/** The weekly search: what it runs is there, it begins with a seed that nobody has tried, and the log says which. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './lint-tree.ts'

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const workflow = read('.github/workflows/random.yml')

/** Each entry of its matrix, in order. */
const searches = [...workflow.matchAll(/- file: (\S+)\n +only: (\S+)\n +runs: (\d+)/g)].map(([, file, only, runs]) => ({
  file: file ?? '',
  only: only === "''" ? '' : (only ?? ''),
  runs: Number(runs),
}))

test('it searches each provider and the model of the rules, each week', () => {
  expect(workflow).toMatch(/^ {2}schedule:\n {4}- cron: '\d+ \d+ \* \* \d'$/m)
  expect(searches.map(({ only, runs }) => [only, runs])).toEqual([
    ['gmail', 2_000],
    ['outlook', 2_000],
    ['', 1_000],
  ])
})

test.each(searches)('$file ($only) is there and can be told how far to search', ({ file, only }) => {
  expect(existsSync(join(ROOT, file))).toBe(true)
  const text = read(file)
  expect(text).toContain('runsOr(')
  expect(text).toContain(only)
})

test('its seed is another one for each run, and stands in the log with the command that repeats it', () => {
  expect(workflow).toContain('export PACEMAIL_SEED=$((GITHUB_RUN_ID % 2147483647))')
  expect(workflow).toMatch(/echo "PACEMAIL_SEED=\$PACEMAIL_SEED PACEMAIL_RUNS=\$PACEMAIL_RUNS npm run test:unit -- /)
})

test('it may only read, and every action is pinned to the commit that a release uses', () => {
  expect(workflow).toMatch(/^permissions:\n {2}contents: read$/m)
  expect(workflow).not.toMatch(/: write|secrets\./)
  const used = [...workflow.matchAll(/uses: (\S+)/g)].map(([, name = '']) => name)
  expect(used.length).toBeGreaterThan(1)
  const release = read('.github/workflows/release.yml')
  expect(used.filter((name) => !/@[0-9a-f]{40}$/.test(name) || !release.includes(name))).toEqual([])
})

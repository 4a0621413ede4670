import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './lint-tree.ts'

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const workflow = read('.github/workflows/release.yml')
const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts)

test('every action is pinned to one commit', () => {
  const used = [...workflow.matchAll(/uses: (\S+)/g)].map(([, name]) => name)
  expect(used.length).toBeGreaterThan(3)
  expect(used.filter((name = '') => !/^actions\/[\w-]+@[0-9a-f]{40}$/.test(name))).toEqual([])
})

test('only the job that makes the release may write, and only for a tag', () => {
  const [before = '', publish = ''] = workflow.split(/^ {2}publish:$/m)
  expect(before).toMatch(/^permissions:\n {2}contents: read$/m)
  expect(before).not.toMatch(/: write/)
  expect(publish).toMatch(/if: github\.ref_type == 'tag'\n {4}needs: \[check, desktop\]/)
  expect(publish.match(/\w+: write/g)).toEqual(['contents: write'])
})

test('every script it runs is there, and every secret it reads is explained', () => {
  const run = [...workflow.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name)
  expect(run.filter((name = '') => !scripts.includes(name))).toEqual([])
  const secrets = new Set([...workflow.matchAll(/secrets\.(\w+)/g)].map(([, name]) => name))
  expect([...secrets].filter((name) => !read('docs/release.md').includes(`\`${name}\``))).toEqual([])
})

test('a release is refused when Electron has a newer patch', () => {
  const [, step = ''] =
    /name: Electron is the newest patch of its major\n {8}run: \|\n((?: {10}.*\n)+)/.exec(workflow) ?? []
  expect(step).toContain('npm view "electron@${have%%.*}" version --json')
  expect(step.trimEnd()).toMatch(/test "\$have" = "\$newest"$/)
})

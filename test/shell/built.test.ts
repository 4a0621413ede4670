import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'

const inProject = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const built = (path: string): string => readFileSync(inProject(`dist/${path}`), 'utf8')

/** It is there after `npm run build`, and may be older than the sources; `.ci/run` builds and then runs this file once more. */
describe.skipIf(!existsSync(inProject('dist/main/main.js')))('the built desktop program', () => {
  test('has a preload in one file that asks for electron and nothing else', () => {
    expect(readdirSync(inProject('dist/preload'))).toEqual(['preload.cjs'])
    const required = [...built('preload/preload.cjs').matchAll(/\b(?:require|import)\s*\(\s*["'`]([^"'`]*)/g)]
    expect(required.map(([, name]) => name)).toEqual(['electron'])
    expect(built('preload/preload.cjs')).not.toMatch(/^\s*(?:import|export)\b/m)
  })

  test('leaves electron and the database driver outside, and holds everything else', () => {
    const main = built('main/main.js')
    expect(main).not.toContain('Electron failed to install correctly')
    const outside = [...main.matchAll(/^import .*? from ["']([^"']+)["'];?$/gm)].map(([, name = '']) => name)
    const packages = outside.filter((name) => !name.startsWith('node:') && !name.startsWith('.'))
    expect(packages.toSorted()).toEqual(['better-sqlite3', 'electron'])
  })

  test('starts, answers its page and ends, with Electron played by a stub', { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pacemail-built-'))
    try {
      const hook = new URL('./with-stub-electron.mjs', import.meta.url).href
      const args = ['--import', hook, inProject('dist/main/main.js'), '--data', folder, 'mailto:ann@corp.example']
      const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 50_000 })
      expect(stdout).toMatch(/^sandbox for every page\n/)
      expect(stdout).toContain('"sandbox":true,"contextIsolation":true,"nodeIntegration":false')
      expect(stdout).toContain('page app://pacemail/#/open?link=mailto%3Aann%40corp.example\n')
      expect(stdout).toContain('Pacemail is ready at app://pacemail/\n')
      expect(stdout).toMatch(/frame \{"type":"hello","protocol":1,"seq":0\}/)
      expect(stdout).toMatch(
        /frame \{"type":"reply","id":1,"ok":true,"value":\{"version":"[\d.]+","host":"desktop","role":"owner"/,
      )
      expect(stdout).toMatch(/frame \{"type":"reply","id":2,"ok":true/)
      expect(existsSync(join(folder, 'pacemail.db'))).toBe(true)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

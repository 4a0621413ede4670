import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fileIn, handIn, watchFiles } from '#electron/shell/files'
import { AppError } from '#shared/errors'
import { app } from './fake-electron.ts'

vi.mock('electron', () => import('./fake-electron.ts'))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pacemail-files-'))
})
afterEach(() => {
  app.removeAllListeners()
  rmSync(folder, { recursive: true })
})

/** An engine that takes files. */
const uploads = () => {
  const taken: { name: string; text: string }[] = []
  const put = (name: string, bytes: Uint8Array): string => {
    taken.push({ name, text: Buffer.from(bytes).toString() })
    return `id${taken.length}`
  }
  return { taken, put }
}

test.each([
  ['a list', ['/app', '/home/ann/Leads.xlsx'], '/home/ann/Leads.xlsx'],
  ['the last of several', ['/app', '/a.csv', '--x', '/b.tsv'], '/b.tsv'],
  ['no other kind of file', ['/app', '/a.exe', '/b.csv.sh', '/etc/passwd'], null],
  ['not the program itself', ['/app.csv'], null],
  ['nothing from elsewhere in the network', ['/app', '//server/share/a.csv', '\\\\server\\share\\a.csv'], null],
  ['nothing without a place', ['/app', 'a.csv', '../a.csv', 'file:///a.csv'], null],
])('of what a start brings along, %s', (_title, args, file) => {
  expect(fileIn(args)).toBe(file)
})

test('a list that is opened with the app on macOS is heard of, and nothing else', () => {
  const onFile = vi.fn()
  const preventDefault = vi.fn()
  watchFiles(onFile)
  for (const path of ['/Users/ann/leads.csv', '/Users/ann/photo.png']) app.emit('open-file', { preventDefault }, path)
  expect(onFile.mock.calls).toEqual([['/Users/ann/leads.csv']])
  expect(preventDefault).toHaveBeenCalledTimes(2)
})

test('the engine is handed the file, and the page goes on with it', async () => {
  const path = join(folder, 'leads.csv')
  writeFileSync(path, 'email\nann@corp.example\n')
  const engine = uploads()
  expect(await handIn(path, engine)).toBe('/leads/import?upload=id1')
  expect(engine.taken).toEqual([{ name: 'leads.csv', text: 'email\nann@corp.example\n' }])
})

test('what cannot be read is said on the same page', async () => {
  const engine = uploads()
  mkdirSync(join(folder, 'folder.csv'))
  writeFileSync(join(folder, 'huge.csv'), '')
  truncateSync(join(folder, 'huge.csv'), 101 * 1024 * 1024)
  for (const [name, code] of [
    ['gone.csv', 'file.unreadable'],
    ['folder.csv', 'file.unreadable'],
    ['huge.csv', 'file.too_large'],
  ] as const)
    expect(await handIn(join(folder, name), engine)).toBe(`/leads/import?refused=${code}`)
  expect(engine.taken).toEqual([])
  writeFileSync(join(folder, 'a.csv'), '')
  const full = {
    put: () => {
      throw new AppError('disk.full', 'no room')
    },
  }
  expect(await handIn(join(folder, 'a.csv'), full)).toBe('/leads/import?refused=disk.full')
})

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findStaticFile } from '#electron/host/static-files'

const outside = mkdtempSync(join(tmpdir(), 'pacemail-static-'))
const folder = join(outside, 'page')
mkdirSync(join(folder, 'assets', 'deep'), { recursive: true })
mkdirSync(join(folder, 'folder.js'))
mkdirSync(join(outside, 'page-secret'))
for (const file of ['index.html', 'assets/a.js', 'assets/deep/b.css', 'assets/.hidden.js', 'data.db', 'noextension']) {
  writeFileSync(join(folder, file), file)
}
for (const file of ['secret.js', 'page-secret/secret.js']) writeFileSync(join(outside, file), 'secret')
symlinkSync(join(outside, 'secret.js'), join(folder, 'link.js'))
afterAll(() => rmSync(outside, { recursive: true }))

test.each([
  ['/', 'index.html', false],
  ['/index.html', 'index.html', false],
  ['/assets/a.js', 'assets/a.js', true],
  ['/assets/deep/b.css', 'assets/deep/b.css', true],
  ['/%61ssets/a.js', 'assets/a.js', true],
])('%s is the file %s', async (path, file, isHashed) => {
  expect(await findStaticFile(folder, path)).toMatchObject({
    path: join(folder, file),
    isHashed,
    sizeBytes: file.length,
  })
})

const ways = ['..', '%2e%2e', '.%2e', '%252e%252e', '..%00', '%c0%ae%c0%ae', '....', '..;']
const slashes = ['/', '%2f', '\\', '%5c', '//', '%252f']
const targets = ['secret.js', 'page-secret/secret.js', 'page/index.html']
const traversals = ways.flatMap((way) =>
  slashes.flatMap((slash) =>
    targets.flatMap((target) => [`/${way}${slash}${target}`, `/assets${slash}${way}${slash}${way}${slash}${target}`]),
  ),
)

test('no spelling of a way out leads out', async () => {
  const found = await Promise.all(traversals.map((path) => findStaticFile(folder, path)))
  expect(found.filter((file) => file !== null)).toEqual([])
  expect(traversals.length).toBeGreaterThan(60)
})

test.each([
  ['a link that leads outside', '/link.js'],
  ['a folder', '/folder.js'],
  ['a dot file', '/assets/.hidden.js'],
  ['a kind of file that no page needs', '/data.db'],
  ['a file without a kind', '/noextension'],
  ['an absolute path', `/${outside}/secret.js`],
  ['a Windows path', '/C:/secret.js'],
  ['a share', '//server/share/secret.js'],
  ['a NUL', '/assets/a.js%00.css'],
  ['a stray per cent sign', '/%.js'],
  ['a path without its slash', 'index.html'],
  ['nothing', ''],
])('%s is not served', async (_words, path) => {
  expect(await findStaticFile(folder, path)).toBeNull()
})

test('a page that was never built is no file', async () => {
  expect(await findStaticFile(join(outside, 'nowhere'), '/')).toBeNull()
})

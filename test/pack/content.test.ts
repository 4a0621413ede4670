import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { extractAll, getRawHeader, listPackage } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { NtExecutable, NtExecutableResource, Resource } from 'resedit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { linuxResources, macResources, packInto, windowsResources } from './pack-into.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const HOOK = new URL('../shell/with-stub-electron.mjs', import.meta.url).href
/** Measured: 8.6 MB, of which 2.3 MB are the page's and 5 MB the main program's. */
const ARCHIVE_AT_MOST_BYTES = 16_000_000

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pacemail-pack-'))
  await packInto(folder, '--placeholder', '--linux', '--x64')
  await packInto(folder, '--placeholder', '--win', '--x64')
  await packInto(folder, '--placeholder', '--mac', '--x64', '--arm64')
}, 180_000)
afterAll(() => rmSync(folder, { recursive: true }))

interface Packed {
  readonly name: string
  readonly driver: string
  readonly resources: () => string
}

const everyPacked: Packed[] = [
  { name: 'Linux', driver: 'linux-x64', resources: () => linuxResources(folder) },
  { name: 'Windows', driver: 'win32-x64', resources: () => windowsResources(folder) },
  { name: 'macOS on Intel', driver: 'darwin-x64', resources: () => macResources(folder, 'x64') },
  { name: 'macOS on Apple silicon', driver: 'darwin-arm64', resources: () => macResources(folder, 'arm64') },
]

describe.each(everyPacked)('the app for $name', ({ driver, resources }) => {
  const archive = (): string => join(resources(), 'app.asar')
  const files = (): string[] => listPackage(archive(), { isPack: false }).map((path) => path.replaceAll('\\', '/'))

  test('holds what was built, its icons and the database driver, and nothing else', () => {
    const allowed =
      /^\/(?:package\.json|dist\/(?:main|preload|renderer)\/.*|electron\/shell\/icons\/[^/]+\.png|node_modules\/better-sqlite3\/(?:LICENSE|package\.json|lib\/.*\.js|prebuilds\/.*))$/
    const folders =
      /^\/(?:dist(?:\/\w+)?|electron(?:\/shell(?:\/icons)?)?|node_modules(?:\/better-sqlite3(?:\/(?:lib(?:\/methods)?|prebuilds))?)?)$/
    expect(files().filter((path) => !allowed.test(path) && !folders.test(path))).toEqual([])
    expect(files()).toEqual(
      expect.arrayContaining([
        '/package.json',
        '/dist/main/main.js',
        '/dist/main/import-worker.js',
        '/dist/main/backup-worker.js',
        '/dist/main/samples/sample-leads.csv',
        '/dist/main/licences.md',
        '/dist/preload/preload.cjs',
        '/dist/renderer/index.html',
        '/dist/renderer/licences.md',
      ]),
    )
  })

  test('holds no sources, no maps, no tests and no documents of the project', () => {
    expect(
      files().filter((path) => /\.(?:tsx?|map|cc|cpp|c|h|gyp)$|\/(?:test|docs|bench|\.[^/]+)(?:\/|$)/.test(path)),
    ).toEqual([])
  })

  test('has the driver of its own system and no other, as a file beside the archive', () => {
    const drivers = files().filter((path) => path.endsWith('.node'))
    expect(drivers).toEqual([`/node_modules/better-sqlite3/prebuilds/${driver}.node`])
    const beside = readdirSync(join(resources(), 'app.asar.unpacked'), { recursive: true, withFileTypes: true })
    expect(beside.filter((entry) => entry.isFile()).map((entry) => entry.name)).toEqual([`${driver}.node`])
  })

  test('is small', () => {
    expect(statSync(archive()).size).toBeLessThan(ARCHIVE_AT_MOST_BYTES)
  })

  test('tells nothing about the machine it was packed on, and holds no key', () => {
    const content = readFileSync(archive())
    const found = [ROOT, homedir() === '/' ? ROOT : `${homedir()}/`, 'ssh-rsa AAAA', 'MIIEv'].filter((text) =>
      content.includes(text),
    )
    expect(found).toEqual([])
  })
})

/** What a system compares an archive with before it runs anything in it. */
function hashOf(resources: string): string {
  return createHash('sha256')
    .update(getRawHeader(join(resources, 'app.asar')).headerString)
    .digest('hex')
}

describe('the program for Windows', () => {
  const entries = () => {
    const program = readFileSync(join(windowsResources(folder), '..', 'Pacemail.exe'))
    return NtExecutableResource.from(NtExecutable.from(program)).entries
  }

  test('knows the checksum of its archive, so that a changed one does not start', () => {
    const integrity = entries().find(({ type }) => type === 'INTEGRITY')
    expect(JSON.parse(Buffer.from(integrity?.bin ?? new ArrayBuffer()).toString())).toEqual([
      { file: 'resources\\app.asar', alg: 'SHA256', value: hashOf(windowsResources(folder)) },
    ])
  })

  test('has a name and all sizes of the icon', () => {
    const [version] = Resource.VersionInfo.fromEntries(entries())
    const strings = version?.getStringValues({ lang: 0x0409, codepage: 1200 })
    expect(strings).toMatchObject({ ProductName: 'Pacemail', CompanyName: 'Pacemail contributors' })
    expect(Resource.IconGroupEntry.fromEntries(entries())[0]?.icons).toHaveLength(7)
  })
})

describe('the app for macOS', () => {
  const plist = (): string => readFileSync(join(macResources(folder, 'arm64'), '..', 'Info.plist'), 'utf8')

  test('knows the checksum of its archive, so that a changed one does not start', () => {
    const hash = hashOf(macResources(folder, 'arm64'))
    expect(plist()).toMatch(
      new RegExp(
        `Resources/app\\.asar</key>\\s*<dict>\\s*<key>algorithm</key>\\s*<string>SHA256</string>\\s*<key>hash</key>\\s*<string>${hash}<`,
      ),
    )
  })

  test('offers to open links to Pacemail and to addresses', () => {
    expect(
      [...plist().matchAll(/<key>CFBundleURLSchemes<\/key>\s*<array>\s*<string>(\w+)</g)].map(([, scheme]) => scheme),
    ).toEqual(['pacemail', 'mailto'])
  })

  test('takes lists that are opened with it, and leaves them to the program that opens them by itself', () => {
    expect(plist()).toMatch(/<key>CFBundleTypeExtensions<\/key>\s*<array>\s*<string>csv</)
    expect([...plist().matchAll(/<key>LSHandlerRank<\/key>\s*<string>(\w+)</g)].map(([, rank]) => rank)).toEqual([
      'Alternate',
    ])
  })
})

/** Read from the program as Electron reads them: no way in for other code, nothing runs from outside the archive. */
test.each([
  ['Linux', () => join(folder, 'linux-unpacked', 'pacemail')],
  ['Windows', () => join(folder, 'win-unpacked', 'Pacemail.exe')],
  ['macOS', () => join(folder, 'mac-arm64', 'Pacemail.app')],
])('the fuses for %s are blown as docs/security.md says', async (_system, program) => {
  const wire = await getCurrentFuseWire(program())
  const isOn = (fuse: FuseV1Options): boolean => Number(wire[fuse]) === '1'.charCodeAt(0)
  expect({
    runAsNode: isOn(FuseV1Options.RunAsNode),
    cookieEncryption: isOn(FuseV1Options.EnableCookieEncryption),
    nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    nodeCliInspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
    asarIntegrity: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    onlyAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
    browserSnapshot: isOn(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
    filePrivileges: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
  }).toEqual({
    runAsNode: false,
    cookieEncryption: true,
    nodeOptions: false,
    nodeCliInspect: false,
    asarIntegrity: true,
    onlyAsar: true,
    browserSnapshot: false,
    filePrivileges: false,
  })
})

test('the entry of the AppImage asks for no way around the sandbox', () => {
  const config = readFileSync(join(ROOT, 'electron-builder.yml'), 'utf8')
  expect(config).toMatch(/^appImage:\n {2}executableArgs: \[\]$/m)
  expect(config).not.toMatch(/^[^#]*--no-sandbox/m)
})

test.runIf(process.platform === 'linux' && process.arch === 'x64')(
  'what lies in the archive starts under plain Node, imports the samples into a new database and answers its page',
  { timeout: 60_000 },
  async () => {
    const app = join(folder, 'unpacked')
    const data = join(folder, 'data')
    extractAll(join(linuxResources(folder), 'app.asar'), app)
    const args = ['--import', HOOK, join(app, 'dist/main/main.js'), '--data', data]
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 50_000 })
    expect(stdout).toContain('Pacemail is ready at app://pacemail/\n')
    expect(stdout).toMatch(
      /frame \{"type":"reply","id":1,"ok":true,"value":\{"version":"[\d.]+","host":"desktop","role":"owner"/,
    )
    // The samples come in through the import's own thread.
    expect(stdout).toMatch(/"stage":"saved","progress":\{"done":53/)
    expect(stdout).toMatch(/frame \{"type":"reply","id":2,"ok":true/)
    expect(existsSync(join(data, 'pacemail.db'))).toBe(true)
  },
)

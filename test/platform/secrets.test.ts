import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createKeyFileSecrets } from '#electron/platform/key-file-secrets'

const PASSWORD = 'correct horse battery staple'
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pacemail-secrets-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const fileText = (name: string): string => readFileSync(join(folder, name), 'utf8')

/** Changes the one stored value, keeping the file itself in order. */
function changeStored(change: (sealed: string) => string): void {
  const content = JSON.parse(fileText('secrets.json')) as { values: Record<string, { sealed: string }> }
  for (const value of Object.values(content.values)) value.sealed = change(value.sealed)
  writeFileSync(join(folder, 'secrets.json'), JSON.stringify(content))
}

test('a secret is there again after a restart, and null under a name that has none', async () => {
  await createKeyFileSecrets(folder).set('smtp:1', PASSWORD)
  const again = createKeyFileSecrets(folder)
  expect(await again.get('smtp:1')).toBe(PASSWORD)
  expect(await again.get('smtp:2')).toBeNull()
  expect(await again.get('constructor')).toBeNull()
})

test('the text of a secret stands in no file', async () => {
  await createKeyFileSecrets(folder).set('smtp:1', PASSWORD)
  for (const name of readdirSync(folder)) {
    expect(fileText(name)).not.toContain(PASSWORD)
    expect(fileText(name)).not.toContain(Buffer.from(PASSWORD).toString('base64').slice(0, 20))
  }
})

test.skipIf(process.platform === 'win32')(
  'both files are readable by this user only, also after they lost that',
  async () => {
    const secrets = createKeyFileSecrets(folder)
    await secrets.set('smtp:1', PASSWORD)
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
    chmodSync(join(folder, 'secrets.key'), 0o644)
    await secrets.get('smtp:1')
    expect(statSync(join(folder, 'secrets.key')).mode & 0o777).toBe(0o600)
  },
)

test('the same text is sealed differently each time', async () => {
  const secrets = createKeyFileSecrets(folder)
  await secrets.set('smtp:1', PASSWORD)
  const first = fileText('secrets.json')
  await secrets.set('smtp:1', PASSWORD)
  expect(fileText('secrets.json')).not.toBe(first)
})

test.each([
  ['a flipped bit in it', (bytes: Buffer) => bytes.writeUInt8(bytes.readUInt8(14) ^ 1, 14)],
  [
    'a flipped bit in its tag',
    (bytes: Buffer) => bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1),
  ],
  ['zeroes', (bytes: Buffer) => bytes.fill(0)],
])('a secret with %s is refused and kept', async (_words, change) => {
  const secrets = createKeyFileSecrets(folder)
  await secrets.set('smtp:1', PASSWORD)
  changeStored((sealed) => {
    const bytes = Buffer.from(sealed, 'base64')
    change(bytes)
    return bytes.toString('base64')
  })
  const before = fileText('secrets.json')
  await expect(secrets.get('smtp:1')).rejects.toMatchObject({ code: 'secrets.unavailable' })
  expect(fileText('secrets.json')).toBe(before)
})

test('a secret that was cut short is refused', async () => {
  const secrets = createKeyFileSecrets(folder)
  await secrets.set('smtp:1', PASSWORD)
  changeStored((sealed) => sealed.slice(0, 8))
  await expect(secrets.get('smtp:1')).rejects.toMatchObject({ code: 'secrets.unavailable' })
})

test('a secret put under another name is refused', async () => {
  const secrets = createKeyFileSecrets(folder)
  await secrets.set('smtp:1', PASSWORD)
  writeFileSync(join(folder, 'secrets.json'), fileText('secrets.json').replace('smtp:1', 'smtp:2'))
  await expect(secrets.get('smtp:2')).rejects.toMatchObject({ code: 'secrets.unavailable' })
})

test('a lost key is reported, and never replaced while values wait for it', async () => {
  const secrets = createKeyFileSecrets(folder)
  await secrets.set('install', 'x')
  const key = fileText('secrets.key')
  rmSync(join(folder, 'secrets.key'))
  await expect(secrets.get('install')).rejects.toMatchObject({ code: 'secrets.unavailable' })
  await expect(secrets.set('smtp:1', PASSWORD)).rejects.toMatchObject({ code: 'secrets.unavailable' })
  writeFileSync(join(folder, 'secrets.key'), key)
  expect(await secrets.get('install')).toBe('x')
})

test.each(['{', '[]', 'null', '{"version":2,"values":{}}', '{"version":1,"values":{"install":{"by":"key_file"}}}'])(
  'a secrets file that holds %s is reported and kept',
  async (text) => {
    writeFileSync(join(folder, 'secrets.json'), text)
    const secrets = createKeyFileSecrets(folder)
    await expect(secrets.get('install')).rejects.toMatchObject({ code: 'secrets.unavailable' })
    await expect(secrets.set('install', 'y')).rejects.toMatchObject({ code: 'secrets.unavailable' })
    await expect(secrets.remove('install')).rejects.toMatchObject({ code: 'secrets.unavailable' })
    expect(fileText('secrets.json')).toBe(text)
  },
)

test('what the system key store sealed is reported as unavailable here, not as missing', async () => {
  const values = { install: { by: 'keychain', sealed: 'AAAA' } }
  writeFileSync(join(folder, 'secrets.json'), JSON.stringify({ version: 1, values }))
  await expect(createKeyFileSecrets(folder).get('install')).rejects.toMatchObject({ code: 'secrets.unavailable' })
})

test('many changes at once all arrive, and leave no other file behind', async () => {
  const secrets = createKeyFileSecrets(folder)
  const names = Array.from({ length: 20 }, (_, index) => `smtp:${index}`)
  await Promise.all(names.map((name) => secrets.set(name, name)))
  await Promise.all([secrets.remove('smtp:3'), secrets.remove('smtp:4'), secrets.remove('smtp:4')])
  const found = await Promise.all(names.map((name) => secrets.get(name)))
  expect(found.filter((value) => value === null)).toHaveLength(2)
  expect(readdirSync(folder).toSorted()).toEqual(['secrets.json', 'secrets.key'])
})

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createKeyFileSecrets } from '#electron/platform/key-file-secrets'
import { createSafeStorageSecrets } from '#electron/shell/safe-storage-secrets'
import { safeStorage } from './fake-electron.ts'

vi.mock('electron', () => import('./fake-electron.ts'))

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pacemail-keychain-'))
  Object.assign(safeStorage, { isAvailable: true, backend: 'gnome_libsecret' })
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a secret is sealed by the system’s key store and comes back', async () => {
  const secrets = await createSafeStorageSecrets(folder, 'linux')
  await secrets.set('smtp:1', 'hunter2')
  expect(secrets.protection).toBe('keychain')
  expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).not.toContain('hunter2')
  expect(await (await createSafeStorageSecrets(folder, 'linux')).get('smtp:1')).toBe('hunter2')
})

test.each([
  ['Linux has no keyring', 'linux', true, 'basic_text'],
  ['the backend is not known', 'linux', true, 'unknown'],
  ['encryption is not there', 'darwin', false, 'gnome_libsecret'],
] as const)(
  'where %s, the key file is used and named as what it is',
  async (_words, platform, isAvailable, backend) => {
    Object.assign(safeStorage, { isAvailable, backend })
    const secrets = await createSafeStorageSecrets(folder, platform)
    await secrets.set('smtp:1', 'hunter2')
    expect(secrets.protection).toBe('key_file')
    expect(await createKeyFileSecrets(folder).get('smtp:1')).toBe('hunter2')
  },
)

test('what the web host saved can be read on the desktop', async () => {
  await createKeyFileSecrets(folder).set('install', 'x')
  expect(await (await createSafeStorageSecrets(folder, 'linux')).get('install')).toBe('x')
})

test('what the desktop saved is unavailable on the web host, not missing', async () => {
  await (await createSafeStorageSecrets(folder, 'linux')).set('install', 'x')
  await expect(createKeyFileSecrets(folder).get('install')).rejects.toMatchObject({ code: 'secrets.unavailable' })
})

test('a blob the key store cannot open any more is reported and kept', async () => {
  const secrets = await createSafeStorageSecrets(folder, 'linux')
  await secrets.set('install', 'x')
  const before = readFileSync(join(folder, 'secrets.json'), 'utf8')
  const decrypt = vi.spyOn(safeStorage, 'decryptStringAsync').mockRejectedValue(new Error('key changed'))
  await expect(secrets.get('install')).rejects.toMatchObject({ code: 'secrets.unavailable' })
  decrypt.mockRestore()
  expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).toBe(before)
})

import { safeStorage } from 'electron'
import { createKeyFileSealer, createKeyFileSecrets, secretsFileIn } from '../platform/key-file-secrets.ts'
import { createFileSecrets, type Sealer } from '../platform/secret-file.ts'
import type { Secrets } from '../platform/secrets.ts'

/**
 * Secrets sealed by the system's key store; call it when the app is ready.
 *
 * Where there is none (Linux without a keyring), Electron would "encrypt" with a password that is written in its source.
 * That is never used: the key file of the web host does better, and is reported as what it is. What the web host has
 * saved in this folder can be read here; the other way round it cannot, and says so.
 */
export async function createSafeStorageSecrets(dataFolder: string, platform: NodeJS.Platform): Promise<Secrets> {
  if (!(await hasKeyStore(platform))) return createKeyFileSecrets(dataFolder)
  return createFileSecrets({
    file: secretsFileIn(dataFolder),
    protection: 'keychain',
    sealers: [keychainSealer, createKeyFileSealer(dataFolder)],
  })
}

async function hasKeyStore(platform: NodeJS.Platform): Promise<boolean> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return false
  if (platform !== 'linux') return true
  const backend = safeStorage.getSelectedStorageBackend()
  return backend !== 'basic_text' && backend !== 'unknown'
}

/** The name is sealed with the value, so that one secret cannot be put in another's place. */
const keychainSealer: Sealer = {
  by: 'keychain',
  async seal(name, value) {
    return (await safeStorage.encryptStringAsync(JSON.stringify([name, value]))).toString('base64')
  },
  async open(name, sealed) {
    const { result } = await safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64'))
    const [sealedName, value] = JSON.parse(result) as [string, string]
    if (sealedName !== name) throw new Error('a secret lies under another name')
    return value
  },
}

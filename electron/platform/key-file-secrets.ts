import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createFileSecrets, hasSecrets, replaceFile, unavailable, type Sealer } from './secret-file.ts'
import type { Secrets } from './secrets.ts'

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16

/** Where the system has no key store we use: values in `secrets.json`, their key in `secrets.key` (0600). */
export function createKeyFileSecrets(dataFolder: string): Secrets {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  return createFileSecrets({
    file: secretsFileIn(dataFolder),
    protection: 'key_file',
    sealers: [createKeyFileSealer(dataFolder)],
  })
}

export function secretsFileIn(dataFolder: string): string {
  return join(dataFolder, 'secrets.json')
}

/** AES-256-GCM. The name is authenticated too, so that one secret cannot be put in another's place. */
export function createKeyFileSealer(dataFolder: string): Sealer {
  const keyFile = join(dataFolder, 'secrets.key')

  async function seal(name: string, value: string): Promise<string> {
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv(CIPHER, readOrMakeKey(), iv).setAAD(Buffer.from(name))
    return Buffer.concat([iv, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64')
  }

  async function open(name: string, sealed: string): Promise<string> {
    const bytes = Buffer.from(sealed, 'base64')
    if (bytes.length < IV_BYTES + TAG_BYTES) throw unavailable(`"${name}" is cut short`)
    const decipher = createDecipheriv(CIPHER, readKey(), bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(name)).setAuthTag(bytes.subarray(-TAG_BYTES))
    const text = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES))
    return Buffer.concat([text, decipher.final()]).toString('utf8')
  }

  /** A lost key is never replaced while values wait for it. */
  function readOrMakeKey(): Buffer {
    if (existsSync(keyFile)) return readKey()
    if (hasSecrets(secretsFileIn(dataFolder), 'key_file')) throw unavailable('secrets.key is gone; its values are kept')
    replaceFile(keyFile, randomBytes(KEY_BYTES).toString('base64'))
    return readKey()
  }

  function readKey(): Buffer {
    keepPrivate(keyFile)
    const key = Buffer.from(readFileSync(keyFile, 'utf8'), 'base64')
    if (key.length !== KEY_BYTES) throw unavailable('secrets.key does not hold a key')
    return key
  }

  return { by: 'key_file', seal, open }
}

/** A restored or copied key file may have lost its mode. Windows protects by the folder instead. */
function keepPrivate(file: string): void {
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600)
}

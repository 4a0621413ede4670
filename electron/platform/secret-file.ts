import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { AppError } from '#shared/errors'
import type { Secrets } from './secrets.ts'

/** One way to make a text unreadable at rest. `open` throws when the text was changed or sealed with another key. */
export interface Sealer {
  /** Stored beside the sealed text, so that the right one opens it later. */
  readonly by: 'key_file' | 'keychain'
  seal(name: string, value: string): Promise<string>
  open(name: string, sealed: string): Promise<string>
}

interface SecretFile {
  readonly version: 1
  readonly values: Readonly<Record<string, { readonly by: Sealer['by']; readonly sealed: string }>>
}

export interface FileSecretsOptions {
  /** Path of the JSON file that holds the sealed values. */
  readonly file: string
  readonly protection: Secrets['protection']
  /** The first one seals; all of them open. */
  readonly sealers: readonly [Sealer, ...Sealer[]]
}

/**
 * Secrets as sealed values in one JSON file, read anew each time: two instances may share the folder.
 * What cannot be opened is kept and reported as `secrets.unavailable`, never as missing: "missing" would make the engine
 * invent a new install secret, and with it lose track of what it has sent.
 */
export function createFileSecrets({ file, protection, sealers }: FileSecretsOptions): Secrets {
  let lastChange: Promise<unknown> = Promise.resolve()

  async function get(name: string): Promise<string | null> {
    const { values } = read(file)
    const found = Object.hasOwn(values, name) ? values[name] : undefined
    if (found === undefined) return null
    const sealer = sealers.find((candidate) => candidate.by === found.by)
    if (sealer === undefined) throw unavailable(`"${name}" was sealed by ${found.by}, which this host cannot open`)
    return guarded(() => sealer.open(name, found.sealed))
  }

  async function set(name: string, value: string): Promise<void> {
    const sealed = await guarded(() => sealers[0].seal(name, value))
    await inTurn(() => change((values) => ({ ...values, [name]: { by: sealers[0].by, sealed } })))
  }

  async function remove(name: string): Promise<void> {
    await inTurn(() => change((values) => Object.fromEntries(Object.entries(values).filter(([key]) => key !== name))))
  }

  function change(edit: (values: SecretFile['values']) => SecretFile['values']): void {
    write(file, { version: 1, values: edit(read(file).values) })
  }

  function inTurn(run: () => void): Promise<void> {
    const turn = lastChange.then(run)
    lastChange = turn.catch(() => {})
    return turn
  }

  return { protection, get, set, remove }
}

/** Does the file hold a value sealed this way? */
export function hasSecrets(file: string, by: Sealer['by']): boolean {
  return Object.values(read(file).values).some((value) => value.by === by)
}

function read(file: string): SecretFile {
  if (!existsSync(file)) return { version: 1, values: {} }
  try {
    return checked(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    throw unavailable('the secrets file cannot be read', error)
  }
}

function checked(content: unknown): SecretFile {
  const file = content as Partial<SecretFile> | null
  const values = Object.values(file?.values ?? {})
  const isOurs = file?.version === 1 && typeof file.values === 'object'
  if (!isOurs || values.some((value) => typeof value?.by !== 'string' || typeof value.sealed !== 'string')) {
    throw new Error('not a secrets file')
  }
  return file as SecretFile
}

/** Whole or not at all: a new file is written, flushed and put in the old one's place. */
function write(file: string, content: SecretFile): void {
  try {
    replaceFile(file, JSON.stringify(content, null, 2))
  } catch (error) {
    throw unavailable('the secrets file cannot be written', error)
  }
}

/** Readable by this user only; survives a crash in the middle. */
export function replaceFile(file: string, text: string): void {
  const next = `${file}.${randomBytes(6).toString('hex')}.tmp`
  try {
    const handle = openSync(next, 'wx', 0o600)
    try {
      writeFileSync(handle, text)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(next, file)
  } catch (error) {
    rmSync(next, { force: true })
    throw error
  }
}

async function guarded<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw error instanceof AppError ? error : unavailable('a secret cannot be sealed or opened', error)
  }
}

export function unavailable(message: string, cause?: unknown): AppError {
  return new AppError('secrets.unavailable', message, { cause })
}

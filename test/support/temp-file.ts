import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TempFile extends Disposable {
  readonly path: string
}

/** A file with this content, gone with the test. */
export function tempFile(content: string | Uint8Array): TempFile {
  const folder = mkdtempSync(join(tmpdir(), 'pacemail-file-'))
  const path = join(folder, 'file')
  writeFileSync(path, content)
  return { path, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
}

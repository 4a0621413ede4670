import { isWorking } from '#electron/engine/imports/import-session'
import type { ImportState } from '#shared/contract/imports'
import type { PacemailClient } from '#shared/contract/index'
import type { TestEngine } from './start-test-engine.ts'

type Open = Parameters<PacemailClient['imports']['open']>[0]
type Save = Parameters<PacemailClient['imports']['save']>[0]
type Check = Parameters<PacemailClient['imports']['check']>[0]

/** Sends a file as the page does, in pieces. */
export async function upload(app: TestEngine, name: string, content: string | Uint8Array): Promise<Open['uploadId']> {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content)
  const { uploadId, pieceBytes } = await app.api.files.begin({ name, sizeBytes: bytes.length })
  for (let index = 0; index * pieceBytes < bytes.length; index++) {
    const data = bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes).toString('base64')
    await app.api.files.append({ uploadId, index, data })
  }
  return uploadId
}

/** The state once nothing is read or saved any more; asked for again whenever the engine tells something. */
export async function ended(app: TestEngine, importId: ImportState['importId']): Promise<ImportState> {
  for (;;) {
    const change = nextChange(app)
    const state = await app.api.imports.get({ importId })
    if (!isWorking(state.stage)) return state
    await change
  }
}

export async function openFile(
  app: TestEngine,
  content: string | Uint8Array,
  format: Open['format'] = {},
): Promise<ImportState> {
  const uploadId = await upload(app, 'people.csv', content)
  const { importId } = await app.api.imports.open({ uploadId, format })
  return ended(app, importId)
}

/** Opens and checks; the guessed columns unless told otherwise. */
export async function checkFile(
  app: TestEngine,
  content: string | Uint8Array,
  mapping?: Check['mapping'],
): Promise<ImportState> {
  const opened = await openFile(app, content)
  if (opened.stage !== 'opened') return opened
  const { importId } = opened
  await app.api.imports.check({ importId, mapping: mapping ?? opened.mapping })
  return ended(app, importId)
}

/** Saves, and waits for its end. */
export async function saveList(app: TestEngine, choice: Save): Promise<ImportState> {
  await app.api.imports.save(choice)
  return ended(app, choice.importId as ImportState['importId'])
}

async function nextChange(app: TestEngine): Promise<void> {
  await new Promise<void>((resolve) => {
    const forget = app.engine.onChange(() => {
      forget()
      resolve()
    })
  })
}

import { rmSync } from 'node:fs'
import type { PipelineInputKind, PipelineReader } from '#shared/contract/pipeline'
import { AppError } from '#shared/errors'
import { decodeText, inspectText } from '../imports/encoding.ts'
import { kindOf } from '../imports/file-kind.ts'
import { cleanLine } from '../leads/lead-text.ts'
import type { Received, Uploads } from '../uploads.ts'
import { readCompanies } from './read-companies.ts'
import { readContacts, sourceOf } from './sources.ts'

/** A list of some 40,000 people. It is read at one go between two calls, which takes a tenth of a second. */
const MAX_BYTES = 5 * 1024 * 1024

export interface InputText {
  readonly kind: PipelineInputKind
  readonly reader: PipelineReader
  readonly name: string
  readonly content: string
  readonly sizeBytes: number
}

export type InputFrom = { readonly text: string; readonly name: string } | { readonly uploadId: string }

/** Takes an upload over and looks whether it can be read. Throws `pipeline.unreadable`, `file.too_large`. */
export function readInputText(uploads: Uploads, kind: PipelineInputKind, from: InputFrom): InputText {
  const file = 'uploadId' in from ? textOfUpload(uploads.take(from.uploadId)) : pasted(from)
  const reader = kind === 'companies' ? 'companies' : sourceOf({ name: file.name, text: file.content }).kind
  const rows =
    kind === 'companies' ? readCompanies(file.content) : readContacts(reader, { name: file.name, text: file.content })
  if (rows.length === 0) throw new AppError('pipeline.unreadable', 'nothing in it')
  return { ...file, kind, reader }
}

function pasted(from: { text: string; name: string }) {
  const name = cleanLine(from.name, 100)
  return { name: name === '' ? 'Pasted list' : name, content: from.text, sizeBytes: Buffer.byteLength(from.text) }
}

function textOfUpload({ path, name, sizeBytes }: Received) {
  try {
    if (sizeBytes > MAX_BYTES) {
      throw new AppError('file.too_large', `${sizeBytes} bytes`, { details: { limitBytes: MAX_BYTES } })
    }
    if (kindOf(path) !== 'csv') throw new AppError('pipeline.unreadable', 'a workbook')
    return { name: cleanLine(name, 100), content: decoded(path), sizeBytes }
  } finally {
    rmSync(path, { force: true })
  }
}

function decoded(path: string): string {
  try {
    return Array.from(decodeText(path, inspectText(path).encoding)).join('')
  } catch (error) {
    if (error instanceof AppError) throw new AppError('pipeline.unreadable', 'no text', { cause: error })
    throw error
  }
}

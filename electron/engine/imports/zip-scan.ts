import { TextDecoder } from 'node:util'
import yauzl from 'yauzl'
import { AppError } from '#shared/errors'
import { IMPORT_LIMITS } from './limits.ts'

/**
 * Reads the directory of a workbook before anything is unpacked, and refuses what would hurt: too large, too many
 * parts, suspicious ratios, encrypted, files inside files, paths that lead out, rows far below (`import.bomb`). What is no zip at all is
 * `file.unreadable`. Answers the names of its sheets, in order.
 */
export async function scanWorkbook(bytes: Buffer): Promise<string[]> {
  const zip = await opened(bytes)
  const { workbook, sheets } = await findParts(zip)
  if (workbook === null) throw unreadable('no workbook inside')
  for (const sheet of sheets) await refuseFarRows(zip, sheet)
  let xml = ''
  for await (const text of unpacked(zip, workbook)) xml += text
  return sheetNames(xml)
}

interface Parts {
  readonly workbook: yauzl.Entry | null
  readonly sheets: readonly yauzl.Entry[]
}

async function findParts(zip: yauzl.ZipFile): Promise<Parts> {
  let total = 0
  let count = 0
  let workbook: yauzl.Entry | null = null
  const sheets: yauzl.Entry[] = []
  try {
    for await (const entry of zip.eachEntry()) {
      count++
      total += entry.uncompressedSize
      refuse(entry, { count, total })
      if (entry.fileName === 'xl/workbook.xml') workbook = entry
      if (/^xl\/worksheets\/[^/]+\.xml$/.test(entry.fileName)) sheets.push(entry)
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    const leadsOut = /relative path|absolute path|invalid characters/.test(String(error))
    throw leadsOut ? bomb('a path that leads out') : unreadable(String(error))
  }
  return { workbook, sheets }
}

async function opened(bytes: Buffer): Promise<yauzl.ZipFile> {
  try {
    // `decodeStrings` makes yauzl refuse absolute paths and `..` by itself.
    return await yauzl.fromBufferPromise(bytes, { lazyEntries: true, decodeStrings: true, validateEntrySizes: true })
  } catch (error) {
    throw unreadable(String(error))
  }
}

function refuse(entry: yauzl.Entry, sofar: { count: number; total: number }): void {
  const { fileName, compressedSize, uncompressedSize } = entry
  if (sofar.count > IMPORT_LIMITS.zipEntries) throw bomb('too many parts')
  if (sofar.total > IMPORT_LIMITS.unpackedBytes) throw bomb('too large unpacked')
  if (entry.isEncrypted()) throw bomb('encrypted')
  if (fileName.split(/[\\/]/).includes('..') || fileName.startsWith('/')) throw bomb('a path that leads out')
  if (/\.(zip|xlsx|xlsm|docx|pptx|jar|gz|7z|rar)$/i.test(fileName)) throw bomb('files inside files')
  const ratio = uncompressedSize / Math.max(1, compressedSize)
  if (uncompressedSize > IMPORT_LIMITS.zipRatioFromBytes && ratio > IMPORT_LIMITS.zipRatio) throw bomb('ratio')
}

/** A reader makes a row for every number up to the last one, so a number is enough to fill the memory. */
async function refuseFarRows(zip: yauzl.ZipFile, sheet: yauzl.Entry): Promise<void> {
  let tail = ''
  for await (const text of unpacked(zip, sheet)) {
    const piece = tail + text
    for (const [, row] of piece.matchAll(/<(?:\w+:)?(?:row|c)\s[^>]{0,200}?\br="[A-Z]{0,3}(\d{7,})"/g)) {
      if (Number(row) > IMPORT_LIMITS.sheetRows) throw bomb('a row far below')
    }
    tail = piece.slice(-300)
  }
}

/** Real bytes are counted: an entry that unpacks to another size than it claims is unreadable. */
async function* unpacked(zip: yauzl.ZipFile, entry: yauzl.Entry): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8')
  try {
    for await (const part of await zip.openReadStreamPromise(entry))
      yield decoder.decode(part as Buffer, { stream: true })
  } catch (error) {
    throw error instanceof AppError ? error : unreadable(String(error))
  }
}

function sheetNames(xml: string): string[] {
  const names: string[] = []
  for (const [tag] of xml.matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)) {
    const name = /\sname=(?:"([^"]*)"|'([^']*)')/.exec(tag)
    if (name) names.push(decodeEntities(name[1] ?? name[2] ?? ''))
  }
  return names
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

function decodeEntities(text: string): string {
  return text.replace(/&(?:#x[0-9a-f]{1,6}|#\d{1,7}|\w{2,4});/gi, (whole) => {
    const name = whole.slice(1, -1).toLowerCase()
    if (!name.startsWith('#')) return ENTITIES.get(name) ?? whole
    const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

export function unreadable(message: string): AppError {
  return new AppError('file.unreadable', message)
}

function bomb(message: string): AppError {
  return new AppError('import.bomb', message, { details: { reason: message } })
}

/** The rep's data as files: every table as CSV, or all of them in one archive. */
import { Buffer } from 'node:buffer'
import { closeSync, mkdirSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { strToU8, Zip, ZipDeflate } from 'fflate'
import { openTableReader, type ReadTable, type TableReader } from '#db/queries/tables'
import { AppError } from '#shared/errors'
import type { EngineContext } from '../context.ts'
import { BOM, csvLines } from './export-csv.ts'
import { createPieces, type Pieces } from '../pieces.ts'
import { Temporal } from 'temporal-polyfill'
import { isMoment, readmeOf } from './table-words.ts'
import { onDisk } from '../uploads.ts'

export interface Exported {
  readonly exportId: string
  readonly fileName: string
  readonly sizeBytes: number
  /** How many bytes `read` hands out at a time. */
  readonly pieceBytes: number
}

/** Files on their way to the page, kept until they have been read. */
export interface Exports {
  /** The names of all tables. */
  tables(): string[]
  /** Null: all tables in one archive. Resolves when the file is whole. Throws `disk.full`, `export.not_found`. */
  make(table: string | null): Promise<Exported>
  /** Base64. Throws `export.not_found`. */
  read(piece: { exportId: string; index: number }): string
  /** Harmless when there is none. */
  discard(exportId: string): void
  /** Removes all of them, also those of an earlier run. */
  cleanUp(): void
}

/** As base64 it stays below what one call may carry. */
const PIECE_BYTES = 768 * 1024
/** Left free on the disk besides the file itself. */
const SPARE_BYTES = 50 * 1024 * 1024

export function createExports(deps: Pick<EngineContext, 'db' | 'clock' | 'random' | 'disk' | 'dataFolder'>): Exports {
  const folder = join(deps.dataFolder, 'tmp', 'exports')
  const made = new Map<string, string>()

  async function make(table: string | null): Promise<Exported> {
    const reader = openTableReader(deps.db.$client.name)
    try {
      const exportId = deps.random.id()
      const path = join(folder, exportId)
      if (deps.disk.freeBytes() < statSync(deps.db.$client.name).size + SPARE_BYTES) {
        throw new AppError('disk.full', 'no room for an export')
      }
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      await writeFile(path, reader, table)
      // The newest only: whoever asks again does not want the one before.
      cleanUpBut(exportId)
      made.set(exportId, path)
      const fileName = table === null ? 'pacemail-data.zip' : `pacemail-${table}.csv`
      return { exportId, fileName, sizeBytes: statSync(path).size, pieceBytes: PIECE_BYTES }
    } finally {
      reader.close()
    }
  }

  async function writeFile(path: string, reader: TableReader, table: string | null): Promise<void> {
    const file = openSync(path, 'w', 0o600)
    const pieces = createPieces(deps.clock)
    const write = (bytes: Uint8Array): void => onDisk(() => void writeSync(file, bytes))
    try {
      if (table === null) await writeArchive(reader, { pieces, write, now: deps.clock.now() })
      else await writeTable(given(reader, table), { pieces, write })
    } catch (error) {
      rmSync(path, { force: true })
      throw error
    } finally {
      closeSync(file)
    }
  }

  function cleanUpBut(kept: string | null): void {
    for (const [exportId, path] of made) {
      if (exportId === kept) continue
      made.delete(exportId)
      rmSync(path, { force: true })
    }
  }

  return {
    tables() {
      const reader = openTableReader(deps.db.$client.name)
      try {
        return reader.tables.map(({ name }) => name)
      } finally {
        reader.close()
      }
    },
    make,
    read({ exportId, index }) {
      const path = made.get(exportId)
      if (path === undefined) throw new AppError('export.not_found', 'no such export')
      return readPiece(path, index).toString('base64')
    },
    discard(exportId) {
      const path = made.get(exportId)
      made.delete(exportId)
      if (path !== undefined) rmSync(path, { force: true })
    },
    cleanUp() {
      cleanUpBut(null)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function given(reader: TableReader, name: string): ReadTable {
  const table = reader.tables.find((each) => each.name === name)
  if (table === undefined) throw new AppError('export.not_found', `no table ${name.slice(0, 40)}`)
  return table
}

interface Target {
  readonly pieces: Pieces
  readonly write: (bytes: Uint8Array) => void
}

/** Piece by piece, between which the app answers: nothing is ever whole in memory. */
async function writeTable({ columns, rows }: ReadTable, { pieces, write }: Target): Promise<void> {
  write(strToU8(BOM + csvLines([columns.map(({ name }) => name)])))
  const moments = columns.map(({ name, type }) => type === 'INTEGER' && isMoment(name))
  const iterator = rows()
  for (let isDone = false; !isDone;) {
    isDone = await pieces.next((size) => {
      const taken: string[][] = []
      for (let next = iterator.next(); !next.done; next = iterator.next()) {
        taken.push(next.value.map((value, index) => cellOf(value, moments[index] === true)))
        if (taken.length === size) break
      }
      write(strToU8(csvLines(taken)))
      return taken.length < size
    })
  }
}

/** 0 stands for "never" in some columns. */
function cellOf(value: string | number | Uint8Array | null, isMomentOf: boolean): string {
  if (value === null) return ''
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  return isMomentOf && typeof value === 'number' && value > 0
    ? Temporal.Instant.fromEpochMilliseconds(value).toString()
    : String(value)
}

async function writeArchive(
  reader: TableReader,
  { pieces, write, now }: Target & { readonly now: number },
): Promise<void> {
  const failures: Error[] = []
  const zip = new Zip((error, bytes) => {
    if (error) failures.push(error)
    else write(bytes)
  })
  const add = (name: string): ZipDeflate => {
    const file = new ZipDeflate(name, { level: 6 })
    file.mtime = now
    zip.add(file)
    return file
  }
  const readme = add('README.txt')
  readme.push(strToU8(readmeOf(reader.tables)), true)
  for (const table of reader.tables) {
    const file = add(`${table.name}.csv`)
    await writeTable(table, { pieces, write: (bytes) => file.push(bytes) })
    file.push(new Uint8Array(0), true)
  }
  zip.end()
  for (const failure of failures) throw failure
}

function readPiece(path: string, index: number): Buffer {
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(PIECE_BYTES)
    return buffer.subarray(0, readSync(file, buffer, 0, PIECE_BYTES, index * PIECE_BYTES))
  } finally {
    closeSync(file)
  }
}

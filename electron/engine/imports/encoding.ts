import { closeSync, openSync, readSync } from 'node:fs'
import { TextDecoder } from 'node:util'
import type { FileFormat } from '#shared/contract/imports'
import { AppError } from '#shared/errors'

type Encoding = FileFormat['encoding']

const PIECE_BYTES = 1024 * 1024
const LINE_FEED = 0x0a

/**
 * How the bytes of a text file are meant: its byte order mark, else UTF-8 where every byte fits, else Windows-1252.
 * `lines` counts line feeds. Throws `import.not_text` where a NUL byte shows that it is no text.
 */
export function inspectText(file: string): { encoding: Encoding; lines: number } {
  const marked = encodingOfStart(firstPiece(file))
  if (marked === 'utf-16le' || marked === 'utf-16be') return { encoding: marked, lines: countLines(file) }
  const strict = new TextDecoder('utf-8', { fatal: true })
  let isUtf8 = true
  let lines = 0
  for (const bytes of pieces(file)) {
    const nul = bytes.indexOf(0)
    if (nul !== -1) throw notText(lines + countFeeds(bytes.subarray(0, nul)) + 1)
    lines += countFeeds(bytes)
    isUtf8 &&= fits(strict, bytes)
  }
  isUtf8 &&= fits(strict, null)
  return { encoding: isUtf8 || marked === 'utf-8' ? 'utf-8' : 'windows-1252', lines }
}

/**
 * The file as text in pieces, without byte order mark, every line break as `\n`. Bytes that do not fit an encoding
 * which the rep insists on become replacement characters.
 */
export function* decodeText(file: string, encoding: Encoding): Generator<string> {
  const decoder = new TextDecoder(encoding)
  let lines = 0
  let held = ''
  const normalised = (text: string): string => {
    const whole = held + text
    // A carriage return at the end may be half a line break.
    held = whole.endsWith('\r') ? '\r' : ''
    const ready = (held === '' ? whole : whole.slice(0, -1)).replace(/\r\n?/g, '\n')
    const nul = ready.indexOf('\0')
    if (nul !== -1) throw notText(lines + ready.slice(0, nul).split('\n').length)
    lines += countBreaks(ready)
    return ready
  }
  for (const bytes of pieces(file)) yield normalised(decoder.decode(bytes, { stream: true }))
  yield normalised(decoder.decode())
  if (held !== '') yield '\n'
}

/** The first bytes of the file, at most 1 MB. */
function firstPiece(file: string): Uint8Array {
  for (const bytes of pieces(file)) return bytes.slice()
  return new Uint8Array(0)
}

/** A byte order mark, or the regular zeros of Latin text in UTF-16. */
function encodingOfStart(bytes: Uint8Array): Encoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const start = bytes.subarray(0, 4096)
  const zeros = [0, 0]
  for (let at = 0; at < start.length; at++) if (start[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (odd > start.length * 0.3 && even < odd / 10) return 'utf-16le'
  if (even > start.length * 0.3 && odd < even / 10) return 'utf-16be'
  return null
}

function fits(strict: TextDecoder, bytes: Uint8Array | null): boolean {
  try {
    if (bytes === null) strict.decode()
    else strict.decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

function countLines(file: string): number {
  let lines = 0
  for (const bytes of pieces(file)) lines += countFeeds(bytes)
  return lines
}

function countFeeds(bytes: Uint8Array): number {
  let count = 0
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) count++
  return count
}

function countBreaks(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++
  return count
}

/** One buffer, used again for each piece: copy what must live longer. */
function* pieces(file: string): Generator<Uint8Array> {
  const handle = openSync(file, 'r')
  try {
    const buffer = Buffer.allocUnsafe(PIECE_BYTES)
    for (;;) {
      const count = readSync(handle, buffer, 0, PIECE_BYTES, null)
      if (count === 0) return
      yield buffer.subarray(0, count)
    }
  } finally {
    closeSync(handle)
  }
}

function notText(line: number): AppError {
  return new AppError('import.not_text', `NUL in line ${line}`, { details: { line } })
}

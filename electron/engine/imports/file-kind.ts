import { closeSync, openSync, readSync } from 'node:fs'
import type { FileFormat } from '#shared/contract/imports'

/** By its first bytes, whatever the name says. `old_excel`: the container of .xls files and of encrypted workbooks. */
export function kindOf(file: string): FileFormat['kind'] | 'old_excel' {
  const start = firstBytes(file).toString('hex')
  if (start.startsWith('504b')) return 'xlsx'
  return start.startsWith('d0cf11e0') ? 'old_excel' : 'csv'
}

function firstBytes(file: string): Buffer {
  const handle = openSync(file, 'r')
  try {
    const buffer = Buffer.alloc(8)
    return buffer.subarray(0, readSync(handle, buffer, 0, 8, 0))
  } finally {
    closeSync(handle)
  }
}

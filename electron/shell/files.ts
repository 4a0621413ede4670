import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename, isAbsolute } from 'node:path'
import { app } from 'electron'
import { isListFile } from '#shared/domain/list-file'
import { AppError } from '#shared/errors'

/** A longer way to a file is no way that a rep took. */
const LONGEST_PATH = 4_096
/** Looked at before the file is read; whoever takes it has the last word. */
const MOST_BYTES = 100 * 1024 * 1024

/**
 * Lists that somebody opens with the app: macOS reports them as an event (the dock, Finder), the other systems start the app once
 * more with their path. They only open the import, which keeps nothing before its last step.
 */
export function watchFiles(onFile: (path: string) => void): void {
  // Must be heard before the app is ready, or the file that started it is lost.
  app.on('open-file', (event, path) => {
    event.preventDefault()
    if (isList(path)) onFile(path)
  })
}

/** The list among the arguments of a start; null: none. */
export function fileIn(args: readonly string[]): string | null {
  return args.slice(1).findLast(isList) ?? null
}

/** A network path would have Windows show the rep's name and password to whoever is named in it. */
function isList(path: string): boolean {
  return path.length <= LONGEST_PATH && isAbsolute(path) && !/^[\\/]{2}/.test(path) && isListFile(path)
}

/** Takes a file that is here already. */
export interface FileTaker {
  put(name: string, bytes: Uint8Array): string
}

/** Hands the file over and answers the page that goes on with it, or that says why it cannot. */
export async function handIn(path: string, uploads: FileTaker): Promise<string> {
  try {
    return `/leads/import?upload=${uploads.put(basename(path), await read(path))}`
  } catch (error) {
    return `/leads/import?refused=${error instanceof AppError ? error.code : 'file.unreadable'}`
  }
}

/** One look at one file: a pipe or a device is not waited for. */
async function read(path: string): Promise<Uint8Array> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const stat = await file.stat()
    if (!stat.isFile()) throw new AppError('file.unreadable', 'not a file')
    if (stat.size > MOST_BYTES) throw new AppError('file.too_large', `${stat.size} bytes`)
    return await file.readFile()
  } finally {
    await file.close()
  }
}

import { AppError } from '#shared/errors'

/** A full disk, a locked, read-only or damaged file in our own words; anything else stays as it is. */
export function asAppError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code.startsWith('SQLITE_FULL') || code === 'SQLITE_IOERR_WRITE') {
    return new AppError('disk.full', `database: ${code}`, { cause: error })
  }
  if (code.startsWith('SQLITE_BUSY')) return new AppError('db.locked', `database: ${code}`, { cause: error })
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN')) {
    return new AppError('db.readonly', `database: ${code}`, { cause: error })
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new AppError('db.damaged', `database: ${code}`, { cause: error })
  }
  return error
}

/** Runs `attempt`; what it finds wrong with `file` is thrown in our own words. */
export function classified<T>(file: string, attempt: () => T): T {
  try {
    return attempt()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (['EACCES', 'EPERM', 'EROFS', 'EISDIR'].includes(code)) {
      throw new AppError('db.readonly', `database: ${code}`, { details: { file }, cause: error })
    }
    const known = asAppError(error)
    if (known instanceof AppError && known !== error) {
      throw new AppError(known.code, known.message, { details: { file }, cause: error })
    }
    throw error
  }
}

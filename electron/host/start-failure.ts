import { AppError, type ErrorCode } from '#shared/errors'

const KEPT = 'Nothing in it was changed.'

/** Why Pacemail cannot start, for the terminal or a box: what happened, what was kept, what to do. */
const SENTENCES: Partial<Record<ErrorCode, string>> = {
  'db.damaged': `The database is damaged. ${KEPT} The folder "backups" beside it holds earlier copies that were checked.`,
  'db.foreign': `The database file belongs to another program. ${KEPT} Choose another folder with --data.`,
  'db.from_future': `The database was written by a newer Pacemail. ${KEPT} Install that version, or choose another folder with --data.`,
  'db.readonly': `The database cannot be written. ${KEPT} Allow writing in the data folder, or choose another one with --data.`,
  'db.locked': `Another program holds the database. ${KEPT} Close it and start Pacemail again.`,
  'app.foreign_endpoint': `One of the PACEMAIL_…_URL variables points at another machine. ${KEPT} Only a server on this one may play a provider; unset the variable.`,
  'disk.full': `The disk is full. ${KEPT} Make some room and start Pacemail again.`,
  'secrets.unavailable': `The stored passwords cannot be opened here; they are kept. Put secrets.key back beside secrets.json, or start the Pacemail that saved them.`,
}

const SYSTEM_SENTENCES: Readonly<Record<string, string>> = {
  EADDRINUSE: 'The port is in use by another program. Choose another one with --port, or leave it out.',
  EACCES: `Pacemail may not use the port or the data folder. ${KEPT} Choose others with --port and --data.`,
  EROFS: SENTENCES['db.readonly'] ?? '',
  // What Node says of a folder that it cannot make, also where the disk may only be read.
  ENOENT: `The data folder cannot be made or written there. ${KEPT} Choose another one with --data.`,
  ENOSPC: SENTENCES['disk.full'] ?? '',
  ENOTDIR: 'The data folder is a file, or lies inside one. Choose another folder with --data.',
  EEXIST: 'The data folder is a file. Choose another folder with --data.',
}

/** One sentence or three; never a stack and never the error's own text. */
export function startFailure(error: unknown, places: { dataFolder: string; logFile: string }): string {
  const sentence = error instanceof AppError ? SENTENCES[error.code] : SYSTEM_SENTENCES[codeOf(error)]
  const why = sentence ?? `Something unexpected happened; the log tells more: ${places.logFile}`
  return `Pacemail could not start. ${why}\nData folder: ${places.dataFolder}`
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  return typeof code === 'string' ? code : ''
}

import { app } from 'electron'
import { fileIn } from './files.ts'
import { linkIn } from './links.ts'

/** What a second start asks for; null: nothing of the kind. */
export interface Brought {
  readonly link: string | null
  readonly file: string | null
}

/**
 * One desktop app per data folder. False: another one runs, has been told to show its window, and this one should end.
 * What a second start brings along (arguments, a folder) comes from anywhere: a link or the path of a list is handed on, nothing else is looked at.
 */
export function isOnlyInstance(onSecondStart: (brought: Brought) => void): boolean {
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', (_event, args) => onSecondStart({ link: linkIn(args), file: fileIn(args) }))
  return true
}

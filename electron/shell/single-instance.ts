import { app } from 'electron'
import { linkIn } from './links.ts'

/**
 * One desktop app per data folder. False: another one runs, has been told to show its window, and this one should end.
 * What a second start brings along (arguments, a folder) comes from anywhere: a link is handed on, nothing else is looked at.
 */
export function isOnlyInstance(onSecondStart: (link: string | null) => void): boolean {
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', (_event, args) => onSecondStart(linkIn(args)))
  return true
}

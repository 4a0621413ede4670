import { app } from 'electron'

/**
 * One desktop app per data folder. False: another one runs, has been told to show its window, and this one should end.
 * What a second start brings along (arguments, a folder) comes from anywhere and is not looked at.
 */
export function isOnlyInstance(onSecondStart: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', onSecondStart)
  return true
}

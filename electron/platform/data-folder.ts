import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Where a rep's data lives unless `--data` says otherwise; the same for both hosts, so that they share it. */
export function defaultDataFolder(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string = homedir()): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Pacemail')
  if (platform === 'win32') return join(env['APPDATA'] || join(home, 'AppData', 'Roaming'), 'Pacemail')
  return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'pacemail')
}

export function dataFolderOf(wanted: string | undefined): string {
  return wanted === undefined ? defaultDataFolder(process.platform, process.env) : resolve(wanted)
}

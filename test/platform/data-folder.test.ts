import { join } from 'node:path'
import { expect, test } from 'vitest'
import { defaultDataFolder } from '#electron/platform/data-folder'

test.each([
  ['linux', { XDG_DATA_HOME: '/xdg' }, join('/xdg', 'pacemail')],
  ['linux', { XDG_DATA_HOME: '' }, join('/home/ann', '.local', 'share', 'pacemail')],
  ['darwin', {}, join('/home/ann', 'Library', 'Application Support', 'Pacemail')],
  ['win32', { APPDATA: '/roaming' }, join('/roaming', 'Pacemail')],
  ['win32', {}, join('/home/ann', 'AppData', 'Roaming', 'Pacemail')],
] as const)('on %s with %j the data lives in %s', (platform, env, folder) => {
  expect(defaultDataFolder(platform, env, '/home/ann')).toBe(folder)
})

import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { buildPage } from '#electron/page-build'

const PACK = fileURLToPath(new URL('../../electron/pack.ts', import.meta.url))

/** `npm run pack`, into a folder of the test's. */
export async function packInto(folder: string, ...args: readonly string[]): Promise<void> {
  await buildPage({ isDesktopToo: true })
  await promisify(execFile)(process.execPath, [PACK, `-c.directories.output=${folder}`, ...args])
}

/** Where the code lies in what was packed. */
export const linuxResources = (folder: string): string => join(folder, 'linux-unpacked', 'resources')
export const windowsResources = (folder: string): string => join(folder, 'win-unpacked', 'resources')
export const macResources = (folder: string, arch: 'x64' | 'arm64'): string =>
  join(folder, arch === 'x64' ? 'mac' : 'mac-arm64', 'Pacemail.app', 'Contents', 'Resources')

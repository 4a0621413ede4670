import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { NtExecutable, NtExecutableResource, Resource } from 'resedit'

/**
 * Stands before Electron's fuses in its binary, so that they are found; then their version, their number and one letter
 * each (`0` off, `1` on) as Electron ships them. https://github.com/electron/fuses
 */
const FUSES = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u0009101100011'

const PROGRAM = `#!/bin/sh
echo "This is Pacemail packed around a placeholder: Electron's runtime was not there when it was packed." >&2
exit 1
# ${FUSES}
`

/** As much of a macOS bundle as is read and rewritten. */
const PLIST = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict><key>CFBundleExecutable</key><string>Electron</string></dict></plist>
`
const FRAMEWORKS = 'Electron.app/Contents/Frameworks'

/** A program file for Windows without a program: its description is there to be rewritten, and the fuses. */
function windowsProgram(): Buffer {
  const program = NtExecutable.createEmpty(false, false)
  const resources = NtExecutableResource.from(program)
  const version = Resource.VersionInfo.createEmpty()
  version.setStringValues({ lang: 0x0409, codepage: 1200 }, { FileDescription: 'Electron' })
  version.outputToResourceEntries(resources.entries)
  resources.entries.push({
    type: 'FUSES',
    id: 1,
    lang: 0x0409,
    codepage: 1200,
    bin: new TextEncoder().encode(FUSES).buffer,
  })
  resources.outputResource(program)
  return Buffer.from(program.generate())
}

/** What electron-builder looks for in Electron's own download, by system. */
const SHAPES = {
  linux: { electron: PROGRAM, 'locales/en-US.pak': '', 'resources/.keep': '' },
  win32: { 'electron.exe': windowsProgram(), 'locales/en-US.pak': '', 'resources/.keep': '' },
  darwin: {
    'Electron.app/Contents/MacOS/Electron': PROGRAM,
    'Electron.app/Contents/Info.plist': PLIST,
    'Electron.app/Contents/Resources/en.lproj/locale.pak': '',
    [`${FRAMEWORKS}/Electron Helper.app/Contents/MacOS/Electron Helper`]: PROGRAM,
    [`${FRAMEWORKS}/Electron Helper.app/Contents/Info.plist`]: PLIST,
    [`${FRAMEWORKS}/Electron Framework.framework/Electron Framework`]: FUSES,
    [`${FRAMEWORKS}/Electron Framework.framework/Versions/A/Resources/en.lproj/locale.pak`]: '',
  },
} as const

export type PlaceholderSystem = 'linux' | 'win32' | 'darwin'

/**
 * A folder that electron-builder takes for Electron where the real one cannot be fetched: the archive, the driver beside
 * it, the fuses and the bundle's description come out as they would; only nothing runs in it.
 */
export function makePlaceholderRuntime(folder: string, system: PlaceholderSystem): void {
  for (const [path, content] of Object.entries(SHAPES[system])) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
    if (content === PROGRAM) chmodSync(join(folder, path), 0o755)
  }
}

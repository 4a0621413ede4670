import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { electronBinary, fetchElectron } from './desktop-runtime.ts'
import { makePlaceholderRuntime, type PlaceholderSystem } from './pack/placeholder-runtime.ts'
import { createSystemClock } from './platform/system-clock.ts'

const BUILDER = fileURLToPath(new URL('../node_modules/electron-builder/cli.js', import.meta.url))
const PLACEHOLDER = '--placeholder'

await pack(process.argv.slice(2))

/**
 * `npm run pack`: the app as a folder without an installer, in release/. Arguments are electron-builder's. Where Electron's
 * runtime is not there and cannot be fetched, or with `--placeholder`, around a placeholder: then all but the runtime can
 * be looked at, also for another system (`--mac`, `--win`, `--linux`).
 */
async function pack(args: readonly string[]): Promise<void> {
  if (!args.includes(PLACEHOLDER) && (await hasElectron())) process.exit(await build(args))
  process.stdout.write(
    "Packing around a placeholder, not Electron's runtime: what comes out can be looked at, not run.\n",
  )
  const folder = mkdtempSync(join(tmpdir(), 'pacemail-runtime-'))
  try {
    makePlaceholderRuntime(folder, systemOf(args))
    const others = args.filter((argument) => argument !== PLACEHOLDER)
    process.exitCode = await build([...others, `-c.electronDist=${folder}`])
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function hasElectron(): Promise<boolean> {
  const mayFetch = process.env['ELECTRON_SKIP_BINARY_DOWNLOAD'] === undefined
  if (electronBinary() === null && mayFetch) await fetchElectron(createSystemClock())
  return electronBinary() !== null
}

/** The one that is asked for, else this one. */
function systemOf(args: readonly string[]): PlaceholderSystem {
  if (args.includes('--mac')) return 'darwin'
  if (args.includes('--win')) return 'win32'
  const { platform } = process
  return !args.includes('--linux') && (platform === 'darwin' || platform === 'win32') ? platform : 'linux'
}

/** Its exit code. Not signed, so not hardened: macOS loads no library into a hardened app without a signature. */
function build(args: readonly string[]): Promise<number> {
  const fixed = [BUILDER, '--dir', '--publish', 'never', '-c.mac.hardenedRuntime=false']
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...fixed, ...args], { stdio: 'inherit' })
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 1))
  })
}

import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'

const PACKAGES = { 'better-sqlite3': pathToFileURL(createRequire(import.meta.url).resolve('better-sqlite3')).href }

export interface Program extends Disposable {
  readonly path: string
}

/**
 * One file from `test/support/<name>.ts` and all it needs, the way the desktop's main process is made: a process that is
 * killed again and again must start quickly, and reading some thousand files takes five times as long (measured).
 */
export async function bundleProcess(name: string): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), 'pacemail-program-'))
  await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('../..', import.meta.url)),
    ssr: { noExternal: true, external: Object.keys(PACKAGES) },
    build: {
      ssr: fileURLToPath(new URL(`${name}.ts`, import.meta.url)),
      outDir: folder,
      emptyOutDir: false,
      target: 'node24',
      minify: false,
      rolldownOptions: {
        external: Object.keys(PACKAGES),
        output: { format: 'es', entryFileNames: '[name].mjs', codeSplitting: false, paths: PACKAGES },
      },
    },
  })
  return {
    path: join(folder, `${name}.mjs`),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

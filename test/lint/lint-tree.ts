import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** The root of the project. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Files by their path from the root, with `/`. */
export type Tree = Readonly<Record<string, string>>

const Output = z.object({
  number_of_files: z.int(),
  diagnostics: z.array(
    z.object({
      /** Absent when a directive that silences a rule has nothing to silence. */
      code: z.string().default('unused-directive'),
      filename: z.string(),
      labels: z.array(z.object({ span: z.object({ line: z.int() }) })).min(1),
    }),
  ),
})

/**
 * Lints made-up files with the project's own configuration, as if they stood in its folders.
 * The findings read `path:line rule`, sorted, each once.
 */
export function lintTree(tree: Tree): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'pacemail-lint-'))
  try {
    for (const [path, text] of Object.entries(tree)) write(join(folder, path), text)
    write(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG))
    copyFileSync(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction')
    return readFindings(runOxlint(folder), Object.keys(tree).length)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const TSCONFIG = {
  compilerOptions: {
    strict: true,
    target: 'ES2024',
    module: 'NodeNext',
    allowImportingTsExtensions: true,
    noEmit: true,
    jsx: 'react-jsx',
    types: ['node'],
  },
}

function runOxlint(folder: string): string {
  const oxlint = join(ROOT, 'node_modules', 'oxlint', 'bin', 'oxlint')
  const run = spawnSync(process.execPath, [oxlint, '--type-aware', '--format', 'json'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (run.stdout === '') throw new Error(`oxlint said nothing: ${run.stderr}`)
  return run.stdout
}

function readFindings(stdout: string, expectedFiles: number): string[] {
  const { diagnostics, number_of_files: seenFiles } = Output.parse(JSON.parse(stdout.slice(stdout.indexOf('{'))))
  if (seenFiles !== expectedFiles) throw new Error(`oxlint saw ${seenFiles} of ${expectedFiles} files.`)
  const findings = diagnostics.map(
    ({ code, filename, labels }) => `${filename.replaceAll('\\', '/')}:${labels[0]?.span.line} ${ruleName(code)}`,
  )
  return [...new Set(findings)].sort()
}

/** `eslint(no-console)` is `no-console`; `import(no-cycle)` is `import/no-cycle`. */
function ruleName(code: string): string {
  const [, plugin = '', rule = code] = /^(?:eslint-plugin-)?([\w-]+)\((.+)\)$/.exec(code) ?? []
  return plugin === 'eslint' || plugin === '' ? rule : `${plugin}/${rule}`
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

import { globSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './lint-tree.ts'

/** Every file of the product's own code, without tests. */
export function sourceFiles(): { readonly absolute: string; readonly relative: string }[] {
  return globSync('{shared,db,electron,renderer}/**/*.{ts,tsx}', { cwd: ROOT })
    .map((path) => ({ absolute: join(ROOT, path), relative: path.replaceAll('\\', '/') }))
    .sort((a, b) => a.relative.localeCompare(b.relative))
}

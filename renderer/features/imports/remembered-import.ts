import type { ImportId } from '#shared/domain/ids'
import type { ImportPurpose } from '#shared/domain/taxonomy'

/** The import in hand survives a reload and a visit to another page; it ends with the window. */
const KEY = 'pacemail.import'

export function rememberedImport(purpose: ImportPurpose): ImportId | null {
  return window.sessionStorage.getItem(keyOf(purpose)) as ImportId | null
}

export function rememberImport(purpose: ImportPurpose, importId: ImportId | null): void {
  if (importId === null) window.sessionStorage.removeItem(keyOf(purpose))
  else window.sessionStorage.setItem(keyOf(purpose), importId)
}

/** Each kind of file has an import of its own in hand. */
function keyOf(purpose: ImportPurpose): string {
  return `${KEY}.${purpose}`
}

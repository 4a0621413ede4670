import type { ImportId } from '#shared/domain/ids'

/** The import in hand survives a reload and a visit to another page; it ends with the window. */
const KEY = 'pacemail.import'

export function rememberedImport(): ImportId | null {
  return window.sessionStorage.getItem(KEY) as ImportId | null
}

export function rememberImport(importId: ImportId | null): void {
  if (importId === null) window.sessionStorage.removeItem(KEY)
  else window.sessionStorage.setItem(KEY, importId)
}

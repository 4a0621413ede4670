/** Hands a text to the browser as a file to keep. */
export function saveText(file: { readonly fileName: string; readonly text: string }): void {
  saveBlob(file.fileName, new Blob([file.text], { type: `${typeOf(file.fileName)};charset=utf-8` }))
}

/** The same for bytes that came in pieces. */
export function saveBytes(fileName: string, pieces: readonly Uint8Array<ArrayBuffer>[]): void {
  saveBlob(fileName, new Blob([...pieces], { type: typeOf(fileName) }))
}

function saveBlob(fileName: string, blob: Blob): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  URL.revokeObjectURL(url)
}

const TYPES: Readonly<Record<string, string>> = { json: 'application/json', zip: 'application/zip', txt: 'text/plain' }

function typeOf(fileName: string): string {
  return TYPES[fileName.split('.').at(-1) ?? ''] ?? 'text/csv'
}

/** Files that may hold leads, by their names: what a page takes, and what may be dropped on the app. What they are, their bytes say. */
const ENDINGS = ['.csv', '.tsv', '.txt', '.xlsx', '.xls'] as const

/** As a file field takes it. */
export const LIST_FILE_TYPES = [...ENDINGS, 'text/csv'].join(',')

export function isListFile(name: string): boolean {
  return ENDINGS.some((ending) => name.toLowerCase().endsWith(ending))
}

const MB = 1024 * 1024

/** What an import takes; anything beyond ends it with a clear word. */
export const IMPORT_LIMITS = {
  rows: 250_000,
  columns: 200,
  /** Characters; a longer cell is cut. */
  cellChars: 32 * 1024,
  /** Characters of one row, line breaks in quotes included. Beyond it, a quote was never closed. */
  rowChars: 8 * MB,
  xlsxBytes: 25 * MB,
  /** All parts of an XLSX together, unpacked. */
  unpackedBytes: 200 * MB,
  /** Unpacked by packed, of a part that is large at all. */
  zipRatio: 100,
  zipRatioFromBytes: MB,
  zipEntries: 200,
  /** The last row that a spreadsheet has. */
  sheetRows: 1_048_576,
  sampleRows: 20,
  /** Characters of a cell in the sample: the page only shows them. */
  sampleChars: 200,
  /** Heap of the thread that reads the file. */
  heapMb: 512,
  lookMs: 60_000,
  checkMs: 300_000,
} as const

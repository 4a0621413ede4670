import type { DateFormat, FileFormat, LeadColumn } from '#shared/contract/imports'
import type { ImportPurpose } from '#shared/domain/taxonomy'
import type { ErrorCode, ErrorDetails } from '#shared/errors'

/** What the reading thread is started with; one thread does one task. */
export type WorkerTask = LookTask | CheckTask

/** Reads as much as it takes to show the file: format, columns, first rows. */
export interface LookTask {
  readonly task: 'look'
  readonly file: string
  readonly kind: FileFormat['kind']
  readonly purpose: ImportPurpose
  /** What the rep corrected; the rest is detected. */
  readonly format: { readonly [P in keyof FileFormat]?: FileFormat[P] | undefined }
}

/** Reads every row into a staging file. */
export interface CheckTask {
  readonly task: 'check'
  readonly file: string
  readonly format: FileFormat
  readonly columns: readonly string[]
  readonly mapping: readonly LeadColumn[]
  readonly purpose: ImportPurpose
  readonly dates: DateFormat
  /** Epoch ms: nothing was sent after it. */
  readonly now: number
  /** The staging database to make. */
  readonly staging: string
}

export interface Look {
  readonly format: FileFormat
  readonly sheets: readonly string[]
  readonly columns: readonly string[]
  readonly mapping: readonly LeadColumn[]
  readonly dateOrder: DateFormat['order'] | null
  readonly sample: readonly (readonly string[])[]
  /** By the line breaks in the file: never fewer than there are. */
  readonly rowsAtMost: number
}

export type WorkerMessage =
  /** It may be ended from now on. */
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly done: number }
  | { readonly type: 'looked'; readonly look: Look }
  | { readonly type: 'checked'; readonly rows: number }
  | { readonly type: 'failed'; readonly code: ErrorCode; readonly message: string; readonly details: ErrorDetails }

/** One row of the file that is not empty. */
export interface RawRow {
  /** Where it starts, counted from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

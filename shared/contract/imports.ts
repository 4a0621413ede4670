import { z } from 'zod'
import { ImportId, ListId, UploadId } from '../domain/ids.ts'
import { ImportPurpose, RowVerdict } from '../domain/taxonomy.ts'
import { mutation, query } from './define.ts'
import { Provenance } from './leads.ts'
import { ERROR_CODES } from '../errors.ts'

/** What a column of the file may become. `custom` keeps it as a field under its own name. */
export const LeadColumn = z.enum([
  'email',
  'firstName',
  'lastName',
  'fullName',
  'company',
  'title',
  'website',
  'phone',
  'country',
  'zone',
  'note',
  'tags',
  'source',
  'basis',
  'basisAt',
  'basisNote',
  /** When earlier mail was sent, and what it was about: its subject or its campaign. */
  'sentAt',
  'about',
  'custom',
  'ignore',
])
export type LeadColumn = z.infer<typeof LeadColumn>

export const Encoding = z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'])
export const Delimiter = z.enum([',', ';', '\t', '|'])

/** How the file is read; every part is detected first and may be corrected by the rep. */
export const FileFormat = z.object({
  kind: z.enum(['csv', 'xlsx']),
  encoding: Encoding,
  delimiter: Delimiter,
  hasHeader: z.boolean(),
  /** XLSX: the sheet that is read; empty for CSV. */
  sheet: z.string(),
})
export type FileFormat = z.infer<typeof FileFormat>

/** How dates in a file of earlier mail are read. */
export const DateFormat = z.object({
  /** What 03/04/2026 means. */
  order: z.enum(['dmy', 'mdy']),
  /** IANA zone of dates that name none. */
  zone: z.string().min(1).max(64),
})
export type DateFormat = z.infer<typeof DateFormat>

const Counts = z.record(RowVerdict, z.int())

/** An import from the first look to the saved list. It lives outside the database until `saving`. */
export const ImportState = z.object({
  importId: ImportId,
  purpose: ImportPurpose,
  fileName: z.string(),
  /** `opening → opened → checking → checked → saving → saved`; `failed` and `cancelled` end it. */
  stage: z.enum(['opening', 'opened', 'checking', 'checked', 'saving', 'saved', 'failed', 'cancelled']),
  /** Rows read or saved so far; `total` null while it is not known. */
  progress: z.object({ done: z.int(), total: z.int().nullable() }),
  format: FileFormat.nullable(),
  sheets: z.array(z.string()),
  /** Header names, or "Column 1"… where the file has none. */
  columns: z.array(z.string()),
  /** The guess, one entry a column. */
  mapping: z.array(LeadColumn),
  /** The guess for dates; null where the file does not tell. */
  dateOrder: DateFormat.shape.order.nullable(),
  /** First rows as they are in the file, at most 20. */
  sample: z.array(z.array(z.string())),
  /** Known from `checked` on. */
  counts: Counts.nullable(),
  /** Known when `saved`; null for what is no list. */
  listId: ListId.nullable(),
  /** Why it `failed`, or why saving did and it is `checked` again; `line` and the like in details. */
  error: z
    .object({
      code: z.enum(ERROR_CODES),
      details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    })
    .nullable(),
})
export type ImportState = z.infer<typeof ImportState>

export const ImportRow = z.object({
  /** Line of the row in the file, counted from 1 with the header. */
  line: z.int(),
  verdict: RowVerdict,
  /** A word on the verdict: what is wrong with the address, or the line it repeats. */
  detail: z.string(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  company: z.string(),
  /** When earlier mail was sent, epoch ms; null for other rows. */
  at: z.int().nullable(),
})

export type ImportRow = z.infer<typeof ImportRow>

export const imports = {
  /** Looks at the file: format, columns, first rows. Progress and result arrive as `imports.moved`. */
  open: mutation({
    input: z.object({
      uploadId: UploadId,
      format: FileFormat.partial().default({}),
      purpose: ImportPurpose.default('leads'),
    }),
    output: ImportState,
    throws: ['file.incomplete', 'import.busy', 'import.old_excel'],
  }),

  /** The same file read another way (encoding, delimiter, sheet, header). */
  reopen: mutation({
    input: z.object({ importId: ImportId, format: FileFormat.partial() }),
    output: ImportState,
    throws: ['import.not_found'],
  }),

  get: query({ input: z.object({ importId: ImportId }), output: ImportState, throws: ['import.not_found'] }),

  /** Reads every row and judges it. Nothing reaches the leads yet. */
  check: mutation({
    input: z.object({
      importId: ImportId,
      mapping: z.array(LeadColumn).max(200),
      dates: DateFormat.default({ order: 'mdy', zone: 'UTC' }),
    }),
    output: ImportState,
    throws: ['import.not_found', 'import.no_address_column', 'import.no_date_column', 'import.busy'],
  }),

  /** Judged rows, for the preview; all verdicts, or one. */
  rows: query({
    input: z.object({
      importId: ImportId,
      verdict: RowVerdict.nullable().default(null),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(200).default(50),
    }),
    output: z.object({ rows: z.array(ImportRow), total: z.int() }),
    throws: ['import.not_found'],
  }),

  /**
   * Makes the leads, all or none: `leads` wait for review, `pending` ones are approved, and leads that were known get the tags
   * as well. For `suppressions` it makes entries of the do-not-contact list; `history` is kept by `history.takeFile`. It goes on after the answer: progress and result arrive as `imports.moved`. When it fails
   * the stage is `checked` again, with `error`, and nothing was kept.
   */
  save: mutation({
    input: z.object({
      importId: ImportId,
      listName: z.string().trim().min(1).max(100),
      tags: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
      /** Also rows with shared addresses such as info@. */
      includeRole: z.boolean().default(false),
      /** `pending`: also people whose cool-down is not over. They become leads and wait for it. */
      includeWritten: z.boolean().default(false),
      provenance: Provenance.prefault({}),
    }),
    output: ImportState,
    throws: ['import.not_found', 'import.busy'],
  }),

  /** Stops reading or saving and forgets the file. Nothing was kept, unless it was `saved` already. */
  cancel: mutation({ input: z.object({ importId: ImportId }), output: z.object({}), throws: ['import.not_found'] }),

  /** Every row with its verdict, as CSV, cells neutralised. Also of a saved list, from `checked` on. */
  report: query({
    input: z.object({ importId: ImportId }),
    output: z.object({ fileName: z.string(), text: z.string() }),
    throws: ['import.not_found'],
  }),
}

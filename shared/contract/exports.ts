import { z } from 'zod'
import { mutation, query } from './define.ts'

/** The rep's data as files, handed to the page in pieces, over the same channel as everything else. */
export const exports = {
  tables: query({ input: z.object({}), output: z.object({ tables: z.array(z.string()) }) }),

  /** One table as CSV, or (null) every table and a README in one archive. Answers when the file is whole. Allowed for a viewer. */
  make: query({
    input: z.object({ table: z.string().max(60).nullable() }),
    output: z.object({ exportId: z.string(), fileName: z.string(), sizeBytes: z.int(), pieceBytes: z.int() }),
    throws: ['disk.full', 'export.not_found'],
  }),

  /** Pieces from 0; `data` is base64. */
  read: query({
    input: z.object({ exportId: z.string().max(64), index: z.int().min(0) }),
    output: z.object({ data: z.string() }),
    throws: ['export.not_found'],
  }),

  /** The page has it: the file is removed. */
  discard: mutation({ input: z.object({ exportId: z.string().max(64) }), output: z.object({}) }),
}

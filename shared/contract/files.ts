import { z } from 'zod'
import { UploadId } from '../domain/ids.ts'
import { mutation } from './define.ts'

/** A file on its way from the page to the engine, in pieces, over the same channel as everything else. */
export const files = {
  /** At most 100 MB. The engine keeps the pieces in its temporary folder until they are used or the app ends. */
  begin: mutation({
    input: z.object({ name: z.string().min(1).max(255), sizeBytes: z.int().min(0) }),
    output: z.object({
      uploadId: UploadId,
      /** How many bytes each piece but the last must hold. */
      pieceBytes: z.int(),
    }),
    throws: ['file.too_large', 'disk.full'],
  }),

  /** Pieces in order, from 0. `data` is base64. */
  append: mutation({
    input: z.object({ uploadId: UploadId, index: z.int().min(0), data: z.string().max(1_500_000) }),
    output: z.object({ receivedBytes: z.int() }),
    throws: ['file.incomplete', 'disk.full'],
  }),

  /** Forgets a file that is not wanted any more. */
  discard: mutation({ input: z.object({ uploadId: UploadId }), output: z.object({}) }),
}

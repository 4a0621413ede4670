import { z } from 'zod'
import { mutation, query } from './define.ts'

/** `program`: what sends. `page`: an error in the window; `page_process` and `helper_process`: one of the app's processes ended. */
export const ReportSource = z.enum(['program', 'page', 'page_process', 'helper_process', 'dump'])
export type ReportSource = z.infer<typeof ReportSource>

/** A report as it stands in its file, without addresses and keys. */
export const ReportFile = z.object({
  /** Epoch ms. */
  at: z.int(),
  source: ReportSource,
  /** A process ended by it. */
  isCrash: z.boolean(),
  /** The first line. */
  summary: z.string(),
  text: z.string(),
  /** How often it happened while the app ran; roughly, where that was often. */
  count: z.int(),
})
export type ReportFile = z.infer<typeof ReportFile>

export const ErrorReport = ReportFile.omit({ text: true }).extend({
  id: z.string(),
  /** Of the picture of the memory that lies beside it in the data folder; 0: there is none. */
  dumpBytes: z.int(),
})
export type ErrorReport = z.infer<typeof ErrorReport>

/** What went wrong inside the app, kept on this machine. Nothing of it is sent anywhere. */
export const reports = {
  /** Newest first, 20 at most. `crashedAt`: of the last crash that the rep has not been shown, epoch ms; null: there is none. */
  list: query({
    input: z.object({}),
    output: z.object({ rows: z.array(ErrorReport), crashedAt: z.int().nullable() }),
  }),

  /** Addresses, keys and the name of the user are taken out. */
  get: query({
    input: z.object({ reportId: z.string().max(40) }),
    output: z.object({ text: z.string() }),
    throws: ['report.not_found'],
  }),

  remove: mutation({ input: z.object({ reportId: z.string().max(40) }), output: z.object({}) }),

  /** The rep has been told of the last crash. */
  seen: mutation({ input: z.object({}), output: z.object({}) }),

  /** An error that nothing in the page has caught. `page`: the address after `#`, without what follows a question mark. */
  add: mutation({
    input: z.object({ message: z.string().max(4_000), stack: z.string().max(20_000), page: z.string().max(200) }),
    output: z.object({}),
  }),
}

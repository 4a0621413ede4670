import { z } from 'zod'
import { NoticeRules } from '../domain/notices.ts'
import { mutation, query } from './define.ts'

/** A few lines that are shown beside whatever the rep is doing. Never a secret, never the text of a mail. */
export const Note = z.object({
  title: z.string(),
  body: z.string(),
  /** What pressing it opens: a page of the app, as in its address after `#`, and the words for a button that does so. */
  action: z.object({ label: z.string(), page: z.string() }).nullable(),
})
export type Note = z.infer<typeof Note>

export const notices = {
  rules: query({ input: z.object({}), output: NoticeRules }),

  /** What happened before a kind was switched on is not told. */
  saveRules: mutation({ input: NoticeRules, output: NoticeRules }),

  /**
   * Is there something to tell now? For a page whose host cannot show notifications itself: while it asks, it hears
   * `notices.due` when there is. A viewer has nothing to tell.
   */
  due: query({ input: z.object({}), output: z.object({ isDue: z.boolean() }) }),

  /** Hands out what is to be told now, to whoever asks first; from then on it counts as told. */
  take: mutation({ input: z.object({}), output: z.object({ notes: z.array(Note) }) }),
}

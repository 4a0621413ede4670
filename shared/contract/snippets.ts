import { z } from 'zod'
import { SnippetId } from '../domain/ids.ts'
import { mutation, query } from './define.ts'
import { TemplateProblem } from './templates.ts'

/** A piece of text to put into templates. It is copied there, so that no later change of it reaches a template or a mail. */
export const Snippet = z.object({
  id: SnippetId,
  name: z.string(),
  /** May hold merge fields. */
  text: z.string(),
  updatedAt: z.int(),
  problems: z.array(TemplateProblem),
})
export type Snippet = z.infer<typeof Snippet>

export const snippets = {
  /** By name. */
  list: query({ input: z.object({}), output: z.array(Snippet) }),

  /** Creates (snippetId null) or changes. */
  save: mutation({
    input: z.object({
      snippetId: SnippetId.nullable(),
      name: z.string().trim().min(1).max(100),
      text: z.string().min(1).max(10_000),
    }),
    output: Snippet,
    throws: ['snippet.not_found', 'snippet.name_taken'],
  }),

  remove: mutation({ input: z.object({ snippetId: SnippetId }), output: z.object({}), throws: ['snippet.not_found'] }),
}

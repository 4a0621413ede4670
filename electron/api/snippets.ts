import type { PacemailHandlers } from '#shared/contract/index'
import type { Snippet } from '#shared/contract/snippets'
import type { Snippets } from '../engine/texts/snippets.ts'
import type { Templates } from '../engine/texts/templates.ts'

export function createSnippetsApi(snippets: Snippets, templates: Templates): PacemailHandlers['snippets'] {
  function view(record: ReturnType<Snippets['save']>): Snippet {
    return {
      id: record.id as Snippet['id'],
      name: record.name,
      text: record.text,
      updatedAt: record.updatedAt,
      problems: templates.pieceProblems(record.text),
    }
  }

  return {
    list: () => snippets.list().map(view),
    save: ({ snippetId, name, text }) => view(snippets.save(snippetId, name, text)),
    remove({ snippetId }) {
      snippets.remove(snippetId)
      return {}
    },
  }
}

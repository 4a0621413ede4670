import { write } from '#db/open'
import {
  deleteSnippet,
  findSnippet,
  findSnippetByName,
  insertSnippet,
  listSnippets,
  type Snippet,
  updateSnippet,
} from '#db/queries/snippets'
import { AppError } from '#shared/errors'
import type { EngineContext } from '../context.ts'

/** Pieces of text that the rep puts into templates. */
export interface Snippets {
  list(): readonly Snippet[]
  /** Creates (null) or changes. */
  save(snippetId: number | null, name: string, text: string): Snippet
  remove(snippetId: number): void
}

export function createSnippets(deps: Pick<EngineContext, 'db' | 'clock' | 'publish'>): Snippets {
  const { db, clock, publish } = deps

  function get(snippetId: number): Snippet {
    const found = findSnippet(db, snippetId)
    if (!found) throw new AppError('snippet.not_found', `snippet ${snippetId}`)
    return found
  }

  function save(snippetId: number | null, name: string, text: string): Snippet {
    if (snippetId !== null) get(snippetId)
    const owner = findSnippetByName(db, name)
    if (owner !== null && owner !== snippetId)
      throw new AppError('snippet.name_taken', 'name is taken', { details: { name } })
    const id = write(db, (tx) => {
      const updatedAt = clock.now()
      if (snippetId === null) return insertSnippet(tx, { name, text, updatedAt })
      updateSnippet(tx, { id: snippetId, name, text, updatedAt })
      return snippetId
    })
    publish({ type: 'templates.changed' })
    return get(id)
  }

  function remove(snippetId: number): void {
    if (!write(db, (tx) => deleteSnippet(tx, snippetId))) {
      throw new AppError('snippet.not_found', `snippet ${snippetId}`)
    }
    publish({ type: 'templates.changed' })
  }

  return { list: () => listSnippets(db), save, remove }
}

import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'

/** A piece of text to put into templates. */
export interface Snippet {
  readonly id: number
  readonly name: string
  readonly text: string
  /** Epoch ms. */
  readonly updatedAt: number
}

/** By name. */
export function listSnippets(db: Reader): Snippet[] {
  return statement<Snippet>(db, 'SELECT id, name, text, updated_at AS updatedAt FROM snippets ORDER BY name').all()
}

/** Null when there is none. */
export function findSnippet(db: Reader, snippetId: number): Snippet | null {
  const sql = 'SELECT id, name, text, updated_at AS updatedAt FROM snippets WHERE id = ?'
  return statement<Snippet>(db, sql).get(snippetId) ?? null
}

/** The id of the snippet of this name, in any case; null when it is free. */
export function findSnippetByName(db: Reader, name: string): number | null {
  return statement<{ id: number }>(db, 'SELECT id FROM snippets WHERE name = ?').get(name)?.id ?? null
}

export function insertSnippet(tx: Writer, snippet: Omit<Snippet, 'id'>): number {
  const sql = 'INSERT INTO snippets (name, text, updated_at) VALUES (?, ?, ?)'
  return Number(statement(tx, sql).run(snippet.name, snippet.text, snippet.updatedAt).lastInsertRowid)
}

export function updateSnippet(tx: Writer, { id, name, text, updatedAt }: Snippet): void {
  statement(tx, 'UPDATE snippets SET name = ?, text = ?, updated_at = ? WHERE id = ?').run(name, text, updatedAt, id)
}

/** False when it was gone already. Templates keep the text that was put into them. */
export function deleteSnippet(tx: Writer, snippetId: number): boolean {
  return statement(tx, 'DELETE FROM snippets WHERE id = ?').run(snippetId).changes === 1
}

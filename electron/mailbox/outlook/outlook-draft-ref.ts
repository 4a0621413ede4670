import { createHash } from 'node:crypto'
import type { OutgoingMail } from '../mail-provider.ts'

/** Everything a later run needs to find one draft, or what became of it, again. It travels as one opaque string. */
export interface DraftRef {
  /** Ours: whose draft this is. */
  readonly key: string
  /** Exchange's immutable id. Some report that it changed on sending, so the Message-ID is kept too (providers.md §5.2). */
  readonly id: string
  /** Given by Exchange to the draft, and the one under which it leaves. */
  readonly messageId: string | null
  readonly threadId: string | null
  /** The mail it was made from; null where that is not known. Another one must be written into it before it leaves. */
  readonly contentHash: string | null
  /** Exchange's mark of this version: another one means that somebody worked on the draft. */
  readonly changeKey: string | null
  /** Where it was: in another folder somebody moved it, perhaps threw it away. */
  readonly folderId: string | null
}

const VERSION = 1

export function encodeDraftRef(ref: DraftRef): string {
  const { key, id, messageId, threadId, contentHash, changeKey, folderId } = ref
  return JSON.stringify([VERSION, key, id, messageId, threadId, contentHash, changeKey, folderId])
}

/** Null for anything that is not a reference of ours. */
export function decodeDraftRef(draftId: string): DraftRef | null {
  const parts = parse(draftId)
  if (!Array.isArray(parts) || parts.length !== 8 || parts[0] !== VERSION) return null
  const [, key, id, ...rest] = parts as unknown[]
  if (typeof key !== 'string' || typeof id !== 'string' || id === '') return null
  if (!rest.every((part) => part === null || typeof part === 'string')) return null
  const [messageId = null, threadId = null, contentHash = null, changeKey = null, folderId = null] = rest
  return { key, id, messageId, threadId, contentHash, changeKey, folderId }
}

/** Stands for all that the recipient would see; the date is Exchange's own and not in it. */
export function contentHashOf(mail: OutgoingMail): string {
  const { from, to, subject, text, html, attachments, follows, hasUnsubscribe } = mail
  const files = attachments.map(({ name, hash }) => [name, hash])
  const people = [from.name, from.address, to.name, to.address]
  const seen = [...people, subject, text, html, files, follows?.messageIds, hasUnsubscribe]
  return createHash('sha256').update(JSON.stringify(seen)).digest('base64url')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/**
 * Mails that the rep wrote over before queueing. A text belongs to one template and one mailbox, whose signature it has:
 * with another one chosen it waits, and is there again when the rep comes back to it.
 */
export interface Wording {
  readonly subject: string
  readonly body: string
}

export interface HandEdit extends Wording {
  readonly leadId: number
}

/** What a text is made from; null: not chosen yet. */
export interface MadeFrom {
  readonly templateId: number | null
  readonly mailboxId: number | null
}

/** By what they are made from, then by lead. */
export type HandEdits = ReadonlyMap<string, ReadonlyMap<number, Wording>>

export const NO_EDITS: HandEdits = new Map()

const NOBODYS: ReadonlyMap<number, Wording> = new Map()

export function editsOf(all: HandEdits, from: MadeFrom): ReadonlyMap<number, Wording> {
  return all.get(keyOf(from)) ?? NOBODYS
}

/** Null takes the lead's text away. */
export function withEdit(all: HandEdits, from: MadeFrom, { leadId, words }: Change): HandEdits {
  const mine = new Map(editsOf(all, from))
  if (words === null) mine.delete(leadId)
  else mine.set(leadId, words)
  return new Map(all).set(keyOf(from), mine)
}

export interface Change {
  readonly leadId: number
  readonly words: Wording | null
}

export function countEdits(all: HandEdits): number {
  return [...all.values()].reduce((sum, { size }) => sum + size, 0)
}

function keyOf({ templateId, mailboxId }: MadeFrom): string {
  return `${templateId} ${mailboxId}`
}

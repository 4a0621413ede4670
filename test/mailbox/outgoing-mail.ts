import { createHash } from 'node:crypto'
import type { OutgoingFile, OutgoingMail } from '#electron/mailbox/mail-provider'

/** A mail that any mailbox should take, with the given parts changed. */
export function outgoingMail(changes: Partial<OutgoingMail> = {}): OutgoingMail {
  return {
    key: 'k7q2m4x6z3abcdefghijklmnop',
    from: { name: 'Rita Repp', address: 'rita@pacemail.example' },
    to: { name: 'Ann Example', address: 'ann@corp.example' },
    subject: 'A question about your depot',
    text: 'Hello Ann,\n\nmay I ask you something?\n\nRita',
    html: '<p>Hello Ann,</p><p>may I ask you something?</p><p>Rita</p>',
    attachments: [],
    date: 1_767_603_600_000,
    follows: null,
    hasUnsubscribe: false,
    ...changes,
  }
}

/** A file of a mail. */
export function outgoingFile(name: string, bytes: Buffer): OutgoingFile {
  return { name, bytes, hash: createHash('sha256').update(bytes).digest('hex') }
}

/** The same bytes at every run, none of them rare: line breaks, zeros and what is no text. */
export function manyBytes(count: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(count)
  let state = seed
  for (let at = 0; at < count; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    bytes[at] = state >>> 24
  }
  return bytes
}

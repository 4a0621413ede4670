/**
 * The mail that our `List-Unsubscribe` header makes (RFC 2369). Its subject names the mail that it was in, for the button is
 * pressed in whatever mailbox that mail was forwarded to.
 */

/** `key` is the send's own. */
export function unsubscribeAddress(from: string, key: string): string {
  return `<mailto:${from}?subject=unsubscribe%20${encodeURIComponent(key)}>`
}

/** With a key, or without one: by hand, or from a mail of an earlier version. */
const SUBJECT = /^unsubscribe(?: ([\w-]{1,64}))?$/i

export function isUnsubscribeSubject(subject: string): boolean {
  return SUBJECT.test(subject.trim())
}

/** The key of the mail that was left by the button; null: it names none. */
export function unsubscribeKeyOf(subject: string): string | null {
  return SUBJECT.exec(subject.trim())?.[1] ?? null
}

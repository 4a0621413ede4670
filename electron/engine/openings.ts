/** Mails that cannot be opened: one of them must not keep a mailbox from being read for ever. */
import { AppError } from '#shared/errors'

/** How often the opening of each mail failed; kept until the app ends. */
export interface Openings {
  /** Counts a failure. Answers what is to be done: try it later, or go on without it, which is told once. */
  failed(mailboxId: number, providerMessageId: string): 'try later' | 'tell' | 'go on'
}

/** The mailbox rests longer each time: half an hour in all, in which nothing is sent. */
export const MOST_OPENINGS = 5

export function createOpenings(): Openings {
  const failures = new Map<string, number>()
  return {
    failed(mailboxId, providerMessageId) {
      const key = `${mailboxId} ${providerMessageId}`
      const count = (failures.get(key) ?? 0) + 1
      failures.set(key, count)
      if (count < MOST_OPENINGS) return 'try later'
      return count === MOST_OPENINGS ? 'tell' : 'go on'
    },
  }
}

/** Is this one mail at fault, as far as can be told, rather than the mailbox, the way to it or our own disk? */
export function isOfOneMail(error: unknown): boolean {
  if (!(error instanceof AppError)) return true
  if (error.code === 'mail.refused') return error.details['scope'] !== 'mailbox'
  return error.code === 'mail.unanswered' || error.code === 'mail.invalid'
}

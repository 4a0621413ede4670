import type { MailboxRecord } from '#db/queries/mailboxes'

/** Which of several mailboxes writes to the next person: by turns, and each as much as it may send a day. */
export interface Turns {
  /** `wroteFirst`: the mailbox this person knows; it goes on with them where it takes part. */
  next(wroteFirst: number | null): MailboxRecord
  /** That mailbox got one more. */
  took(mailbox: MailboxRecord): void
}

/** `mailboxes` must not be empty. */
export function createTurns(mailboxes: readonly MailboxRecord[]): Turns {
  const taken = new Map<number, number>()

  /** The share of its day that it would have used up with one more. */
  function loadOf({ id, policy }: MailboxRecord): number {
    return ((taken.get(id) ?? 0) + 1) / policy.dailyCap
  }

  return {
    next(wroteFirst) {
      const known = mailboxes.find(({ id }) => id === wroteFirst)
      const [least] = mailboxes.toSorted((a, b) => loadOf(a) - loadOf(b))
      if (!least) throw new Error('nobody takes part')
      return known ?? least
    },
    took: ({ id }) => void taken.set(id, (taken.get(id) ?? 0) + 1),
  }
}

/** Mails that cannot be opened, or not even listed: one of them must not keep a mailbox from being read for ever. */

/** How often each mail failed; kept until the app ends. */
export interface Openings {
  /** Counts a failure. True: it failed often enough to go on without it; false: it is tried later. */
  failed(mailboxId: number, providerMessageId: string): boolean
  /** Of these mails, those that nobody was told of yet. */
  untold<T extends { readonly providerMessageId: string }>(mailboxId: number, mails: readonly T[]): T[]
  /** That they were left behind is written down. */
  told(mailboxId: number, mails: readonly { readonly providerMessageId: string }[]): void
}

/** The mailbox rests longer each time: half an hour in all, in which nothing is sent. */
export const MOST_OPENINGS = 5

export function createOpenings(): Openings {
  const failures = new Map<string, number>()
  const told = new Set<string>()
  const keyOf = (mailboxId: number, providerMessageId: string): string => `${mailboxId} ${providerMessageId}`
  return {
    failed(mailboxId, providerMessageId) {
      const key = keyOf(mailboxId, providerMessageId)
      const count = (failures.get(key) ?? 0) + 1
      failures.set(key, count)
      return count >= MOST_OPENINGS
    },
    untold: (mailboxId, mails) => mails.filter((mail) => !told.has(keyOf(mailboxId, mail.providerMessageId))),
    told: (mailboxId, mails) => {
      for (const mail of mails) told.add(keyOf(mailboxId, mail.providerMessageId))
    },
  }
}

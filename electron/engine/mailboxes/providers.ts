import type { MailboxRecord } from '#db/queries/mailboxes'
import type { MailProvider } from '../../mailbox/mail-provider.ts'

/** Opens mailboxes for the sender and keeps them open until they change. */
export interface Providers {
  /** Throws `mail.signed_out` when there is no password for it, `secrets.unavailable` when the store cannot be opened. */
  of(mailbox: MailboxRecord): Promise<MailProvider>
  /** The mailbox changed (server, password): the next use opens it anew. */
  forget(mailboxId: number): void
}

/** `open` is the composition root's choice of adapters. */
export function createProviders(open: (mailbox: MailboxRecord) => Promise<MailProvider>): Providers {
  const opened = new Map<number, Promise<MailProvider>>()
  return {
    of(mailbox) {
      const known = opened.get(mailbox.id)
      if (known) return known
      const made = open(mailbox)
      opened.set(mailbox.id, made)
      made.catch(() => opened.delete(mailbox.id))
      return made
    },
    forget: (mailboxId) => opened.delete(mailboxId),
  }
}

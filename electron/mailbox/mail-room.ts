import type { Mailbox } from '#shared/contract/mailboxes'
import type { MailProvider } from './mail-provider.ts'

/** What an adapter needs beside the account. */
export interface ProviderMeans {
  /** The folder of this practice mailbox; unused by the others. */
  readonly practiceFolder: string
  /** Null when none is stored. */
  readonly password: string | null
}

/** One mail in a practice folder, under its send's key. */
export interface PracticeCopy {
  readonly key: string
  /** Epoch ms. */
  readonly sentAt: number
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string | null
  readonly fileName: string
}

/** How the engine reaches mailboxes without knowing the adapters; an entry hands it in. */
export interface MailRoom {
  /** The adapter for an account. Nothing is connected yet. */
  open(account: Pick<Mailbox, 'kind' | 'address' | 'smtp'>, means: ProviderMeans): MailProvider
  /** What a practice mailbox "sent", newest first. */
  listPractice(
    folder: string,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<{ rows: PracticeCopy[]; total: number }>
}

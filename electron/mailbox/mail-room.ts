import type { Mailbox } from '#shared/contract/mailboxes'
import type { OAuthProvider } from '#shared/contract/sign-in'
import type { IncomingMail } from '#shared/domain/incoming/incoming-mail'
import type { IncomingVerdict, MailboxKind } from '#shared/domain/taxonomy'
import type { MailProvider } from './mail-provider.ts'
import type { IncomingFacts } from './parse-incoming.ts'
import type { MailboxSecret, OAuthClient, SignIn } from './sign-in.ts'

/** What an adapter must know of an account. */
export type Account = Pick<Mailbox, 'kind' | 'address' | 'smtp' | 'imap' | 'mayRead'>

/** What an adapter needs beside the account. */
export interface ProviderMeans {
  /** The folder of this practice mailbox; unused by the others. */
  readonly practiceFolder: string
  /** SMTP and IMAP. Null when none is stored. */
  readonly password: string | null
  /** Gmail and Outlook: where the tokens are kept. */
  readonly secret: MailboxSecret
  /** Gmail and Outlook: the app as they know it; null for the others. */
  readonly client: OAuthClient | null
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
  readonly attachments: { readonly name: string; readonly sizeBytes: number }[]
  readonly fileName: string
}

/** How the engine reaches mailboxes without knowing the adapters; an entry hands it in. */
export interface MailRoom {
  /** The adapter for an account. Nothing is connected yet. Throws `sign_in.client_missing`. */
  open(account: Account, means: ProviderMeans): Promise<MailProvider>
  readonly signIn: Readonly<Record<OAuthProvider, SignIn>>
  /** The page on which an admin allows this client for their organisation; null: the provider has none. */
  adminUrl(provider: OAuthProvider, clientId: string): string | null
  /**
   * Has the provider take back what a mailbox's secret allows, before it is forgotten. Nothing to do but at Google: Microsoft
   * can only end all sign-ins of a person at once. Throws the codes of `MailProvider`; a secret that is void already is none.
   */
  revoke(
    kind: MailboxKind,
    means: Pick<ProviderMeans, 'client'> & { readonly secret: string },
    signal: AbortSignal,
  ): Promise<void>
  /** Reads a received mail from its bytes, which may be cut off; never throws. */
  parseIncoming(bytes: Uint8Array, facts: IncomingFacts): Promise<IncomingMail>
  /** What a practice mailbox "sent", newest first. */
  listPractice(
    folder: string,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<{ rows: PracticeCopy[]; total: number }>
  /** Puts an invented answer into a practice mailbox; false when the mail it answers is gone. */
  receivePractice(folder: string, answer: PracticeAnswer): Promise<boolean>
}

/** An invented answer to a mail that a practice mailbox "sent". */
export interface PracticeAnswer {
  /** Of the mail that is answered. */
  readonly key: string
  readonly verdict: IncomingVerdict
  /** When it arrives, epoch ms. */
  readonly at: number
}

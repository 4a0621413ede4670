/**
 * Signing in at Google or Microsoft in the rep's own browser. The answer comes back to a listener on this machine
 * (RFC 8252 §7.3) and holds a secret that goes to the secret store and nowhere else.
 */

/** The app as the provider knows it. A desktop client's secret is none (RFC 8252 §8.5), but Google demands it. */
export interface OAuthClient {
  readonly clientId: string
  /** Null at Microsoft. */
  readonly clientSecret: string | null
}

export interface SignInRequest {
  readonly client: OAuthClient
  /** The address to sign in with; null: the rep chooses. Another account is `sign_in.wrong_account`. */
  readonly address: string | null
  /** What is stored of the mailbox that signs in again: what its provider asked of the next sign-in may be in it. */
  readonly stored?: string | null
  /** Called once, when the listener is ready: shows this page in the system browser. */
  readonly showPage: (url: string) => void
}

export interface SignedIn {
  /** Lower case. */
  readonly address: string
  /** The name of the account; empty where the provider does not tell. */
  readonly name: string
  /** False where the rep did not allow reading: it can send, and answers go unnoticed. */
  readonly mayRead: boolean
  /** Everything needed to use the mailbox from now on, as text for the secret store. */
  readonly secret: string
}

/**
 * Ends with `sign_in.cancelled` soon after `signal` aborts. Throws `sign_in.declined`, `sign_in.wrong_account`
 * (`details.address` is the one that was used), `sign_in.permission_missing`, `sign_in.admin_needed` (`details.adminUrl` is
 * the page for the admin, or null), `sign_in.unreachable` (`details.reason`), and with `details.providerCode`
 * `sign_in.client_refused`, `sign_in.other_organisation`, `sign_in.no_mailbox`, `sign_in.refused`. Nothing else: the codes of
 * a mailbox in use speak of passwords and servers that nobody typed here.
 */
export type SignIn = (request: SignInRequest, signal: AbortSignal) => Promise<SignedIn>

/** The secret of one mailbox in the secret store. Tokens are renewed and rotate, so an adapter writes it too. */
export interface MailboxSecret {
  /** Null when there is none: the rep must sign in. */
  read(): Promise<string | null>
  write(secret: string): Promise<void>
}

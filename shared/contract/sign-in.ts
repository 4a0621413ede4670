import { z } from 'zod'
import { MailboxId } from '../domain/ids.ts'
import { ERROR_CODES } from '../errors.ts'
import { mutation, query } from './define.ts'

export const OAuthProvider = z.enum(['gmail', 'outlook'])
export type OAuthProvider = z.infer<typeof OAuthProvider>

/** One sign-in in the rep's browser. */
export const SignInState = z.object({
  signInId: z.string(),
  provider: OAuthProvider,
  /** `waiting`: for the rep, in the browser. */
  stage: z.enum(['waiting', 'done', 'failed']),
  /** The page to sign in on; null while it is being prepared and once it is over. */
  url: z.string().nullable(),
  /** The mailbox that was added or signed in again; only when `done`. */
  mailboxId: MailboxId.nullable(),
  /** Why it failed. `details.adminUrl`: the page for the rep's admin. */
  error: z
    .object({
      code: z.enum(ERROR_CODES),
      details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    })
    .nullable(),
})
export type SignInState = z.infer<typeof SignInState>

/** The app as a provider knows it. */
export const OAuthClientView = z.object({
  provider: OAuthProvider,
  /** Empty when there is none. */
  clientId: z.string(),
  /** `build`: it came with this app; `own`: the rep's own. */
  source: z.enum(['build', 'own', 'none']),
  hasSecret: z.boolean(),
  /** The page on which an admin allows it for their organisation; null: the provider has none, or there is no id. */
  adminUrl: z.string().nullable(),
})
export type OAuthClientView = z.infer<typeof OAuthClientView>

export const signIn = {
  /** Opens the provider's page in the system browser where there is one. The end arrives as `sign_in.moved`. */
  begin: mutation({
    input: z.object({
      provider: OAuthProvider,
      /** A mailbox to sign in again; null adds one. */
      mailboxId: MailboxId.nullable().default(null),
      /** The name in From of a new mailbox; empty takes the account's. */
      senderName: z.string().trim().max(100).default(''),
    }),
    output: SignInState,
    throws: ['sign_in.client_missing', 'mailbox.not_found', 'mailbox.kind_mismatch', 'secrets.unavailable'],
  }),

  get: query({ input: z.object({ signInId: z.string().max(64) }), output: SignInState, throws: ['sign_in.not_found'] }),

  cancel: mutation({ input: z.object({ signInId: z.string().max(64) }), output: z.object({}) }),

  clients: query({ input: z.object({}), output: z.array(OAuthClientView) }),

  /** The rep's own client id. An empty id goes back to the one of the build. The secret is Google's; never shown again. */
  saveClient: mutation({
    input: z.object({
      provider: OAuthProvider,
      clientId: z.string().trim().max(300),
      /** Null keeps the stored one. */
      clientSecret: z.string().trim().max(300).nullable(),
    }),
    output: z.array(OAuthClientView),
    throws: ['secrets.unavailable'],
  }),
}

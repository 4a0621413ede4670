import type { MailRoom } from '#electron/mailbox/mail-room'
import type { OAuthClient } from '#electron/mailbox/sign-in'

/** The address that every one of these mailboxes has. */
export const REP = 'rita@pacemail.example'

/** A fake Gmail or a fake Outlook on the loopback, as the tests of the whole engine need both of them. */
export interface ProviderPlace extends AsyncDisposable {
  readonly kind: 'gmail' | 'outlook'
  /** The product's own adapters, at this server. */
  readonly room: MailRoom
  readonly client: OAuthClient
  /** The kinds of requests that have moods. */
  readonly operations: readonly string[]
  /** What `next` understands for this operation. */
  moodsOf(operation: string): readonly string[]
  /** The mood of the next request of this kind; several wait in line. */
  next(operation: string, mood: string): void
  /** From now on everything is answered well and at once, and what was on its way has arrived. */
  heal(): Promise<void>
  /** Called when a request is kept waiting; `isIdle`: the server will do nothing about it by itself. */
  onHeld: (operation: string, isIdle: boolean) => void
  /** Answers what is kept waiting; false where this mood never answers. */
  letGo(): boolean
  /** Resolves when nothing is being worked on, also for clients that have gone. */
  quiet(): Promise<void>
  /** Every request so far, in order. */
  requests(): readonly string[]
  /** The text for the secret store after a sign-in of now; what was revoked before is good again. */
  signIn(): string
  /** Access tokens of now are refused from now on. */
  expireTokens(): void
  /** The rep takes the permission back. */
  revoke(): void
  /** Everything that really left, in order, whoever sent it; `key` is ours, `raw` as it left. */
  left(): readonly { readonly key: string; readonly to: string; readonly raw: string }[]
  /** The keys of ours among the unsent drafts. */
  draftKeys(): readonly string[]
  /** Is the draft of this opaque id still there, unsent? */
  hasDraft(draftId: string): boolean
  /** In the provider's own page, with the draft of this opaque id; false where it is not there. */
  byHand(deed: HandDeed, draftId: string): Promise<boolean>
  /** Carries out a send that was asked for long ago. */
  acceptLate(draftId: string): Promise<void>
  /** A mail comes in, byte for byte. */
  receive(bytes: Buffer): Promise<void>
  /** So much time is about to go by, ms: nothing lags behind for ever. */
  pass(ms: number): void
  /** What only this provider does. */
  quirk(name: string): Promise<void>
  readonly quirks: readonly string[]
}

export type HandDeed = 'deletes' | 'sends' | 'edits' | 'edits and sends'

export interface PlaceChoices {
  /** The clock of the server, epoch ms. */
  readonly now: () => number
  /** Outlook: what `signedInSecret` gave. */
  readonly secretText: string
  /** The doubtful sides of each provider ([LIVE?] in providers.md): does it behave as its documentation says? */
  readonly isAsDocumented: boolean
  readonly mayRead: boolean
}

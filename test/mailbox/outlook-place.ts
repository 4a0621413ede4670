import { createGraphTurns } from '#electron/mailbox/outlook/graph-turns'
import { createOutlookProvider } from '#electron/mailbox/outlook/outlook'
import type { MailProvider, MailReader } from '#electron/mailbox/mail-provider'
import { createMicrosoftSignIn } from '#electron/mailbox/outlook/microsoft-sign-in'
import type { MailboxSecret } from '#electron/mailbox/sign-in'
import { followSignInPage } from '#test/fakes/microsoft-oauth'
import { startMicrosoftServer, type MicrosoftServer } from '#test/fakes/microsoft-server'
import type { GraphStore } from '#test/fakes/graph-store'

export const REP = 'rita@pacemail.example'

/** Longer than any answer of a server on this machine; silence is ended by the tests themselves. */
const TIMEOUT_MS = 60_000

/** A secret in memory, with everything that was ever written. */
export interface MemorySecret extends MailboxSecret {
  text: string | null
  readonly written: string[]
}

export function memorySecret(text: string | null = null): MemorySecret {
  const secret: MemorySecret = {
    text,
    written: [],
    read: async () => secret.text,
    write: async (changed) => {
      secret.written.push(changed)
      secret.text = changed
    },
  }
  return secret
}

export interface OutlookPlace {
  readonly server: MicrosoftServer
  readonly store: GraphStore
  readonly secret: MemorySecret
  /** The mailbox as after a restart. */
  open(timeoutMs?: number): MailProvider
  [Symbol.asyncDispose](): Promise<void>
}

/** A fake Microsoft with one rep, who has signed in: just now, or with the secret of `signedInSecret`. */
export async function outlookPlace(choices: { now?: () => number; secretText?: string } = {}): Promise<OutlookPlace> {
  const { now, secretText } = choices
  const server = await startMicrosoftServer(now === undefined ? {} : { now })
  const account = server.signInAs(REP)
  if (secretText !== undefined) server.oauth.trust(secretText, account)
  const secret = memorySecret(secretText ?? (await signIn(server)))
  const { client, endpoints } = server
  const turns = createGraphTurns()
  return {
    server,
    store: server.mailbox(REP),
    secret,
    open: (timeoutMs = TIMEOUT_MS) => createOutlookProvider({ client, secret, endpoints, timeoutMs, turns }),
    [Symbol.asyncDispose]: () => server.close(),
  }
}

/** Its reading half, as after a restart. */
export function readerOf(place: OutlookPlace): MailReader {
  const { reader } = place.open()
  if (reader === null) throw new Error('no reader')
  return reader
}

/** The secret of a rep who has signed in at a fake Microsoft. */
export async function signedInSecret(): Promise<string> {
  await using server = await startMicrosoftServer()
  server.signInAs(REP)
  return await signIn(server)
}

async function signIn({ endpoints, client }: MicrosoftServer): Promise<string> {
  const showPage = (url: string) => void followSignInPage(url)
  const never = new AbortController().signal
  return (await createMicrosoftSignIn(endpoints, createGraphTurns())({ client, address: null, showPage }, never)).secret
}

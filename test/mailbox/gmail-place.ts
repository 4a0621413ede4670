import { createGmailProvider } from '#electron/mailbox/gmail/gmail'
import type { MailProvider } from '#electron/mailbox/mail-provider'
import type { MailboxSecret } from '#electron/mailbox/sign-in'
import type { GoogleServer } from '#test/fakes/google-server'

export interface GmailChoices {
  readonly mayRead?: boolean
  /** Patience with a silent server, ms. */
  readonly timeoutMs?: number
  readonly secret?: MailboxSecret
}

/** The adapter as the app opens it, at the fake Google. */
export function openGmail(server: GoogleServer, choices: GmailChoices = {}): MailProvider {
  const { mayRead = true, timeoutMs = 20_000, secret = memorySecret(server.secretFor()) } = choices
  return createGmailProvider({ client: server.client, endpoints: server.endpoints, secret, mayRead, timeoutMs })
}

/** The secret store's place for one mailbox, with what is in it now. */
export interface MemorySecret extends MailboxSecret {
  text: string | null
  writes: number
}

export function memorySecret(text: string | null): MemorySecret {
  const secret: MemorySecret = {
    text,
    writes: 0,
    read: async () => Promise.resolve(secret.text),
    write: async (next) => {
      await Promise.resolve()
      secret.text = next
      secret.writes += 1
    },
  }
  return secret
}

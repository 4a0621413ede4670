/** The real mailboxes. Their libraries are large, so each is loaded when the first mailbox of its kind is opened. */
import { AppError } from '#shared/errors'
import { PUBLIC_ENDPOINTS, type Endpoints } from './endpoints.ts'
import type { MailProvider } from './mail-provider.ts'
import type { Account, MailRoom, ProviderMeans } from './mail-room.ts'
import { adminConsentUrl } from './outlook/admin-consent.ts'
import { receivePracticeMail } from './practice/practice-inbox.ts'
import { listPracticeMail } from './practice/practice-mail.ts'
import { createPracticeProvider } from './practice/practice.ts'
import { createGraphTurns, type GraphTurns } from './outlook/graph-turns.ts'
import type { OAuthClient } from './sign-in.ts'

/**
 * Two minutes: longer than any answer seen in practice. RFC 5321 §4.5.3.2.6 would wait ten for the last one, but a rep
 * should not wait that long to hear of a doubt.
 */
export const SMTP_TIMEOUT_MS = 120_000
/** Google's and Microsoft's own clients give up after a minute. */
const HTTP_TIMEOUT_MS = 60_000

/** The mailboxes of the world, at these endpoints. */
export function createMailRoom(endpoints: Endpoints): MailRoom {
  const turns = createGraphTurns()
  return {
    open: (account, means) => openProvider(account, means, { ...endpoints, turns }),
    signIn: {
      async gmail(request, signal) {
        const { createGoogleSignIn } = await import('./gmail/google-sign-in.ts')
        return createGoogleSignIn(endpoints.google)(request, signal)
      },
      async outlook(request, signal) {
        const { createMicrosoftSignIn } = await import('./outlook/microsoft-sign-in.ts')
        return createMicrosoftSignIn(endpoints.microsoft, turns)(request, signal)
      },
    },
    adminUrl: (provider, clientId) =>
      provider === 'outlook' ? adminConsentUrl(endpoints.microsoft, { clientId }) : null,
    async revoke(kind, { client, secret }, signal) {
      if (kind !== 'gmail' || client === null) return
      const { revokeAtGoogle } = await import('./gmail/google-tokens.ts')
      await revokeAtGoogle({ client, endpoints: endpoints.google, timeoutMs: HTTP_TIMEOUT_MS }, secret, signal)
    },
    async parseIncoming(bytes, facts) {
      const { parseIncoming } = await import('./parse-incoming.ts')
      return parseIncoming(bytes, facts)
    },
    listPractice: listPracticeMail,
    receivePractice: receivePracticeMail,
  }
}

/** Nothing redirected. */
export const mailRoom: MailRoom = createMailRoom(PUBLIC_ENDPOINTS)

interface Ways extends Endpoints {
  readonly turns: GraphTurns
}

/** The adapter for a mailbox. Nothing is connected yet. */
function openProvider(account: Account, means: ProviderMeans, endpoints: Ways): Promise<MailProvider> {
  switch (account.kind) {
    case 'practice':
      return Promise.resolve(createPracticeProvider({ folder: means.practiceFolder }))
    case 'smtp':
      return openSmtp(account, means.password ?? '', endpoints)
    case 'gmail':
      return openGmail(account, means, endpoints)
    case 'outlook':
      return openOutlook(means, endpoints)
  }
}

async function openSmtp(
  { smtp, imap, address }: Account,
  password: string,
  { servers }: Endpoints,
): Promise<MailProvider> {
  if (smtp === null) throw new Error('an SMTP mailbox without a server')
  const { createSmtpProvider } = await import('./smtp/smtp.ts')
  return createSmtpProvider({
    server: { ...smtp, ...servers.smtp },
    imap: imap === null ? null : { ...imap, ...servers.imap },
    address,
    password,
    timeoutMs: SMTP_TIMEOUT_MS,
  })
}

async function openGmail({ mayRead }: Account, means: ProviderMeans, { google }: Endpoints): Promise<MailProvider> {
  const { createGmailProvider } = await import('./gmail/gmail.ts')
  const { secret } = means
  return createGmailProvider({
    client: given(means.client),
    secret,
    endpoints: google,
    mayRead,
    timeoutMs: HTTP_TIMEOUT_MS,
  })
}

async function openOutlook(means: ProviderMeans, { microsoft, turns }: Ways): Promise<MailProvider> {
  const { createOutlookProvider } = await import('./outlook/outlook.ts')
  const { secret } = means
  return createOutlookProvider({
    client: given(means.client),
    secret,
    endpoints: microsoft,
    timeoutMs: HTTP_TIMEOUT_MS,
    turns,
  })
}

/** Without a client id nobody can sign in, and nothing can be sent. */
function given(client: OAuthClient | null): OAuthClient {
  if (client === null) throw new AppError('sign_in.client_missing', 'no client id')
  return client
}

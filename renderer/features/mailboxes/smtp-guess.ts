import type { SmtpServer } from './use-mailboxes.ts'

export interface Guess {
  readonly server: Omit<SmtpServer, 'user'>
  /** Null: not a provider we know; the server is the usual name for such a domain. */
  readonly provider: string | null
  readonly passwordHint: string
}

interface Provider extends Guess {
  readonly domains: readonly string[]
}

const APP_PASSWORD =
  'wants an app password here, not the one you sign in with. Make one in the security settings of your account.'

const PROVIDERS: readonly Provider[] = [
  provider('Gmail', ['gmail.com', 'googlemail.com'], tls('smtp.gmail.com')),
  provider('iCloud', ['icloud.com', 'me.com', 'mac.com'], startTls('smtp.mail.me.com')),
  provider('Outlook', ['outlook.com', 'hotmail.com', 'live.com', 'msn.com'], startTls('smtp-mail.outlook.com')),
  provider('Yahoo', ['yahoo.com', 'yahoo.de', 'yahoo.co.uk', 'yahoo.fr'], tls('smtp.mail.yahoo.com')),
  provider('Fastmail', ['fastmail.com', 'fastmail.fm'], tls('smtp.fastmail.com')),
  provider('Zoho', ['zoho.com', 'zohomail.com'], tls('smtp.zoho.com')),
  provider('GMX', ['gmx.de', 'gmx.net', 'gmx.com', 'gmx.at', 'gmx.ch'], startTls('mail.gmx.net')),
]

/** The server that an address most likely belongs to; null while the address has no domain. */
export function guessSmtp(address: string): Guess | null {
  const domain = address
    .slice(address.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase()
  if (!address.includes('@') || !/^[\w-]+(\.[\w-]+)+$/.test(domain)) return null
  return (
    PROVIDERS.find(({ domains }) => domains.includes(domain)) ?? {
      server: startTls(`smtp.${domain}`),
      provider: null,
      passwordHint: 'The password of this mailbox. Many providers want an app password here.',
    }
  )
}

function provider(name: string, domains: readonly string[], server: Guess['server']): Provider {
  return { provider: name, domains, server, passwordHint: `${name} ${APP_PASSWORD}` }
}

function tls(host: string): Guess['server'] {
  return { host, port: 465, security: 'tls' }
}

function startTls(host: string): Guess['server'] {
  return { host, port: 587, security: 'starttls' }
}

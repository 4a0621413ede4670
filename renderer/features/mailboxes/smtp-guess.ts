import { KNOWN_PROVIDERS, type KnownProvider, type MailServers } from './mail-servers.ts'

export interface Guess extends MailServers {
  /** Null: not a provider we know; the servers are the usual names for such a domain. */
  readonly provider: string | null
  readonly passwordHint: string
  /** The sign-in in the browser that works better. */
  readonly better: 'gmail' | 'outlook' | null
}

/** The servers that an address most likely belongs to; null while the address has no domain. */
export function guessServers(address: string): Guess | null {
  const domain = address
    .slice(address.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase()
  if (!address.includes('@') || !/^[\w-]+(\.[\w-]+)+$/.test(domain)) return null
  const provider = KNOWN_PROVIDERS.find(({ domains }) => domains.includes(domain))
  if (provider !== undefined) return guessOf(provider)
  return {
    smtp: { host: `smtp.${domain}`, port: 587, security: 'starttls' },
    imap: { host: `imap.${domain}`, port: 993, security: 'tls' },
    provider: null,
    passwordHint: 'The password of this mailbox. Many providers want an app password here.',
    better: null,
  }
}

/** The servers of a provider that the rep named; null for a name that is not on the list. */
export function serversOf(name: string): Guess | null {
  const provider = KNOWN_PROVIDERS.find((candidate) => candidate.name === name)
  return provider === undefined ? null : guessOf(provider)
}

function guessOf(provider: KnownProvider): Guess {
  const { name, smtp, imap, better, password } = provider
  return { provider: name, smtp, imap, better, passwordHint: PASSWORD_HINTS[password](name) }
}

const PASSWORD_HINTS = {
  app: (name) =>
    `${name} wants an app password here, not the one you sign in with. Make one in the security settings of your account.`,
  own: (name) => `The password of this mailbox at ${name}.`,
  switch: (name) =>
    `First allow POP3 and IMAP in the settings of ${name}. If you sign in there with two factors, make an app password and use that.`,
  none: (name) => `${name} no longer takes passwords from other programs. Sign in with Microsoft instead.`,
} satisfies Record<KnownProvider['password'], (name: string) => string>

import { isIPv4 } from 'node:net'
import type { SmtpServer } from '#shared/contract/mailboxes'
import { AppError } from '#shared/errors'

/** Connecting, TLS and the greeting together, ms; a server that is there answers sooner. */
const MAX_SETUP_MS = 30_000

type Server = Pick<SmtpServer, 'host' | 'port' | 'security'>

/** What both libraries are told of a server alike. Throws `mail.unreachable` where a password would go unencrypted. */
export function hostOptions({ host: typed, port, security }: Server, protocol: 'IMAP' | 'SMTP') {
  const host = typed.replace(/^\[|\]$/g, '')
  if (security === 'none' && !isThisMachine(host)) {
    throw new AppError('mail.unreachable', `unencrypted ${protocol} is for this machine only`, {
      details: { reason: 'not_encrypted' },
    })
  }
  return {
    // Not left to a name server: another machine could answer for this name.
    host: host === 'localhost' ? '127.0.0.1' : host,
    ...(host === 'localhost' ? { servername: host } : {}),
    port,
    secure: security === 'tls',
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true },
  } as const
}

/** How long a connection may take to stand, of an account that waits `timeoutMs` for an answer. */
export function setupMsOf(timeoutMs: number): number {
  return Math.min(timeoutMs, MAX_SETUP_MS)
}

/** Only to such a host may a password go unencrypted. */
function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
}

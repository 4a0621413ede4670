import { Resolver } from 'node:dns/promises'
import type { MailAnswer, MailDns } from './mail-dns.ts'

/** How long a name server may take for one question, ms, and how often it is asked. */
const TIMEOUT_MS = 3_000
const TRIES = 2

type Lookup = Pick<Resolver, 'resolveMx' | 'resolve4' | 'resolve6'>

/** The name servers of the machine, or those of a test. */
export function createNodeMailDns(resolver: Lookup = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES })): MailDns {
  return {
    async ask(domain, signal) {
      signal.throwIfAborted()
      const { promise: aborted, reject } = Promise.withResolvers<never>()
      const abort = (): void => reject(signal.reason)
      signal.addEventListener('abort', abort, { once: true })
      try {
        return await Promise.race([askMail(resolver, domain), aborted])
      } finally {
        signal.removeEventListener('abort', abort)
      }
    },
  }
}

async function askMail(resolver: Lookup, domain: string): Promise<MailAnswer> {
  try {
    const servers = await resolver.resolveMx(domain)
    // RFC 7505: one server with an empty name says that the domain takes no mail.
    if (servers.length === 1 && servers[0]?.exchange.replace('.', '') === '') return 'null_mx'
    if (servers.length > 0) return 'takes_mail'
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOTFOUND') return 'no_domain'
    if (code !== 'ENODATA') return 'unknown'
  }
  return askHost(resolver, domain)
}

/** RFC 5321 §5.1: without an MX record the host itself takes the mail. */
async function askHost(resolver: Lookup, domain: string): Promise<MailAnswer> {
  const found = await Promise.allSettled([resolver.resolve4(domain), resolver.resolve6(domain)])
  if (found.some((answer) => answer.status === 'fulfilled' && answer.value.length > 0)) return 'takes_mail'
  const isClear = found.every((answer) => answer.status === 'fulfilled' || isAbsent(answer.reason))
  return isClear ? 'no_server' : 'unknown'
}

function isAbsent(error: unknown): boolean {
  const code = codeOf(error)
  return code === 'ENODATA' || code === 'ENOTFOUND'
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

import { Resolver } from 'node:dns/promises'
import type { Dns, MailAnswer } from './dns.ts'

/** One try for the rep's own domain, ms; the resolver makes two. */
const TXT_TIMEOUT_MS = 5_000
/** One try for the domain of a lead, ms: many are asked side by side, and one that is silent may be asked again. */
const MAIL_TIMEOUT_MS = 3_000
const TRIES = 2
/** Longer names cannot exist (RFC 1035 §2.3.4). */
const LONGEST_NAME = 253

type MailLookup = Pick<Resolver, 'resolveMx' | 'resolve4' | 'resolve6'>

/** What a test puts in the place of the machine's name servers. */
export interface Lookups {
  readonly txt: Pick<Resolver, 'resolveTxt'>
  readonly mail: MailLookup
}

export function createNodeDns(
  lookups: Lookups = {
    txt: new Resolver({ timeout: TXT_TIMEOUT_MS, tries: TRIES }),
    mail: new Resolver({ timeout: MAIL_TIMEOUT_MS, tries: TRIES }),
  },
): Dns {
  return {
    async txt(name) {
      if (name.length > LONGEST_NAME) return []
      try {
        return (await lookups.txt.resolveTxt(name)).map((pieces) => pieces.join(''))
      } catch (error) {
        if (isAbsent(error)) return []
        throw error
      }
    },

    async mail(domain, signal) {
      signal.throwIfAborted()
      const { promise: aborted, reject } = Promise.withResolvers<never>()
      const abort = (): void => reject(signal.reason)
      signal.addEventListener('abort', abort, { once: true })
      try {
        return await Promise.race([askMail(lookups.mail, domain), aborted])
      } finally {
        signal.removeEventListener('abort', abort)
      }
    },
  }
}

async function askMail(lookup: MailLookup, domain: string): Promise<MailAnswer> {
  try {
    const servers = await lookup.resolveMx(domain)
    // RFC 7505: one server with an empty name says that the domain takes no mail.
    if (servers.length === 1 && servers[0]?.exchange.replace('.', '') === '') return 'null_mx'
    if (servers.length > 0) return 'takes_mail'
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOTFOUND') return 'no_domain'
    if (code !== 'ENODATA') return 'unknown'
  }
  return askHost(lookup, domain)
}

/** RFC 5321 §5.1: without an MX record the host itself takes the mail. */
async function askHost(lookup: MailLookup, domain: string): Promise<MailAnswer> {
  const found = await Promise.allSettled([lookup.resolve4(domain), lookup.resolve6(domain)])
  if (found.some((answer) => answer.status === 'fulfilled' && answer.value.length > 0)) return 'takes_mail'
  const isClear = found.every((answer) => answer.status === 'fulfilled' || isAbsent(answer.reason))
  return isClear ? 'no_server' : 'unknown'
}

/** The name servers answered: there is no such name, or it has no such record. */
function isAbsent(error: unknown): boolean {
  const code = codeOf(error)
  return code === 'ENODATA' || code === 'ENOTFOUND'
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

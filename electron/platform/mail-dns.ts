/**
 * What the name servers say of a domain's mail. `unknown`: they gave no answer, which says nothing about the domain.
 */
export type MailAnswer = 'takes_mail' | 'null_mx' | 'no_server' | 'no_domain' | 'unknown'

/** Asks name servers only; no mail server is ever contacted, and nobody learns of an address. */
export interface MailDns {
  /** `domain` in lower-case punycode. Never rejects but with an `AbortError`. */
  ask(domain: string, signal: AbortSignal): Promise<MailAnswer>
}

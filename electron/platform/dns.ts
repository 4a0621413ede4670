/**
 * What the name servers say of a domain's mail. `unknown`: they gave no answer, which says nothing about the domain.
 */
export type MailAnswer = 'takes_mail' | 'null_mx' | 'no_server' | 'no_domain' | 'unknown'

/** Asks the name servers of this machine; no mail server is ever contacted, and nobody learns of an address. */
export interface Dns {
  /**
   * The TXT records of a name, each as one text; none where the name or such records do not exist. Throws when nobody
   * could tell. Only ever about a sender's own domain.
   */
  txt(name: string): Promise<readonly string[]>

  /** Does a domain, in lower-case punycode, take mail? Never rejects but with an `AbortError`. */
  mail(domain: string, signal: AbortSignal): Promise<MailAnswer>
}

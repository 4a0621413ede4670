import { domainOfAddress } from './address.ts'

/** Places where many companies have a page: such an address names none of them. */
const SHARED = new Set(
  `angel.co crunchbase.com facebook.com github.com google.com instagram.com linkedin.com medium.com t.me twitter.com
  wikipedia.org x.com xing.com yelp.com youtube.com`.split(/\s+/),
)

/**
 * The domain that a website, a domain or an address names: lower-case punycode without `www.`. Empty where there is none,
 * and for pages at a network that everybody uses.
 */
export function webDomainOf(text: string): string {
  const typed = text.trim()
  if (typed === '' || /\s/.test(typed)) return ''
  const bare = typed.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replace(/^mailto:/i, '')
  const host = (bare.split(/[/?#]/)[0] ?? '').replace(/:\d+$/, '').replace(/\.$/, '')
  const domain = domainOfAddress(host.includes('@') ? host : `a@${host}`).replace(/^www\d?\./, '')
  return parentsOf(domain).some((one) => SHARED.has(one)) ? '' : domain
}

/** The domain itself and those above it with at least two labels: `a.b.example`, `b.example`. */
export function parentsOf(domain: string): string[] {
  const labels = domain.split('.')
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'))
}

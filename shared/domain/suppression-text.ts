import { parseAddress, type AddressProblem } from './address.ts'
import type { SuppressionKind } from './taxonomy.ts'

export type SuppressionText =
  | {
      readonly ok: true
      readonly kind: SuppressionKind
      /** The identity of an address, or a domain in lower-case punycode. */
      readonly value: string
      readonly domain: string
      readonly typed: string
    }
  | { readonly ok: false; readonly problem: AddressProblem }

/** `ann@corp.example`, `corp.example`, `@corp.example` or `*@corp.example`, read as strictly as an address to write to. */
export function suppressionOf(typed: string): SuppressionText {
  const text = typed.trim()
  const isDomain = text.lastIndexOf('@') <= 0 || text.startsWith('*@')
  const parsed = parseAddress(isDomain ? `any@${text.replace(/^\*?@/, '')}` : text)
  if (!parsed.ok) return parsed
  const { domain, identity } = parsed.address
  return { ok: true, kind: isDomain ? 'domain' : 'address', value: isDomain ? domain : identity, domain, typed: text }
}

/** Where providers keep the keys of their customers' domains, and how SPF names them (docs/going-live.md has the sources). */
import type { MailboxKind } from './taxonomy.ts'

export interface DomainProvider {
  readonly name: string
  /** The SPF record that lets it send; null: it has none of that kind, or we do not know it. */
  readonly spf: string | null
  /** Under these selectors its DKIM keys are. */
  readonly selectors: readonly string[]
  /** False: a customer may choose another selector, so a key that is not found proves nothing. */
  readonly hasOnlyThese: boolean
}

const GOOGLE: DomainProvider = { name: 'Google', spf: '_spf.google.com', selectors: ['google'], hasOnlyThese: false }
const MICROSOFT: DomainProvider = {
  name: 'Microsoft',
  spf: 'spf.protection.outlook.com',
  selectors: ['selector1', 'selector2'],
  hasOnlyThese: true,
}

/** By the end of the SMTP server's name. */
const BY_SERVER: readonly (readonly [server: string, provider: DomainProvider])[] = [
  ['gmail.com', GOOGLE],
  ['office365.com', MICROSOFT],
  ['outlook.com', MICROSOFT],
  [
    'fastmail.com',
    { name: 'Fastmail', spf: 'spf.messagingengine.com', selectors: ['fm1', 'fm2', 'fm3'], hasOnlyThese: true },
  ],
  [
    'protonmail.ch',
    {
      name: 'Proton',
      spf: '_spf.protonmail.ch',
      selectors: ['protonmail', 'protonmail2', 'protonmail3'],
      hasOnlyThese: true,
    },
  ],
  [
    'mailbox.org',
    {
      name: 'mailbox.org',
      spf: 'mailbox.org',
      selectors: ['mbo0001', 'mbo0002', 'mbo0003', 'mbo0004'],
      hasOnlyThese: true,
    },
  ],
  ['mail.me.com', { name: 'iCloud', spf: 'icloud.com', selectors: ['sig1'], hasOnlyThese: false }],
]

/** Names that many others use. */
const UNKNOWN: DomainProvider = {
  name: '',
  spf: null,
  selectors: ['default', 'dkim', 'mail', 's1', 's2', 'k1', 'google', 'selector1'],
  hasOnlyThese: false,
}

/** `server`: the name of the SMTP server, where there is one. */
export function domainProvider(kind: MailboxKind, server: string | null): DomainProvider {
  if (kind === 'gmail') return GOOGLE
  if (kind === 'outlook') return MICROSOFT
  const host = (server ?? '').toLowerCase()
  return BY_SERVER.find(([end]) => host === end || host.endsWith(`.${end}`))?.[1] ?? UNKNOWN
}

export type Provider = 'gmail' | 'outlook'

/** How a provider knows this app; the shape of the contract's `OAuthClientFacts`. */
export interface ClientFacts {
  readonly provider: Provider
  /** Empty when there is none. */
  readonly clientId: string
  readonly source: 'build' | 'own' | 'none'
  readonly hasSecret: boolean
}

/** What a provider and its parts are called on its own pages. */
export const PROVIDERS = {
  gmail: {
    company: 'Google',
    mailbox: 'Gmail or Google Workspace',
    idLabel: 'Client ID',
    idHint: 'Ends with .apps.googleusercontent.com',
    hasSecret: true,
  },
  outlook: {
    company: 'Microsoft',
    mailbox: 'Outlook or Microsoft 365',
    idLabel: 'Application (client) ID',
    idHint: 'Five groups of letters and digits with hyphens',
    hasSecret: false,
  },
} as const satisfies Record<
  Provider,
  { company: string; mailbox: string; idLabel: string; idHint: string; hasSecret: boolean }
>

/** Where the id in use came from, as a sentence. */
export function sourceText({ source }: Pick<ClientFacts, 'source'>): string {
  switch (source) {
    case 'build':
      return 'The client id that came with this Pacemail is used.'
    case 'own':
      return 'Your own client id is used.'
    case 'none':
      return 'There is no client id yet, so nobody can sign in here.'
  }
}

const SHAPES = {
  gmail: /^[\w-]+\.apps\.googleusercontent\.com$/,
  outlook: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
} satisfies Record<Provider, RegExp>

const REMARKS = {
  gmail: 'A client ID of Google usually ends with .apps.googleusercontent.com. Compare it once more.',
  outlook: 'An id of Microsoft is usually five groups of letters and digits with hyphens. Compare it once more.',
} satisfies Record<Provider, string>

/** A remark about an id that looks odd; it is no reason to refuse it. Null: it looks right, or is empty. */
export function idRemark(provider: Provider, typed: string): string | null {
  const id = typed.trim()
  if (id === '' || SHAPES[provider].test(id)) return null
  return REMARKS[provider]
}

/** A secret that Google demands and nobody typed. Null: it can be saved. */
export function secretProblem(
  draft: { readonly secret: string; readonly clientId: string },
  client: ClientFacts,
): string | null {
  if (!PROVIDERS[client.provider].hasSecret || draft.clientId.trim() === '' || draft.secret.trim() !== '') return null
  const isSame = client.source === 'own' && client.hasSecret && client.clientId === draft.clientId.trim()
  return isSame ? null : 'Google demands the client secret as well. It is on the same page as the client ID.'
}

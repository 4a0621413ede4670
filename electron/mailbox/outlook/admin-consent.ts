import type { Endpoints } from '../endpoints.ts'
import type { OAuthClient } from '../sign-in.ts'

/** The least that allows a draft, its sending, looking for it and noticing answers (providers.md §0.5). */
export const SCOPES = ['Mail.ReadWrite', 'Mail.Send', 'User.Read']

/** The page on which an admin allows the app for everybody (providers.md §1.2). */
export function adminConsentUrl(
  { authorityUrl }: Endpoints['microsoft'],
  { clientId }: Pick<OAuthClient, 'clientId'>,
): string {
  const query = new URLSearchParams({
    client_id: clientId,
    scope: SCOPES.map((scope) => `https://graph.microsoft.com/${scope}`).join(' '),
    redirect_uri: 'http://localhost',
    state: 'pacemail',
  })
  return `${authorityUrl}/organizations/v2.0/adminconsent?${query.toString().replaceAll('+', '%20')}`
}

import { AppError } from '#shared/errors'

/** Words of a provider that speak of the app's registration, not of the account. */
const ABOUT_THE_CLIENT: ReadonlySet<string> = new Set([
  'invalid_client',
  'unauthorized_client',
  'deleted_client',
  'disabled_client',
  'invalid_request',
  'invalid_scope',
  'redirect_uri_mismatch',
  'unsupported_response_type',
])

/**
 * A failed request of a mailbox in use ("mail.*") in the words of `SignIn`: during a sign-in there is no user name, password
 * or server name to check. `adminUrl` is the page on which an admin allows the app, null where there is none.
 */
export function signInFailureOf({ code, details }: AppError, adminUrl: string | null): AppError {
  if (code === 'mail.unreachable') return unreachableAtSignIn(String(details['reason'] ?? ''))
  const word = wordIn(details['providerCode'])
  if (code === 'mail.refused' && details['isFinal'] === false) return unreachableAtSignIn('busy')
  switch (details['need']) {
    case 'admin':
      return new AppError('sign_in.admin_needed', 'the admin must allow this app', { details: { adminUrl } })
    case 'permission':
      return new AppError('sign_in.permission_missing', 'a permission is missing')
    case 'no_mailbox':
      return new AppError('sign_in.no_mailbox', 'no mailbox behind the account', { details: { providerCode: word } })
    case 'configuration':
      return word === 'org_internal' ? otherOrganisation(word) : clientRefused(word)
    default:
      return accountRefused(word)
  }
}

/** A refusal that came as a bare word of the provider. */
export function refusedWith(word: string | null): AppError {
  if (word === 'org_internal') return otherOrganisation(word)
  return ABOUT_THE_CLIENT.has(word ?? '') ? clientRefused(word) : accountRefused(word)
}

/** `reason` as in `mail.unreachable`; "busy": it answered, and cannot now. */
export function unreachableAtSignIn(reason: string, cause?: unknown): AppError {
  return new AppError('sign_in.unreachable', `not reached for the sign-in: ${reason}`, { details: { reason }, cause })
}

export function clientRefused(providerCode: string | null, cause?: unknown): AppError {
  return new AppError('sign_in.client_refused', `the client is refused: ${providerCode ?? '?'}`, {
    details: { providerCode },
    cause,
  })
}

/** The client is right, and made for the accounts of one organisation. */
export function otherOrganisation(providerCode: string, cause?: unknown): AppError {
  return new AppError('sign_in.other_organisation', `for another organisation: ${providerCode}`, {
    details: { providerCode },
    cause,
  })
}

/** The page was fine and the end was not: it took too long, or the account needs something first. */
export function accountRefused(providerCode: string | null, cause?: unknown): AppError {
  return new AppError('sign_in.refused', `the sign-in was not accepted: ${providerCode ?? '?'}`, {
    details: { providerCode },
    cause,
  })
}

function wordIn(value: unknown): string | null {
  return typeof value === 'string' && /^\w{1,60}$/.test(value) ? value : null
}

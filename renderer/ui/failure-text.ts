const FAILURES: Readonly<Record<string, string>> = {
  'mail.unreachable': 'the mail service could not be reached',
  'mail.refused': 'it said no',
  'mail.signed_out': 'the mailbox is signed out',
  'mail.unanswered': 'the connection broke before it answered',
  'mail.invalid': 'the mail was not accepted as it is written',
}

/** What went wrong, in words, with the number the provider gave; a code without words stands as it is. */
export function failureText(failure: { code: string; providerCode: string | null }): string {
  const words = FAILURES[failure.code] ?? failure.code
  return failure.providerCode === null ? words : `${words} (${failure.providerCode})`
}

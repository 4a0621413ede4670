/** How the host keeps secrets; the shape of the contract's `app.status`. */
export type Safekeeping = 'keychain' | 'key_file' | 'weak' | 'none'

const WARNINGS: Readonly<Record<Safekeeping, string | null>> = {
  keychain: null,
  key_file:
    'No keychain keeps this here. It is encrypted, but the key is a file in the same folder: whoever can read your files, or gets a copy of that folder, can use the mailbox.',
  weak: 'This system has no real keychain, so this is only scrambled: whoever can read your files can use the mailbox.',
  none: 'This system has no safe place for this, so it is not kept: you are asked again after each start.',
}

const ADVICE = {
  password: 'Use an app password that is good for nothing else; you can take it back at any time.',
  access: 'You can take this back at any time, on the security page of your account.',
} as const

/** What to know before giving a secret, one or two sentences; null where the system's keychain keeps it. */
export function safekeepingWarning(safekeeping: Safekeeping, of: keyof typeof ADVICE): string | null {
  const warning = WARNINGS[safekeeping]
  return warning === null ? null : `${warning} ${ADVICE[of]}`
}

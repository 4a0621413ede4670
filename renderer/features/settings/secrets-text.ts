import type { AppStatus } from './use-settings.ts'

const TEXTS = {
  keychain: 'Passwords are encrypted, and the key is in the keychain of your system.',
  key_file:
    'Passwords are encrypted. The key is a file in the same folder that only your user may read, so keep the folder to yourself.',
  weak: 'This system offers no real keychain, so passwords are only scrambled. Use a mailbox password that is good for nothing else.',
  none: 'This system offers no safe place for passwords, so none are kept: you are asked again after each start.',
} satisfies Record<AppStatus['secrets'], string>

/** How well passwords are kept here, in words. */
export function secretsText(secrets: AppStatus['secrets']): string {
  return TEXTS[secrets]
}

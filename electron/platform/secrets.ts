/**
 * Passwords, tokens and the install secret, encrypted at rest; never in the database, in logs, in events or on the page.
 * Every method throws `secrets.unavailable` when the store cannot be opened; what is stored is kept then.
 */
export interface Secrets {
  /** How well this store protects: the system's key store, a key file readable by this user only, or worse. */
  readonly protection: 'keychain' | 'key_file' | 'weak' | 'none'
  /** Null when there is none under this name. */
  get(name: string): Promise<string | null>
  set(name: string, value: string): Promise<void>
  remove(name: string): Promise<void>
}

/** Randomness and ids that must not be guessed; seeded draws of the pacing live in `shared/domain/seeded.ts`. */
export interface Random {
  /** `count` random bytes. */
  bytes(count: number): Uint8Array
  /** A random 31-bit integer, for the seed of a new mailbox. */
  seed(): number
  /** An opaque id, safe in file names. */
  id(): string
}

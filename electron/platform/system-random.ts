import { randomBytes, randomInt } from 'node:crypto'
import type { Random } from './random.ts'

/** The system's own randomness. Ids are hex: some file systems take no notice of case. */
export function createSystemRandom(): Random {
  return {
    bytes: (count) => randomBytes(count),
    seed: () => randomInt(2 ** 31),
    id: () => randomBytes(16).toString('hex'),
  }
}

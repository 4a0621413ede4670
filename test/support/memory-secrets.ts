import type { Secrets } from '#electron/platform/secrets'

/** A secret store that forgets with the test. */
export function createMemorySecrets(): Secrets {
  const kept = new Map<string, string>()
  return {
    protection: 'key_file',
    get: async (name) => kept.get(name) ?? null,
    set: async (name, value) => void kept.set(name, value),
    remove: async (name) => void kept.delete(name),
  }
}

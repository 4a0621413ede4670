import type { Dns } from '#electron/platform/dns'

export interface FakeDns {
  readonly dns: Dns
  /** By name, lower case. */
  readonly records: Map<string, readonly string[]>
  /** Names that nobody can tell about. */
  readonly broken: Set<string>
  readonly asked: string[]
}

/** Name servers that know what a test puts in. */
export function createFakeDns(records: Readonly<Record<string, readonly string[]>> = {}): FakeDns {
  const fake: FakeDns = {
    records: new Map(Object.entries(records)),
    broken: new Set(),
    asked: [],
    dns: {
      async txt(name) {
        await Promise.resolve()
        fake.asked.push(name)
        if (fake.broken.has(name) || fake.broken.has('*')) throw new Error('queryTxt ETIMEOUT')
        return fake.records.get(name) ?? []
      },
    },
  }
  return fake
}

import type { Dns, MailAnswer } from '#electron/platform/dns'

export interface FakeDns extends Dns {
  /** TXT records by name, lower case. */
  readonly records: Map<string, readonly string[]>
  /** Names whose records nobody can tell about; `*`: all of them. */
  readonly broken: Set<string>
  /** What a domain says of its mail from now on; it takes mail unless it is told otherwise. */
  answers: Readonly<Record<string, MailAnswer>>
  /** Every name and domain that was asked for, in order. */
  readonly asked: string[]
  /** Called before each answer about mail. */
  onAsk: (domain: string, signal: AbortSignal) => Promise<void> | void
}

/** Name servers with memory, which know what a test puts in. No network. */
export function createFakeDns({
  records = {},
  answers = {},
}: {
  readonly records?: Readonly<Record<string, readonly string[]>>
  readonly answers?: Readonly<Record<string, MailAnswer>>
} = {}): FakeDns {
  const fake: FakeDns = {
    records: new Map(Object.entries(records)),
    broken: new Set(),
    answers,
    asked: [],
    onAsk: () => {},
    async txt(name) {
      await Promise.resolve()
      fake.asked.push(name)
      if (fake.broken.has(name) || fake.broken.has('*')) throw new Error('queryTxt ETIMEOUT')
      return fake.records.get(name) ?? []
    },
    async mail(domain, signal) {
      fake.asked.push(domain)
      await fake.onAsk(domain, signal)
      signal.throwIfAborted()
      return fake.answers[domain] ?? 'takes_mail'
    },
  }
  return fake
}

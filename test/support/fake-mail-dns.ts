import type { MailAnswer, MailDns } from '#electron/platform/mail-dns'

export interface FakeMailDns extends MailDns {
  /** Every domain that was asked for, in order. */
  readonly asked: string[]
  /** Changes what a domain answers from now on. */
  answers: Readonly<Record<string, MailAnswer>>
  /** Called before each answer. */
  onAsk: (domain: string, signal: AbortSignal) => Promise<void> | void
}

/** Name servers with memory: a domain takes mail unless it is told otherwise. No network. */
export function createFakeMailDns(answers: Readonly<Record<string, MailAnswer>> = {}): FakeMailDns {
  const fake: FakeMailDns = {
    asked: [],
    answers,
    onAsk: () => {},
    async ask(domain, signal) {
      fake.asked.push(domain)
      await fake.onAsk(domain, signal)
      signal.throwIfAborted()
      return fake.answers[domain] ?? 'takes_mail'
    },
  }
  return fake
}

/** Facts for a log line: plain values. Never an address, a text of a mail or a secret. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null | undefined>>

/** The local log. It never leaves the machine. */
export interface Log {
  info(message: string, facts?: LogFacts): void
  warn(message: string, facts?: LogFacts): void
  /** Stacks and causes go here and nowhere else. */
  error(message: string, error: unknown, facts?: LogFacts): void
}

/** For tests and tools that do not want a log. */
export const silentLog: Log = { info() {}, warn() {}, error() {} }

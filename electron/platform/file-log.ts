import { mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { inspect } from 'node:util'
import pino from 'pino'
import type { Log, LogFacts } from './log.ts'
import { redactFact, redactText } from './redact.ts'

/** A file that has grown over this is set aside at the next start. */
const ROTATE_ABOVE_BYTES = 5_000_000
const KEPT_FILES = 3
const MAX_CAUSES = 5

export interface FileLog extends Log {
  /** Writes what is left. A log that cannot be written stays silent: it must never stop the product. */
  close(): void
}

/** JSON lines in `file`, readable by this user only. `pacemail.log` is set aside as `pacemail.1.log`, the oldest dropped. */
export function createFileLog(file: string): FileLog {
  mkdirSync(dirname(file), { recursive: true })
  rotate(file)
  const destination = pino.destination({ dest: file, sync: true, mode: 0o600 })
  destination.on('error', () => {})
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination)

  return {
    info: (message, facts) => quietly(() => logger.info(clean(facts), redactText(message))),
    warn: (message, facts) => quietly(() => logger.warn(clean(facts), redactText(message))),
    error: (message, error, facts) =>
      quietly(() => logger.error({ ...clean(facts), causes: causesOf(error) }, redactText(message))),
    close: () => quietly(() => destination.end()),
  }
}

function quietly(write: () => void): void {
  try {
    write()
  } catch {
    // A full disk or a folder that is gone; the product itself will say so.
  }
}

function clean(facts: LogFacts = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, redactFact(name, value)]))
}

/** The error and what caused it, outermost first. */
function causesOf(error: unknown): string[] {
  const causes: string[] = []
  for (let cause = error; cause !== undefined && causes.length < MAX_CAUSES;) {
    causes.push(redactText(cause instanceof Error ? (cause.stack ?? cause.message) : inspect(cause)))
    cause = cause instanceof Error ? cause.cause : undefined
  }
  return causes
}

function rotate(file: string): void {
  if (sizeOf(file) <= ROTATE_ABOVE_BYTES) return
  for (let index = KEPT_FILES - 1; index >= 1; index -= 1) {
    quietly(() => renameSync(numbered(file, index), numbered(file, index + 1)))
  }
  quietly(() => renameSync(file, numbered(file, 1)))
}

function numbered(file: string, index: number): string {
  return file.replace(/(\.log)?$/, `.${index}$1`)
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

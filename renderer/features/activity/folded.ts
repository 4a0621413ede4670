import type { EventKind } from '#shared/domain/taxonomy'
import type { ActivityEntry } from './days.ts'

/** One line of the feed. */
export interface ActivityLine {
  readonly entry: ActivityEntry
  /** What led to it and is of no news of its own, the newest first. */
  readonly steps: readonly ActivityEntry[]
}

const ON_THE_WAY: ReadonlySet<EventKind> = new Set(['send_claimed', 'send_drafted', 'send_started'])

/**
 * The entries, newest first, with the steps of each mail that was sent behind its last line. Whatever else happened to the
 * mail ends them: a try that failed keeps its steps in sight, because they say how far it came.
 */
export function folded(entries: readonly ActivityEntry[]): ActivityLine[] {
  const lines: ActivityLine[] = []
  const open = new Map<number, ActivityEntry[]>()
  for (const entry of entries) {
    const { sendId, kind } = entry
    const steps = sendId === null ? undefined : open.get(sendId)
    if (steps !== undefined && ON_THE_WAY.has(kind)) {
      steps.push(entry)
      continue
    }
    const behind: ActivityEntry[] = []
    lines.push({ entry, steps: behind })
    if (sendId === null) continue
    if (kind === 'send_accepted') open.set(sendId, behind)
    else open.delete(sendId)
  }
  return lines
}

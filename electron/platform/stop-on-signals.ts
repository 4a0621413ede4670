import type { Clock } from './clock.ts'

/** One Ctrl+C can arrive twice: from the terminal and passed on by npm. */
const SAME_PRESS_MS = 1_000
const LONGEST_STOP_MS = 30_000
const LOOK_AT_PARENT_MS = 2_000
/** Read when the program starts: it may be left behind while it still builds the page. */
const PARENT = process.ppid

/** The first SIGINT, SIGTERM or SIGHUP stops cleanly with exit code 0, a second one a second later exits at once. */
export function stopOnSignals(clock: Clock, stop: () => Promise<void>): void {
  let firstAt: number | null = null
  onStopSignal(clock, () => {
    if (firstAt === null) {
      firstAt = clock.monotonic()
      void stopAndExit(clock, stop)
    } else if (clock.monotonic() - firstAt > SAME_PRESS_MS) {
      process.exit(1)
    }
  })
}

/**
 * Calls back for each request to stop. Ending `npm start` by a signal ends npm and its shell, but the shell does not
 * pass it on; so under npm, and only there, being left behind counts as a signal.
 */
export function onStopSignal(clock: Clock, onSignal: (signal: NodeJS.Signals) => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => onSignal(signal))
  const isUnderNpm = process.env['npm_lifecycle_event'] !== undefined && process.platform !== 'win32'
  if (isUnderNpm) void whenLeftBehind(clock).then(() => onSignal('SIGTERM'))
}

async function whenLeftBehind(clock: Clock): Promise<void> {
  while (process.ppid === PARENT) await clock.sleep(LOOK_AT_PARENT_MS)
}

async function stopAndExit(clock: Clock, stop: () => Promise<void>): Promise<void> {
  const inTime = stop().then(
    () => 0,
    () => 1,
  )
  process.exit(await Promise.race([inTime, clock.sleep(LONGEST_STOP_MS).then(() => 1)]))
}

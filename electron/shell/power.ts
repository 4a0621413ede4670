import { powerMonitor } from 'electron'

/**
 * Hints only: these events come late, twice or not at all on some systems, so the engine compares clocks itself.
 * `onSuspend`: a second or so is left, and nobody waits for it. `onShutdown`: the system is about to end; there are a few seconds left.
 */
export function watchPower(handlers: {
  onSuspend: () => void
  onClockMayHaveJumped: () => void
  onShutdown: () => void
}): void {
  powerMonitor.on('suspend', handlers.onSuspend)
  powerMonitor.on('suspend', handlers.onClockMayHaveJumped)
  powerMonitor.on('resume', handlers.onClockMayHaveJumped)
  powerMonitor.on('unlock-screen', handlers.onClockMayHaveJumped)
  powerMonitor.on('shutdown', handlers.onShutdown)
}

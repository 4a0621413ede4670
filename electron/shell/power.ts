import { powerMonitor } from 'electron'

/**
 * Hints only: these events come late, twice or not at all on some systems, so the engine compares clocks itself.
 * `onShutdown`: the system is about to end; there are a few seconds left.
 */
export function watchPower(handlers: { onClockMayHaveJumped: () => void; onShutdown: () => void }): void {
  powerMonitor.on('suspend', handlers.onClockMayHaveJumped)
  powerMonitor.on('resume', handlers.onClockMayHaveJumped)
  powerMonitor.on('unlock-screen', handlers.onClockMayHaveJumped)
  powerMonitor.on('shutdown', handlers.onShutdown)
}

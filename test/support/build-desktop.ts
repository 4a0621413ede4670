import { buildPage } from '#electron/page-build'

/** Vitest's global set-up for the journeys on the desktop host: page, preload and main process as they are now. */
export async function setup(): Promise<void> {
  await buildPage({ isDesktopToo: true })
}

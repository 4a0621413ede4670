import { buildPage } from '#electron/page-build'

/** Vitest's global set-up for the browser tests: they need the page as it is now. */
export async function setup(): Promise<void> {
  await buildPage({ isDesktopToo: false })
}

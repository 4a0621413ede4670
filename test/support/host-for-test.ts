import type { Page } from 'playwright-core'
import type { EventStream } from '#electron/host/event-stream'
import type { Router } from '#electron/host/route'
import type { Clock } from '#electron/platform/clock'
import type { Log } from '#electron/platform/log'
import type { Native } from '#electron/platform/native'
import type { Random } from '#electron/platform/random'
import type { Secrets } from '#electron/platform/secrets'

/** One of the two hosts, as journeys start it. */
export interface TestHost {
  createSecrets(dataFolder: string): Promise<Secrets>
  createNative(deps: { readonly clock: Clock; readonly log: Log }): Native
  start(deps: HostDeps): Promise<RunningHost>
}

export interface HostDeps {
  readonly router: Router
  readonly stream: EventStream
  readonly log: Log
  /** The machine's time; the engine has its own. */
  readonly clock: Clock
  readonly random: Random
  readonly pageFolder: string
  /** Of the web host; 0 is any free one. */
  readonly port: number
}

export interface RunningHost {
  /** The address to open. */
  readonly url: string
  /** Before a page opens it. */
  prepare(page: Page): Promise<void>
  close(): Promise<void>
}

/** The same journeys run on both hosts: the project `e2e` on the web host, `e2e-desktop` on the desktop's. */
export async function hostForTest(): Promise<TestHost> {
  if (process.env['PACEMAIL_E2E_HOST'] === 'desktop') return (await import('./desktop-host-for-test.ts')).desktopHost
  return (await import('./web-host-for-test.ts')).webHost
}

import { contract, type PacemailHandlers } from '#shared/contract/index'
import type { AppStatus } from '#shared/contract/app'
import { createEventStream, type EventStream } from '#electron/host/event-stream'
import { createRouter, type Router } from '#electron/host/route'
import type { Log } from '#electron/platform/log'
import { createSystemRandom } from '#electron/platform/system-random'
import { createManualClock, type ManualClock } from './manual-clock.ts'

/** What the handlers of a test do, by path; all others fail the test by being a bug. */
export type Script = Readonly<Record<string, (input: never) => unknown>>

/** A product made of a script, behind the real router and the real stream. */
export interface ScriptedApp {
  readonly router: Router
  readonly stream: EventStream
  readonly clock: ManualClock
  readonly random: ReturnType<typeof createSystemRandom>
  readonly log: Log
  /** What reached the log as an error. */
  readonly errors: { readonly error: unknown; readonly facts: unknown }[]
  role: 'owner' | 'viewer'
}

export function createScriptedApp(script: Script = {}): ScriptedApp {
  const errors: ScriptedApp['errors'] = []
  const log: Log = { info() {}, warn() {}, error: (_message, error, facts) => void errors.push({ error, facts }) }
  const base = { stream: createEventStream(), clock: createManualClock(), random: createSystemRandom(), log, errors }
  const app: { role: 'owner' | 'viewer' } = { role: 'owner' }
  const router = createRouter({ ...base, app: { handlers: handlersOf(script), role: () => app.role } })
  return Object.assign(app, base, { router })
}

function handlersOf(script: Script): PacemailHandlers {
  const areas = Object.entries(contract).map(([area, entries]) => {
    const verbs = Object.keys(entries).map((verb) => [verb, script[`${area}.${verb}`] ?? unscripted])
    return [area, Object.fromEntries(verbs)]
  })
  return Object.fromEntries(areas) as PacemailHandlers
}

function unscripted(): never {
  throw new Error('this path has no script')
}

export const status: AppStatus = {
  version: '0.0.0',
  host: 'web',
  role: 'owner',
  isPaused: false,
  isPractice: false,
  pausedUntil: null,
  isFirstStart: false,
  zone: 'Etc/UTC',
  dataFolder: '/data',
  capabilities: { tray: false, loginItem: false, openFolder: false, notifications: false, updates: false },
  secrets: 'key_file',
  today: { sent: 0, planned: 0 },
  waiting: 0,
  uncertain: 0,
  failed: 0,
  nextSendAt: null,
  isDiskFull: false,
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHandlers } from '#electron/api/handlers'
import { createEngine, type Engine } from '#electron/engine/engine'
import { type BuiltInClients, NO_CLIENTS } from '#electron/engine/mailboxes/oauth-clients'
import type { MailProvider } from '#electron/mailbox/mail-provider'
import type { MailRoom } from '#electron/mailbox/mail-room'
import { parseIncoming } from '#electron/mailbox/parse-incoming'
import type { SignIn } from '#electron/mailbox/sign-in'
import type { Dns } from '#electron/platform/dns'
import { silentLog, type Log } from '#electron/platform/log'
import type { Native } from '#electron/platform/native'
import type { Random } from '#electron/platform/random'
import type { Secrets } from '#electron/platform/secrets'
import type { PushedEvent } from '#shared/contract/events'
import { contract, type PacemailClient } from '#shared/contract/index'
import { AppError } from '#shared/errors'
import { DEFAULT_POLICY, type Policy } from '#shared/domain/policy'
import { createFakeMailbox, type FakeMailbox } from './fake-mailbox.ts'
import { createFakeDns } from '#test/fakes/fake-dns'
import { createMemorySecrets } from './memory-secrets.ts'
import { createSimulatedClock, type SimulatedClock } from '#electron/platform/simulated-clock'

/** Monday 2 March 2026, 09:00 UTC: inside everybody's default hours. */
export const MONDAY_9 = Date.UTC(2026, 2, 2, 9)

export interface TestEngine extends AsyncDisposable {
  readonly api: PacemailClient
  readonly clock: SimulatedClock
  readonly engine: Engine
  readonly mailbox: FakeMailbox
  readonly pushed: PushedEvent[]
  readonly errors: unknown[]
  readonly dataFolder: string
  readonly secrets: Secrets
  /** Moves time on; what is in flight finishes at each step. */
  run(ms: number): Promise<void>
  /** Moves from wake-up to wake-up until nothing waits, at most `limit` of them. */
  runOut(limit?: number): Promise<void>
}

export interface TestEngineOptions {
  readonly start?: number
  readonly zone?: string
  /** Left as it is afterwards. Without it: a fresh folder, removed afterwards. */
  readonly dataFolder?: string
  readonly secrets?: Secrets
  readonly mailbox?: FakeMailbox
  readonly freeBytes?: () => number
  readonly seed?: number
  readonly signIn?: MailRoom['signIn']
  /** A host that can show notifications. */
  readonly notify?: Native['notify']
  /** A host that can replace the app. */
  readonly lookForUpdates?: Native['lookForUpdates']
  /** Real mailboxes; without them every mailbox is `mailbox`. */
  readonly mail?: MailRoom
  /** Several mailboxes, each with its own; without it every mailbox is `mailbox`. */
  readonly providerOf?: (account: { readonly address: string }) => MailProvider
  readonly builtIn?: BuiltInClients
  /** Without it: name servers that know no name, and every domain takes mail. */
  readonly dns?: Dns
  /** One that goes on over several engines; `start` and `zone` are its own then. */
  readonly clock?: SimulatedClock
  /** Hears every published fact at once. */
  readonly publish?: (event: PushedEvent) => void
}

/** The whole engine on a real database, with a clock that obeys and a mailbox that remembers. */
export async function startTestEngine(options: TestEngineOptions = {}): Promise<TestEngine> {
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'pacemail-test-'))
  const clock = options.clock ?? createSimulatedClock(options.start ?? MONDAY_9, options.zone)
  const mailbox = options.mailbox ?? createFakeMailbox()
  const secrets = options.secrets ?? createMemorySecrets()
  const pushed: PushedEvent[] = []
  const errors: unknown[] = []
  const log: Log = { ...silentLog, error: (message, error) => void errors.push([message, error]) }
  const engine = createEngine({
    clock,
    random: createTestRandom(options.seed ?? 1),
    log,
    secrets,
    disk: { freeBytes: options.freeBytes ?? (() => 1e12) },
    dns: options.dns ?? createFakeDns(),
    native: {
      host: 'web',
      capabilities: {
        tray: false,
        loginItem: false,
        openFolder: false,
        notifications: options.notify !== undefined,
        updates: options.lookForUpdates !== undefined,
      },
      loginItem: null,
      notify: (note) => options.notify?.(note),
      openFolder: async () => {},
      openPage: async () => {},
      lookForUpdates: (isOn) => options.lookForUpdates?.(isOn),
    },
    publish: (event) => {
      pushed.push(event)
      options.publish?.(event)
    },
    dataFolder,
    importWorker: new URL('../../electron/engine/imports/import-worker.ts', import.meta.url),
    backupWorker: new URL('../../electron/engine/records/backup-worker.ts', import.meta.url),
    version: '0.0.0-test',
    builtIn: options.builtIn ?? NO_CLIENTS,
    mail: options.mail ?? {
      open: async (account) => options.providerOf?.(account) ?? mailbox.provider,
      signIn: options.signIn ?? { gmail: noSignIn, outlook: noSignIn },
      adminUrl: (provider, clientId) => (provider === 'outlook' ? `https://admin.example/?${clientId}` : null),
      parseIncoming,
      listPractice: async () => ({ rows: [], total: 0 }),
      receivePractice: async () => false,
      revoke: async () => {},
    },
  })
  await engine.start()
  const settle = (): Promise<void> => settled(engine)
  return {
    api: createTestClient(engine),
    clock,
    engine,
    mailbox,
    pushed,
    errors,
    dataFolder,
    secrets,
    run: (ms) => clock.advance(ms, settle),
    async runOut(limit = 20_000) {
      await settle()
      for (let step = 0; step < limit; step += 1) {
        const { waiting, nextSendAt } = engine.rooms.app.status()
        if (waiting === 0 || nextSendAt === null) return
        await clock.next(settle)
      }
      throw new Error(`still waiting after ${limit} wake-ups`)
    },
    async [Symbol.asyncDispose]() {
      await engine.close()
      if (options.dataFolder === undefined) rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

/** A sign-in that nobody finishes. */
const noSignIn: SignIn = (_request, signal) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new AppError('sign_in.cancelled', 'aborted')), { once: true })
  })

async function settled(engine: Engine): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
  await engine.rooms.sender.idle()
}

/** The API as the page calls it, with validation both ways, without a host in between. */
function createTestClient(engine: Engine): PacemailClient {
  const handlers = createHandlers(engine) as unknown as Record<string, Record<string, (input: unknown) => unknown>>
  const client: Record<string, Record<string, (input: unknown) => Promise<unknown>>> = {}
  for (const [area, entries] of Object.entries(contract)) {
    client[area] = {}
    for (const [verb, entry] of Object.entries(entries)) {
      client[area][verb] = async (input) => {
        const value = await handlers[area]?.[verb]?.(entry.input.parse(input))
        return entry.output.parse(value)
      }
    }
  }
  return client as unknown as PacemailClient
}

/** Random enough for ids, the same for the same seed. */
export function createTestRandom(seed: number): Random {
  let state = seed
  const next = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return state
  }
  return {
    bytes: (count) => Uint8Array.from({ length: count }, () => next() >>> 16),
    seed: next,
    id: () => `id${next().toString(36)}${next().toString(36)}`,
  }
}

/** Monday to Sunday, all day. */
export const ALWAYS: Policy['hours'] = [1, 2, 3, 4, 5, 6, 7].map(() => [{ from: 0, to: 1440 }])

export function policyWith(change: Partial<Policy>): Policy {
  return { ...DEFAULT_POLICY, zone: 'UTC', ...change }
}

/**
 * The whole engine with a mailbox at a fake Gmail or a fake Outlook: the product's own adapters over real sockets, on a
 * simulated clock that moves only while nothing is in flight. A process can be killed at any moment: what is on its disk at
 * that instant is all that the next one finds.
 */
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createSimulatedClock, type SimulatedClock } from '#electron/platform/simulated-clock'
import type { PushedEvent } from '#shared/contract/events'
import { gmailPlace } from './provider-gmail.ts'
import { roomOf, secretsOf, type Life, type Moment } from './provider-life.ts'
import { outlookPlace } from './provider-outlook.ts'
import { REP, type ProviderPlace } from './provider-place.ts'
import { quickFolder, type Template } from './provider-template.ts'
import { createMemorySecrets } from './memory-secrets.ts'
import { MONDAY_9, startTestEngine, type TestEngine } from './start-test-engine.ts'
import type { Stock } from './stock.ts'

/** What happens while a request is kept waiting. */
export type HoldDeed =
  | { readonly do: 'let go' }
  /** The adapter's own time-out ends. */
  | { readonly do: 'lose patience' }
  | { readonly do: 'kill' }
  | { readonly do: 'close' }
  | { readonly do: 'pause' }
  /** Patience is lost, and a send that the server seemed to ignore is carried out so much later. */
  | { readonly do: 'accept late'; readonly afterMs: number }

interface Held {
  readonly operation: string
  readonly isIdle: boolean
}

export interface ProviderWorld extends AsyncDisposable {
  readonly place: ProviderPlace
  readonly clock: SimulatedClock
  readonly goods: Stock
  /** Of the process of now. */
  readonly app: TestEngine
  readonly file: string
  readonly mayRead: boolean
  /** For the next requests that are kept waiting; then patience is lost. */
  readonly holds: HoldDeed[]
  /** The next process that comes to this moment for the `hit`-th time dies there. */
  dies: { at: Moment; hit: number } | null
  kills: number
  restarts: number
  /** Drafts that somebody worked on in the provider's own page. */
  readonly touched: Set<string>
  /** What has happened, for the report of a failure. */
  readonly story: string[]
  /** Resolves when nothing is in flight anywhere; carries out what is planned on the way. */
  settle(): Promise<void>
  run(ms: number): Promise<void>
  sleep(ms: number): Promise<void>
  restart(): Promise<void>
  kill(): Promise<void>
  /** Keeps the disk as it is now, for `restore`. */
  backUp(): void
  /** The next process begins with what was kept. */
  restore(): Promise<void>
  signInAgain(): Promise<void>
}

/** How long the end of the app waits for a mail that is leaving (sender.ts), ms. */
const DRAIN_MS = 10_000

/** A send that the server carries out when nobody waits for it any more. */
interface LateSend {
  /** Epoch ms. */
  readonly dueAt: number
  accept(): void
}

export interface WorldChoices {
  readonly seed?: number
  readonly isAsDocumented?: boolean
  readonly mayRead?: boolean
}

export async function openWorld(template: Template, choices: WorldChoices = {}): Promise<ProviderWorld> {
  const { seed = 1, isAsDocumented = true, mayRead = true } = choices
  const clock = createSimulatedClock(MONDAY_9)
  const secretText = await template.secretText()
  const open = template.kind === 'gmail' ? gmailPlace : outlookPlace
  const place = await open({ now: () => clock.now(), secretText, isAsDocumented, mayRead })
  const root = mkdtempSync(join(quickFolder(), 'pacemail-world-'))
  const secrets = createMemorySecrets()
  for (const [name, value] of template.secrets) await secrets.set(name, value)
  await secrets.set(`mailbox.${template.goods.mailboxId}`, place.signIn())
  const held: Held[] = []
  let tellHeld = (): void => {}
  place.onHeld = (operation, isIdle) => {
    held.push({ operation, isIdle })
    tellHeld()
  }
  const lateSends = new Set<LateSend>()
  const accepting: Promise<void>[] = []
  let count = 0
  let kept = ''
  let life: Life

  const newFolder = (): string => {
    count += 1
    return join(root, `life-${count}`)
  }

  function copyOf({ folder: from }: Life): string {
    const folder = newFolder()
    mkdirSync(folder)
    for (const name of ['pacemail.db', 'pacemail.db-wal']) {
      if (existsSync(join(from, name))) copyFileSync(join(from, name), join(folder, name))
    }
    return folder
  }

  /** Synchronous, so that nothing is written meanwhile: what a killed process leaves behind, down to SQLite's own log. */
  function die(doomed: Life, why: string): void {
    if (doomed.left !== null) return
    doomed.left = copyOf(doomed)
    doomed.cut.abort()
    world.kills += 1
    world.story.push(`killed: ${why}`)
  }

  /** Dies here if this is the moment. */
  function at(moment: Moment, living: Life): void {
    if (world.dies?.at !== moment || living.left !== null) return
    world.dies.hit -= 1
    if (world.dies.hit > 0) return
    world.dies = null
    die(living, moment)
  }

  async function begin(folder: string): Promise<void> {
    const born: Omit<Life, 'app'> & { app?: TestEngine } = {
      folder,
      cut: new AbortController(),
      patience: new AbortController(),
      asked: null,
      left: null,
    }
    const living = born as Life
    life = living
    const publish = (event: PushedEvent): void => {
      if (event.type === 'sends.moved') at('a commit', living)
    }
    born.app = await startTestEngine({
      dataFolder: folder,
      clock,
      seed,
      publish,
      secrets: secretsOf(living, secrets),
      builtIn: { gmail: place.client, outlook: place.client },
      mail: roomOf(living, place.room, at),
    })
  }

  /** The dead process comes to its end in a folder that nobody reads any more; the next one finds the copy. */
  async function revive(): Promise<void> {
    const { left, folder } = life
    if (left === null) return
    await closeEngine(life.app, clock, true)
    rmSync(folder, { recursive: true, force: true })
    await begin(left)
  }

  async function restart(isInFlight = false): Promise<void> {
    const { app, folder } = life
    world.restarts += 1
    await closeEngine(app, clock, isInFlight)
    // A kill while it closes is one before the next start.
    await begin(life.left ?? folder)
  }

  async function onHeld({ operation, isIdle }: Held): Promise<void> {
    const deed = world.holds.shift() ?? { do: 'lose patience' }
    const { patience } = life
    world.story.push(`${operation} is kept waiting: ${deed.do}`)
    if (deed.do === 'let go' && place.letGo()) return
    if (deed.do === 'kill') die(life, `while ${operation} was kept waiting`)
    if (deed.do === 'pause') await life.app.api.app.pause({})
    if (deed.do === 'close') await restart(true)
    if (deed.do === 'accept late' && isIdle && operation.endsWith('send')) acceptLater(deed.afterMs)
    patience.abort()
    place.letGo()
  }

  function acceptLater(afterMs: number): void {
    const draftId = life.asked
    if (draftId === null) return
    const dueAt = clock.now() + afterMs
    const late: LateSend = {
      dueAt,
      accept() {
        disarm()
        lateSends.delete(late)
        if (!world.touched.has(draftId)) accepting.push(place.acceptLate(draftId).catch(() => {}))
      },
    }
    const disarm = clock.at(dueAt, late.accept)
    lateSends.add(late)
  }

  /** A server does not sleep when this machine does. */
  async function acceptUntil(moment: number): Promise<void> {
    for (const late of lateSends) if (late.dueAt <= moment) late.accept()
    await Promise.all(accepting)
  }

  async function settle(): Promise<void> {
    for (;;) {
      const told = new Promise<'held'>((resolve) => {
        tellHeld = () => resolve('held')
        if (held.length > 0) tellHeld()
      })
      const what = await Promise.race([stillness(life.app, place), told])
      await Promise.all(accepting.splice(0))
      const first = what === 'held' ? held.shift() : undefined
      if (first !== undefined) await onHeld(first)
      if (life.left !== null) await revive()
      else if (what === 'still') return
    }
  }

  const world: ProviderWorld = {
    place,
    clock,
    goods: template.goods,
    get app() {
      return life.app
    },
    get file() {
      return join(life.folder, 'pacemail.db')
    },
    mayRead,
    holds: [],
    dies: null,
    kills: 0,
    restarts: 0,
    touched: new Set(),
    story: [],
    settle,
    run(ms) {
      place.pass(ms)
      return clock.advance(ms, settle)
    },
    async sleep(ms) {
      place.pass(ms)
      await acceptUntil(clock.now() + ms)
      await clock.sleepThrough(ms, settle)
      life.app.engine.clockMayHaveJumped()
      await settle()
    },
    async restart() {
      await restart()
      await settle()
    },
    async kill() {
      die(life, 'while it was idle')
      await settle()
    },
    backUp() {
      kept = copyOf(life)
    },
    async restore() {
      await closeEngine(life.app, clock, false)
      await begin(kept)
      await settle()
    },
    async signInAgain() {
      const signedIn = { address: REP, name: 'Robin', mayRead, secret: place.signIn() }
      await life.app.engine.rooms.accounts.signInAgain(template.goods.mailboxId, signedIn)
      await settle()
    },
    async [Symbol.asyncDispose]() {
      life.cut.abort()
      await closeEngine(life.app, clock, true)
      await place[Symbol.asyncDispose]()
      rmSync(root, { recursive: true, force: true })
    },
  }

  const first = newFolder()
  cpSync(template.folder, first, { recursive: true })
  await begin(first)
  if (!mayRead) await world.signInAgain()
  await settle()
  return world
}

/** Nothing is in flight, here or there. */
async function stillness({ engine }: TestEngine, place: ProviderPlace): Promise<'still'> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
  await engine.rooms.sender.idle()
  await place.quiet()
  return 'still'
}

/** Where something is in flight and gets no answer, the end of the app waits for it as long as it ever does. */
async function closeEngine({ engine }: TestEngine, clock: SimulatedClock, isInFlight: boolean): Promise<void> {
  const closed = engine.close()
  if (isInFlight) {
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    await clock.advance(DRAIN_MS)
  }
  await closed
}

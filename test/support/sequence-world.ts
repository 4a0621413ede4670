/**
 * A real engine with campaigns in it, and the model beside it. Its process can be killed at any moment of a mail: what is on
 * the disk at that instant is all that the next one finds.
 */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { PRACTICE_ADDRESS } from '#electron/engine/mailboxes/accounts'
import type { MailProvider } from '#electron/mailbox/mail-provider'
import { createSimulatedClock, type SimulatedClock } from '#electron/platform/simulated-clock'
import type { Policy } from '#shared/domain/policy'
import { MOST_ATTEMPTS } from '#shared/domain/retry'
import { AppError } from '#shared/errors'
import { createFakeInbox, type FakeInbox } from './fake-inbox.ts'
import { createFakeMailbox, type FakeMailbox } from './fake-mailbox.ts'
import { createMemorySecrets } from './memory-secrets.ts'
import { fragile, type Life, type Moment } from './provider-life.ts'
import { given, rowsOf } from './random-world.ts'
import { PEOPLE, type SequenceRun } from './sequence-commands.ts'
import { createWatch, type Watch } from './sequence-watch.ts'
import { followersOf, isOver, type Mail, type Model, type Person, type Placed } from './sequence-model.ts'
import { brokenBy } from './sequence-when.ts'
import { policyWith, startTestEngine, type TestEngine } from './start-test-engine.ts'
import { importColleagues, stock, type Stock } from './stock.ts'

export interface SequenceWorld extends AsyncDisposable {
  readonly clock: SimulatedClock
  readonly model: Model
  readonly fake: FakeMailbox
  /** Of each mailbox. */
  readonly inboxes: readonly FakeInbox[]
  readonly mailboxIds: readonly Stock['mailboxId'][]
  /** The number of the mailbox with this address. */
  mailboxOf(address: string): number
  readonly stocked: Stock
  /** Of the process of now. */
  readonly app: TestEngine
  readonly file: string
  /** Rules broken so far, in words. */
  readonly broken: string[]
  /** The next process that comes to this moment for the `hit`-th time dies there. */
  dies: { at: Moment; hit: number } | null
  kills: number
  /** True when its process has died and nobody has started it again yet. */
  isDead(): boolean
  /** Resolves when nothing is in flight; a dead process is started again, and the model compared with the product. */
  settle(): Promise<void>
  run(ms: number): Promise<void>
  sleep(ms: number): Promise<void>
  restart(): Promise<void>
  kill(): Promise<void>
}

const DAY = 86_400_000
const OPENS = 9 * 60
const CLOSES = 17 * 60
/** No leads yet: written to by hand the day before, and never to be written to. */
const LATELY = ['lately@company8.example', 1] as const
const NEVER = 'never@company7.example'
/** Of the two mailboxes; they share what left, their moods and their drafts, and each has its own inbox. */
const ADDRESSES = [PRACTICE_ADDRESS, 'rep@sender.example'] as const
const JOINED = ['company1.example', 'company2.example']

export async function openWorld(run: SequenceRun): Promise<SequenceWorld> {
  const root = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'pacemail-sequence-'))
  const fake = createFakeMailbox()
  const inboxes = ADDRESSES.map(() => createFakeInbox())
  const clock = createSimulatedClock(run.startAt, run.zone)
  const secrets = createMemorySecrets()
  let count = 0
  let lives = 0
  let life: Life = null as unknown as Life
  let watch: Watch = null as unknown as Watch

  const newFolder = (): string => join(root, `life-${(count += 1)}`)

  /** Synchronous, so that nothing is written meanwhile: what a killed process leaves behind, down to SQLite's own log. */
  function die(): void {
    if (life.left !== null) return
    const folder = newFolder()
    mkdirSync(folder)
    for (const name of ['pacemail.db', 'pacemail.db-wal']) {
      if (existsSync(join(life.folder, name))) copyFileSync(join(life.folder, name), join(folder, name))
    }
    life.left = folder
    life.cut.abort()
    world.kills += 1
    // Nobody knows whether it had begun to ask.
    world.model.deaths.push(clock.now())
  }

  /** Dies here if this is the moment. */
  function at(moment: Moment, living: Life): void {
    if (world.dies?.at !== moment || living.left !== null || living !== life) return
    world.dies.hit -= 1
    if (world.dies.hit > 0) return
    world.dies = null
    die()
  }

  async function begin(folder: string): Promise<void> {
    const born = { folder, cut: new AbortController(), patience: new AbortController(), asked: null, left: null }
    const living: Life = Object.assign(born as Omit<Life, 'app'>, { app: null as unknown as TestEngine })
    life = living
    watch = createWatch(world)
    const providers = new Map<string, MailProvider>(
      ADDRESSES.map((address) => {
        const watched = watchedMailbox(world, { address, placeOf: (key) => watch.placeOf(key) })
        return [address, fragile(watched, living, at)]
      }),
    )
    const app = await startTestEngine({
      dataFolder: folder,
      secrets,
      mailbox: fake,
      providerOf: ({ address }) => given(providers.get(address)),
      clock,
      // No process draws what another one has drawn.
      seed: run.seed + (lives += 1),
      publish: ({ type }) => {
        if (type === 'sends.moved') at('a commit', living)
      },
    })
    Object.assign(living, { app })
  }

  /** The dead process comes to its end in a folder that nobody reads any more; the next one finds the copy. */
  async function revive(left: string): Promise<void> {
    const { app, folder } = life
    watch.close()
    await app.engine.close()
    rmSync(folder, { recursive: true, force: true })
    await begin(left)
  }

  async function idle(): Promise<void> {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
    await life.app.engine.rooms.sender.idle()
  }

  async function alive(): Promise<void> {
    await idle()
    while (life.left !== null) {
      await revive(life.left)
      await idle()
    }
  }

  async function tick(): Promise<void> {
    await alive()
    watch.look(true)
  }

  const world: SequenceWorld = {
    clock,
    model: null as unknown as Model,
    fake,
    inboxes,
    mailboxIds: [],
    mailboxOf: (address) => ADDRESSES.findIndex((each) => each === address),
    stocked: null as unknown as Stock,
    get app() {
      return life.app
    },
    get file() {
      return join(life.folder, 'pacemail.db')
    },
    broken: [],
    dies: null,
    kills: 0,
    isDead: () => life.left !== null,
    async settle() {
      await alive()
      watch.look()
    },
    async run(ms) {
      await clock.advance(ms, tick)
      await world.settle()
    },
    async sleep(ms) {
      watch.forget()
      world.model.sleeps.push({ from: clock.now(), to: clock.now() + ms })
      await clock.sleepThrough(ms, tick)
      life.app.engine.clockMayHaveJumped()
      await world.settle()
    },
    async restart() {
      watch.close()
      await life.app.engine.close()
      await begin(life.left ?? life.folder)
      await world.settle()
    },
    async kill() {
      die()
      await world.settle()
    },
    async [Symbol.asyncDispose]() {
      watch.close()
      await life.app.engine.close()
      rmSync(root, { recursive: true, force: true })
    },
  }

  await begin(newFolder())
  const stocked = await stock(life.app, 0, policyOf(run))
  const second = await addSecond(life.app, world.file, policyOf(run))
  const leadIds = await importColleagues(life.app, PEOPLE)
  Object.assign(world, {
    stocked: { ...stocked, leadIds },
    mailboxIds: [stocked.mailboxId, second],
    model: modelOf(run, leadIds, listOf(world.file)),
  })
  await writePast(world)
  if (run.isJoined) await life.app.api.aliases.join({ domains: JOINED })
  return world
}

function policyOf({ zone, pace, coolDownDays, companyCap }: SequenceRun) {
  const hours = [1, 2, 3, 4, 5, 6, 7].map((day) => (day <= 5 ? [{ from: OPENS, to: CLOSES }] : []))
  return { zone, hours, coolDownDays, domainCap: companyCap, ...pace }
}

/** There is one practice mailbox: another one is made into a second by hand. */
async function addSecond({ api }: TestEngine, file: string, policy: Partial<Policy>): Promise<Stock['mailboxId']> {
  const smtp = { host: '127.0.0.1', port: 25, security: 'none', user: '' } as const
  const account = { address: ADDRESSES[1], senderName: 'Robin', signature: '', smtp, password: 'secret' }
  const { id: mailboxId } = await api.mailboxes.addSmtp(account)
  const db = new Database(file)
  db.prepare("UPDATE mailboxes SET kind = 'practice', may_read = 1 WHERE id = ?").run(mailboxId)
  db.close()
  await api.mailboxes.saveSender({ mailboxId, company: '', postalAddress: '', optOut: '' })
  await api.mailboxes.savePolicy({ mailboxId, policy: policyWith(policy) })
  return mailboxId
}

function listOf(file: string): number {
  return given(rowsOf<{ list: number }>(file, 'SELECT max(list_id) AS list FROM leads')[0]).list
}

function modelOf(run: SequenceRun, leadIds: readonly number[], list: number): Model {
  const { zone, pace, coolDownDays, companyCap, touchedDaysAgo, startAt } = run
  const people = leadIds.map((lead, index) => {
    const company = `company${Math.floor(index / 2) + 1}.example`
    const person: Person = { address: `p${index + 1}@${company}`, company, list, heard: [] }
    return [lead, person] as const
  })
  const touched = [...people.map(([, { address }], index) => [address, touchedDaysAgo[index] ?? null] as const), LATELY]
  const touches = touched.flatMap(([address, daysAgo]) =>
    daysAgo === null ? [] : [[address, [startAt - daysAgo * DAY]] as const],
  )
  return {
    zone,
    opens: OPENS,
    closes: CLOSES,
    pace,
    companyCap,
    joined: run.isJoined ? JOINED : [],
    coolDownDays,
    absences: [],
    stopsCompany: false,
    suppressed: new Set([NEVER]),
    touches: new Map(touches),
    byHand: ADDRESSES.map(() => []),
    trustedLists: new Set(),
    people: new Map(people),
    campaigns: [],
    deaths: [],
    sleeps: [],
  }
}

/** Mails that the rep wrote by hand before, put straight into the tables, and the list of who is never to get any. */
async function writePast({ app, file, model }: SequenceWorld): Promise<void> {
  const db = new Database(file)
  const insert = db.prepare("INSERT INTO touches (identity, at, source) VALUES (?, ?, 'by_hand')")
  for (const [address, moments] of model.touches) for (const at of moments) insert.run(address, at)
  db.close()
  await app.api.suppressions.add({ values: [...model.suppressed] })
}

/** One of the mailboxes, with an eye on every mail in the instant before its first byte. */
function watchedMailbox(
  world: SequenceWorld,
  { address, placeOf }: { address: string; placeOf: (key: string) => Placed },
): MailProvider {
  const { fake } = world
  const { provider } = fake
  return {
    ...provider,
    reader: world.inboxes[world.mailboxOf(address)]?.reader ?? null,
    async strayDrafts(signal) {
      const all = await provider.strayDrafts(signal)
      return all.filter(({ draftId }) => fake.drafts.get(draftId)?.from.address === address)
    },
    async sendDraft(draftId, mail, beforeFirstByte, signal) {
      const left: { mail: Mail | null } = { mail: null }
      const ask = (): boolean => {
        if (!beforeFirstByte()) return false
        left.mail = noteAsked(world, placeOf(mail.key))
        return true
      }
      try {
        return await provider.sendDraft(draftId, mail, ask, signal)
      } catch (error) {
        if (left.mail && error instanceof AppError && error.code === 'mail.refused') {
          noteRefused(world, left.mail, error.details['isFinal'] === true)
        }
        throw error
      } finally {
        if (left.mail && fake.sent.some(({ key }) => key === mail.key)) left.mail.accepted = world.clock.now()
      }
    },
  }
}

function noteAsked({ model, clock, broken }: SequenceWorld, placed: Placed): Mail {
  const now = clock.now()
  broken.push(...brokenBy(model, placed, now))
  placed.mail.asked.push(now)
  placed.mail.isInDoubt = true
  return placed.mail
}

/** Without this mail there are no others: what was to follow it does not. */
function noteRefused({ model, clock }: SequenceWorld, mail: Mail, isFinal: boolean): void {
  mail.refusals += 1
  mail.isInDoubt = false
  if (!isFinal && mail.refusals < MOST_ATTEMPTS) return
  const at = clock.now()
  mail.over = { why: 'failed', at }
  for (const later of followersOf(model, mail)) if (!isOver(later)) later.over = { why: 'step_before', at }
}

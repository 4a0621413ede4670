/**
 * The whole engine in a world of its own: commands are carried out on it, and what the rep and the mail service did is
 * remembered beside it, for the oracle.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { MailProvider, OutgoingMail } from '#electron/mailbox/mail-provider'
import { PRACTICE_ADDRESS } from '#electron/engine/mailboxes/accounts'
import { AppError } from '#shared/errors'
import { createFakeMailbox, type FakeMailbox } from './fake-mailbox.ts'
import { createMemorySecrets } from './memory-secrets.ts'
import { LEADS, type Beginning, type Deed } from './random-commands.ts'
import { judge, type Candidate, type Known, type Leaving } from './random-oracle.ts'
import { startTestEngine, type TestEngine } from './start-test-engine.ts'
import { importLeads, SENDER } from './stock.ts'

export interface World extends AsyncDisposable {
  /** Another one after a restart. */
  app: TestEngine
  readonly known: Known
  readonly fake: FakeMailbox
  /** By index. */
  readonly mailboxIds: readonly number[]
  readonly leadIds: readonly number[]
  readonly templateId: number
  /** How many sends were queued. */
  queued: number
  /** Rules broken so far, in words. */
  readonly broken: string[]
  /** Sends that are `sent` on the rep's word alone. */
  readonly trusted: Set<number>
  /** To be done during the next delivery. */
  readonly during: { readonly at: 'draft' | 'ask'; readonly deed: Deed }[]
  readonly file: string
  /** Does a deed at once; set by whoever carries out commands. */
  carryOut: (deed: Deed) => Promise<void>
  restart(): Promise<void>
}

export const ADDRESSES = [PRACTICE_ADDRESS, 'rep@sender.example'] as const

export function addressOfLead(lead: number): string {
  return `p${lead + 1}@company${lead + 1}.example`
}

export async function createWorld(beginning: Beginning): Promise<World> {
  const folder = mkdtempSync(join(quickFolder(), 'pacemail-random-'))
  const fake = createFakeMailbox()
  const secrets = createMemorySecrets()
  const restless: { world: World | null } = { world: null }
  const mailbox = { ...fake, provider: watched(fake, () => given(restless.world)) }
  const start = (startAt: number, zone: string): Promise<TestEngine> =>
    startTestEngine({ dataFolder: folder, secrets, mailbox, start: startAt, zone, seed: beginning.seed })
  const app = await start(beginning.startAt, beginning.zone)
  const stocked = await fill(app, beginning)
  const world: World = {
    ...stocked,
    app,
    fake,
    queued: 0,
    broken: [],
    trusted: new Set(),
    during: [],
    file: join(folder, 'pacemail.db'),
    carryOut: async () => {},
    async restart() {
      await world.app.engine.close()
      world.app = await start(world.app.clock.now(), world.app.clock.zone())
    },
    async [Symbol.asyncDispose]() {
      await world.app.engine.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  restless.world = world
  return world
}

/** In memory where there is such a folder: these runs are about rules, not about the disk. */
function quickFolder(): string {
  return existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
}

async function fill(app: TestEngine, beginning: Beginning) {
  const practice = await app.api.mailboxes.addPractice({ senderName: 'Robin' })
  const smtp = await app.api.mailboxes.addSmtp({
    address: ADDRESSES[1],
    senderName: 'Robin',
    signature: '',
    smtp: { host: 'localhost', port: 25, security: 'none', user: '' },
    password: 'none asked for',
  })
  await app.api.mailboxes.saveSender({ mailboxId: smtp.id, ...SENDER })
  const template = await app.api.templates.save({
    templateId: null,
    name: 'Hello',
    content: { subject: 'Hello', body: 'Hi', format: 'plain' },
  })
  const leadIds = await importLeads(app, LEADS)
  const mailboxIds = [practice.id, smtp.id]
  const known: Known = {
    machineZone: beginning.zone,
    isAppPaused: false,
    mailboxes: new Map(),
    stoppedCampaigns: new Set(),
    unwanted: new Map(),
    touches: new Map(),
    leavings: [],
  }
  for (const [index, mailboxId] of [practice.id, smtp.id].entries()) {
    const policy = given(beginning.policies[index])
    await app.api.mailboxes.savePolicy({ mailboxId, policy })
    known.mailboxes.set(given(ADDRESSES[index]), { policy, isPaused: false, isSignedOut: false, unreachableAt: null })
  }
  writePast(app, { beginning, mailboxIds, leadIds, known })
  return { known, mailboxIds, leadIds, templateId: template.id }
}

interface Past {
  readonly beginning: Beginning
  readonly mailboxIds: readonly number[]
  readonly leadIds: readonly number[]
  readonly known: Known
}

/** What happened before the run, put straight into the tables. */
function writePast(app: TestEngine, { beginning, mailboxIds, leadIds, known }: Past): void {
  const db = new Database(join(app.dataFolder, 'pacemail.db'))
  for (const [lead, zone] of beginning.leadZones.entries()) {
    db.prepare('UPDATE leads SET zone = ? WHERE id = ?').run(zone, leadIds[lead])
  }
  for (const { lead, minutesAgo } of beginning.touches) {
    const at = beginning.startAt - minutesAgo * 60_000
    const to = addressOfLead(lead)
    db.prepare("INSERT OR IGNORE INTO touches (identity, at, source) VALUES (?, ?, 'by_hand')").run(to, at)
    known.touches.set(to, [...(known.touches.get(to) ?? []), at])
  }
  for (const [index, minutes] of beginning.history.entries()) {
    for (const ago of minutes)
      writeSent(db, {
        mailbox: index,
        mailboxId: given(mailboxIds[index]),
        known,
        at: beginning.startAt - ago * 60_000,
      })
  }
  db.close()
}

function writeSent(
  db: Database.Database,
  { mailbox, mailboxId, at, known }: { mailbox: number; mailboxId: number; at: number; known: Known },
): void {
  const name = `old-${known.leavings.length + 1}`
  const to = `${name}@past.example`
  const run = (sql: string, ...values: unknown[]): number => Number(db.prepare(sql).run(...values).lastInsertRowid)
  const leadId = run(
    "INSERT INTO leads (list_id, email, identity, domain, review, basis, created_at) VALUES (1, ?, ?, 'past.example', 'approved', 'consent', 1)",
    to,
    to,
  )
  const campaignId = run(
    "INSERT INTO campaigns (name, status, request_key, created_at) VALUES (?, 'completed', ?, 1)",
    name,
    `past ${name}`,
  )
  const sendId = run(
    `INSERT INTO sends (campaign_id, lead_id, mailbox_id, key, to_address, to_name, status, not_before, started_at, paced_at,
       finished_at, created_at, revision) VALUES (?, ?, ?, ?, ?, '', 'sent', 1, ?, ?, ?, 1, 4)`,
    campaignId,
    leadId,
    mailboxId,
    name,
    to,
    at,
    at,
    at,
  )
  run("INSERT INTO send_bodies (send_id, subject, text) VALUES (?, '', '')", sendId)
  run("INSERT INTO touches (identity, at, source, send_id) VALUES (?, ?, 'sent', ?)", to, at, sendId)
  for (const kind of ['send_claimed', 'send_drafted', 'send_started', 'send_accepted']) {
    run('INSERT INTO events (at, kind, send_id) VALUES (?, ?, ?)', at, kind, sendId)
  }
  const leaving = { at, mailbox: given(ADDRESSES[mailbox]), key: name, to, sendId, campaignId }
  known.leavings.push({ ...leaving, isAccepted: true, isDenied: false })
}

/** The fake mailbox, with an eye on every mail in the instant before its first byte. */
function watched(fake: FakeMailbox, world: () => World): MailProvider {
  const { provider } = fake
  return {
    kind: provider.kind,
    get proof() {
      return provider.proof
    },
    reader: null,
    async createDraft(mail, signal) {
      await doDuring(world(), 'draft')
      return provider.createDraft(mail, signal)
    },
    async sendDraft(draftId, mail, beforeFirstByte, signal) {
      await doDuring(world(), 'ask')
      let left: Leaving | null = null
      const ask = (): boolean => {
        if (!beforeFirstByte()) return false
        left = leaves(world(), mail)
        return true
      }
      try {
        return await provider.sendDraft(draftId, mail, ask, signal)
      } catch (error) {
        hear(world(), mail, error)
        throw error
      } finally {
        if (left !== null) Object.assign(left, { isAccepted: fake.sent.some((other) => other.key === mail.key) })
      }
    },
    hasVisibleDrafts: provider.hasVisibleDrafts,
    looksAt: provider.looksAt,
    holding: provider.holding,
    findDraft: provider.findDraft,
    deleteDraft: provider.deleteDraft,
    strayDrafts: provider.strayDrafts,
    ownAddresses: provider.ownAddresses,
    check: provider.check,
  }
}

/** What an answer tells about the mailbox. */
function hear({ known, app }: World, mail: OutgoingMail, error: unknown): void {
  const mailbox = given(known.mailboxes.get(mail.from.address))
  if (!(error instanceof AppError) || mailbox.isPaused) return
  if (error.code === 'mail.signed_out') mailbox.isSignedOut = true
  if (error.code === 'mail.unreachable' && error.message === 'no connection') mailbox.unreachableAt = app.clock.now()
}

async function doDuring(world: World, at: 'draft' | 'ask'): Promise<void> {
  const next = world.during[0]
  if (next?.at !== at) return
  world.during.shift()
  await world.carryOut(next.deed)
}

function leaves(world: World, mail: OutgoingMail): Leaving {
  const { known, app, file } = world
  const row = rowsOf<{ id: number; campaignId: number; zone: string }>(
    file,
    'SELECT id, campaign_id AS campaignId, zone FROM sends WHERE key = ?',
    mail.key,
  )[0]
  const { id: sendId, campaignId, zone } = given(row)
  const candidate: Candidate = {
    now: app.clock.now(),
    mailbox: mail.from.address,
    key: mail.key,
    to: mail.to.address,
    sendId,
    campaignId,
    zone,
  }
  world.broken.push(...judge(known, candidate))
  const leaving = { ...candidate, at: candidate.now, isAccepted: false, isDenied: false }
  known.leavings.push(leaving)
  return leaving
}

/** Reads the database from outside. */
export function rowsOf<Row>(file: string, sql: string, ...values: unknown[]): Row[] {
  const db = new Database(file, { readonly: true, fileMustExist: true })
  try {
    return db.prepare(sql).all(...values) as Row[]
  } finally {
    db.close()
  }
}

/** True when it was done; an expected refusal (too late, nothing to queue, hours that never open) changes nothing. */
export async function tried(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    if (error instanceof AppError && error.code !== 'internal') return false
    throw error
  }
}

export function given<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('the test lacks what it needs')
  return value
}

/** Carries out commands on a campaign in a real engine, and tells the model of them. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import type { MailProvider, OutgoingMail } from '#electron/mailbox/mail-provider'
import { createSimulatedClock } from '#electron/platform/simulated-clock'
import { MOST_ATTEMPTS } from '#shared/domain/retry'
import { AppError } from '#shared/errors'
import { createFakeInbox, type FakeInbox } from './fake-inbox.ts'
import { createFakeMailbox, type FakeMailbox } from './fake-mailbox.ts'
import { createMemorySecrets } from './memory-secrets.ts'
import { given, rowsOf, tried } from './random-world.ts'
import { answerMail } from './sequence-answers.ts'
import { PEOPLE, type SequenceCommand, type SequenceRun } from './sequence-commands.ts'
import {
  brokenBy,
  type Delay,
  type Fate,
  isOver,
  isPaused,
  isStopped,
  type Model,
  newFate,
  type Someone,
} from './sequence-model.ts'
import { stepsAfter } from './sequence.ts'
import { startTestEngine, type TestEngine } from './start-test-engine.ts'
import { stock, type Stock } from './stock.ts'

type CampaignId = Parameters<TestEngine['api']['campaigns']['get']>[0]['campaignId']

export interface SequenceWorld extends AsyncDisposable {
  /** Another one after a restart. */
  app: TestEngine
  readonly model: Model
  readonly fake: FakeMailbox
  readonly inbox: FakeInbox
  readonly stocked: Stock
  readonly campaignId: CampaignId
  /** Rules broken so far, in words. */
  readonly broken: string[]
  restart(): Promise<void>
}

const DAY = 86_400_000
const OPENS = 9 * 60
const CLOSES = 17 * 60

/** A running campaign on which all commands have been carried out. Dispose of it. */
export async function runSequence(run: SequenceRun): Promise<SequenceWorld> {
  const world = await openWorld(run)
  try {
    for (const command of run.commands) await carryOut(world, command)
    return world
  } catch (error) {
    await world[Symbol.asyncDispose]()
    throw error
  }
}

async function openWorld(run: SequenceRun): Promise<SequenceWorld> {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'pacemail-sequence-'))
  const fake = createFakeMailbox()
  const inbox = createFakeInbox()
  fake.inbox = inbox
  const clock = createSimulatedClock(run.startAt, run.zone)
  const secrets = createMemorySecrets()
  const watching: { world: SequenceWorld | null } = { world: null }
  const mailbox = { ...fake, provider: watched(fake, () => given(watching.world)) }
  const start = (): Promise<TestEngine> =>
    startTestEngine({ dataFolder: folder, secrets, mailbox, clock, seed: run.seed })
  const app = await start()
  const stocked = await stock(app, PEOPLE, {
    zone: run.zone,
    hours: [1, 2, 3, 4, 5, 6, 7].map((day) => (day <= 5 ? [{ from: OPENS, to: CLOSES }] : [])),
    gapMs: { min: 60_000, max: 300_000 },
    hourlyCap: 50,
    dailyCap: 500,
  })
  const { id: campaignId } = await app.api.campaigns.create(planOf(stocked, run.delays))
  const model: Model = {
    zone: run.zone,
    opens: OPENS,
    closes: CLOSES,
    delays: [...run.delays],
    absences: [],
    isCancelled: false,
    pauses: [],
    people: new Map(),
  }
  const world: SequenceWorld = {
    app,
    model,
    fake,
    inbox,
    stocked,
    campaignId,
    broken: [],
    async restart() {
      await world.app.engine.close()
      world.app = await start()
    },
    async [Symbol.asyncDispose]() {
      await world.app.engine.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  watching.world = world
  for (const who of run.first) await addPerson(world, leadOf(world, who))
  await app.api.campaigns.start({ campaignId })
  await idle(world)
  return world
}

function planOf({ templateId, mailboxId }: Stock, delays: readonly Delay[]) {
  const steps = stepsAfter(
    templateId,
    delays.map(({ days }) => days),
  ).map((step, index) => ({ ...step, delay: given(delays[index]) }))
  return { name: 'Spring', steps, mailboxIds: [mailboxId], at: null }
}

/** The fake mailbox, with an eye on every mail in the instant before its first byte. */
function watched(fake: FakeMailbox, world: () => SequenceWorld): MailProvider {
  const { provider } = fake
  return {
    ...provider,
    get proof() {
      return provider.proof
    },
    get reader() {
      return provider.reader
    },
    async sendDraft(draftId, mail, beforeFirstByte, signal) {
      const left: { fate: Fate | null } = { fate: null }
      const ask = (): boolean => {
        if (!beforeFirstByte()) return false
        left.fate = noteAsked(world(), mail)
        return true
      }
      try {
        return await provider.sendDraft(draftId, mail, ask, signal)
      } catch (error) {
        const isFinal = error instanceof AppError && (error.details as { isFinal?: boolean } | undefined)?.isFinal
        if (left.fate) noteRefused(world(), left.fate, isFinal === true)
        throw error
      } finally {
        if (left.fate && fake.sent.some(({ key }) => key === mail.key)) left.fate.accepted = world().app.clock.now()
      }
    },
  }
}

function noteAsked(world: SequenceWorld, mail: OutgoingMail): Fate | null {
  const { app, model } = world
  const row = rowsOf<{ lead: number; step: number }>(
    join(app.dataFolder, 'pacemail.db'),
    'SELECT lead_id AS lead, step FROM sends WHERE key = ?',
    mail.key,
  )[0]
  const { lead, step } = given(row)
  const now = app.clock.now()
  world.broken.push(...brokenBy(model, { lead, step, now }))
  const fate = model.people.get(lead)?.mails[step] ?? null
  fate?.asked.push(now)
  return fate
}

/** Without this mail there are no others: what was to follow it does not. */
function noteRefused({ model }: SequenceWorld, fate: Fate, isFinal: boolean): void {
  if (!isFinal && fate.asked.length < MOST_ATTEMPTS) return
  fate.isRefusedForGood = true
  const mails = [...model.people.values()].find((person) => person.mails.includes(fate))?.mails ?? []
  for (const later of mails.slice(mails.indexOf(fate) + 1)) if (!isOver(later)) later.isDropped = true
}

export async function idle({ app }: SequenceWorld): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
  await app.engine.rooms.sender.idle()
}

async function carryOut(world: SequenceWorld, command: SequenceCommand): Promise<void> {
  const { app, fake } = world
  switch (command.do) {
    case 'run':
      return app.run(command.ms)
    case 'sleep':
      await app.clock.sleepThrough(command.ms, () => idle(world))
      app.engine.clockMayHaveJumped()
      break
    case 'restart':
      await world.restart()
      break
    case 'campaign':
      await moveCampaign(world, command.verb)
      break
    case 'people':
      await movePerson(world, leadOf(world, command.who), command.verb)
      break
    case 'delays':
      await changeDelays(world, command.delays)
      break
    case 'leaveOut':
    case 'move':
      await touchMail(world, command)
      break
    case 'answer':
      await answer(world, command)
      break
    case 'undo':
      await undo(world, command.pick)
      break
    case 'away':
      goAway(world, command.absence)
      break
    case 'moods':
      fake.next.push(...command.moods)
      break
    case 'look':
      fake.isBlind = command.isBlind
  }
  await idle(world)
}

function leadOf({ stocked }: SequenceWorld, who: number): number {
  return given(stocked.leadIds[who])
}

export async function moveCampaign({ app, model, campaignId }: SequenceWorld, verb: 'pause' | 'resume' | 'cancel') {
  await app.api.campaigns[verb]({ campaignId })
  const { status } = await app.api.campaigns.get({ campaignId })
  const now = app.clock.now()
  const last = model.pauses.at(-1)
  if (status === 'cancelled') model.isCancelled = true
  if (status === 'paused' && !isPaused(model.pauses)) model.pauses.push({ from: now, to: null })
  if (status !== 'paused' && last?.to === null) last.to = now
}

async function addPerson(world: SequenceWorld, lead: number): Promise<void> {
  const { app, model, campaignId } = world
  let added = 0
  await tried(async () => {
    added = (await app.api.campaigns.addLeads({ campaignId, selection: { by: 'ids', ids: [lead] as never } })).added
  })
  if (added === 0) return
  if (model.people.has(lead)) world.broken.push(`lead ${lead} was added twice`)
  model.people.set(lead, { mails: model.delays.map(newFate), heard: [], pauses: [], isRemoved: false })
}

export async function movePerson(
  world: SequenceWorld,
  lead: number,
  verb: 'pause' | 'resume' | 'remove' | 'add',
): Promise<void> {
  if (verb === 'add') return addPerson(world, lead)
  const { app, model, campaignId } = world
  const person = model.people.get(lead)
  const leadIds = [lead] as never
  const { changed } = await app.api.campaigns[`${verb}People`]({ campaignId, leadIds })
  if (!person) {
    if (changed > 0) world.broken.push(`lead ${lead} is not in it, and was changed`)
    return
  }
  if (verb === 'remove' && changed === 0 && isRunning(model, person)) {
    world.broken.push(`lead ${lead} could not be taken out`)
  }
  if (changed === 0) return
  const now = app.clock.now()
  const last = person.pauses.at(-1)
  if (verb === 'remove') person.isRemoved = true
  if (verb === 'pause') person.pauses.push({ from: now, to: null })
  else if (last?.to === null) last.to = now
}

export function isRunning(model: Model, person: Someone): boolean {
  return !isStopped(model, person) && !person.mails.every(isOver)
}

async function changeDelays(world: SequenceWorld, delays: readonly Delay[]): Promise<void> {
  const { app, model, campaignId, stocked } = world
  const isDone = await tried(() => app.api.campaigns.change({ campaignId, ...planOf(stocked, delays) }))
  if (!isDone) return
  const before = model.delays.length
  for (const person of model.people.values()) {
    const isIn = isRunning(model, person)
    // A step that is dropped stays dropped for whoever had it, also when another one takes its place.
    for (const fate of person.mails.slice(delays.length)) if (!isOver(fate)) fate.isDropped = true
    for (let step = before; step < delays.length; step += 1) {
      person.mails[step] ??= { ...newFate(), isDropped: !isIn }
    }
  }
  model.delays = [...delays]
}

async function touchMail(world: SequenceWorld, command: SequenceCommand & { do: 'leaveOut' | 'move' }): Promise<void> {
  const { app, model } = world
  const { rows } = await app.api.sends.list({ status: ['pending'] })
  const chosen = rows[command.pick % Math.max(1, rows.length)]
  if (!chosen) return
  const selection = { by: 'ids' as const, ids: [chosen.id] }
  const person = given(model.people.get(chosen.leadId))
  const fate = given(person.mails[chosen.step])
  const now = app.clock.now()
  if (command.do === 'leaveOut') {
    const { changed } = await app.api.sends.leaveOut({ selection })
    if (changed === 1) fate.leftOut = now
    return
  }
  const local = Temporal.Instant.fromEpochMilliseconds(now + command.aheadMs).toZonedDateTimeISO(model.zone)
  const to = local.round({ smallestUnit: 'minute', roundingMode: 'ceil' })
  const at = { local: to.toPlainDateTime().toString().slice(0, 16), zone: model.zone }
  const isDone = await tried(() => app.api.sends.reschedule({ selection, at }))
  const isEarly = !person.mails.slice(0, chosen.step).every(isOver)
  if (isDone) fate.moved = { to: to.epochMilliseconds, at: now, isEarly }
}

async function answer(world: SequenceWorld, command: SequenceCommand & { do: 'answer' }): Promise<void> {
  const { app, fake, inbox, model, stocked } = world
  const lead = leadOf(world, command.who)
  const address = `p${command.who + 1}@company${command.who + 1}.example`
  const last = fake.sent.findLast(({ to }) => to.address === address)
  if (!last) return
  const before = (await app.api.incoming.list({})).total
  const now = app.clock.now()
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(model.zone).toPlainDate()
  const backOn = today.add({ days: command.backInDays })
  inbox.receive(answerMail({ address, key: last.key, answer: command.answer, now, backOn }))
  await app.api.mailboxes.readNow({ mailboxId: stocked.mailboxId })
  const { rows, total } = await app.api.incoming.list({})
  const row = rows.toSorted((a, b) => b.id - a.id)[0]
  if (total === before || !row) {
    world.broken.push(`what lead ${lead} has ${command.answer} was not heard`)
    return
  }
  if (row.verdict !== command.answer) world.broken.push(`${command.answer} was read as ${row.verdict}`)
  const isAway = command.answer === 'auto_replied'
  given(model.people.get(lead)).heard.push({
    answer: command.answer,
    backOn: isAway ? backOn.toString() : null,
    at: now,
    id: row.id,
    isUndone: false,
  })
}

async function undo({ app, model }: SequenceWorld, pick: number): Promise<void> {
  const heard = [...model.people.values()].flatMap((person) => person.heard).filter(({ isUndone }) => !isUndone)
  const chosen = heard[pick % Math.max(1, heard.length)]
  if (!chosen) return
  await app.api.incoming.undo({ incomingId: chosen.id })
  chosen.isUndone = true
}

function goAway({ app, model }: SequenceWorld, absence: { inDays: number; days: number } | null): void {
  const today = Temporal.Instant.fromEpochMilliseconds(app.clock.now()).toZonedDateTimeISO(model.zone).toPlainDate()
  const from = today.add({ days: absence?.inDays ?? 0 })
  const to = from.add({ days: (absence?.days ?? 1) - 1 })
  model.absences = absence ? [{ from: from.toString(), to: to.toString() }] : []
  app.engine.rooms.away.save(model.absences.map((each) => ({ ...each, stopBeforeDays: 0 })))
}

/** From now on nothing is in the way: whatever may still go goes. */
export async function runToTheEnd(world: SequenceWorld): Promise<void> {
  const { app, fake, model } = world
  fake.next.length = 0
  fake.isBlind = false
  for (const lead of model.people.keys()) await movePerson(world, lead, 'resume')
  if (!model.isCancelled) await moveCampaign(world, 'resume')
  for (const { listId } of await app.api.leads.heldLists({})) await app.api.leads.releaseList({ listId })
  await idle(world)
  for (let round = 0; round < 3; round += 1) {
    await app.runOut()
    await app.run(DAY)
  }
}

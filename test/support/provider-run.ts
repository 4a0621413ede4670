/** Carries out a random run at a real mailbox, brings it to an end, and looks at what came of it. */
import type { PacemailClient } from '#shared/contract/index'
import type { Policy } from '#shared/domain/policy'
import { AppError } from '#shared/errors'
import { audit } from './crash-audit.ts'
import { cameBack } from './incoming-mail.ts'
import type { Command, LimitsName, ProviderRun } from './provider-commands.ts'
import { type Template, USUAL_LIMITS } from './provider-template.ts'
import { ALWAYS, policyWith } from './start-test-engine.ts'
import { openWorld, type ProviderWorld } from './provider-world.ts'
import { rowsOf } from './random-world.ts'

type SendId = Parameters<PacemailClient['sends']['settle']>[0]['sendId']

export interface SendRow {
  readonly id: SendId
  readonly key: string
  readonly status: string
  readonly stage: string | null
  readonly campaignId: number
  readonly leadId: number
  readonly draftId: string | null
  readonly failureCode: string | null
}

/** A run that has come to its end, with what only the rep knows. Dispose of its world. */
export interface Ended {
  readonly world: ProviderWorld
  /** Sends that are `sent` on the rep's word alone. */
  readonly trusted: ReadonlySet<number>
  /** Keys of mails that the rep says were not sent, and has sent anew. */
  readonly denied: ReadonlySet<string>
  /** Keys whose draft somebody worked on in the provider's own page. */
  readonly handled: ReadonlySet<string>
  /** Keys of mails that somebody answered. */
  readonly answered: ReadonlySet<string>
  /** Exchange has sent what was deleted: its text may be another one than the send has by now. */
  readonly sentDeleted: boolean
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

export async function runProvider(template: Template, run: ProviderRun): Promise<Ended> {
  const world = await openWorld(template, run)
  const book: Book = {
    presses: 0,
    edits: 0,
    trusted: new Set(),
    denied: new Set(),
    handled: new Set(),
    answered: new Set(),
    sentDeleted: false,
  }
  try {
    for (const command of run.commands) {
      world.story.push(JSON.stringify(command))
      await carryOut(world, book, command)
      await world.settle()
    }
    await comeToAnEnd(world)
    return { world, ...book }
  } catch (error) {
    await world[Symbol.asyncDispose]()
    throw error
  }
}

interface Book {
  presses: number
  edits: number
  readonly trusted: Set<number>
  readonly denied: Set<string>
  readonly handled: Set<string>
  readonly answered: Set<string>
  sentDeleted: boolean
}

export function sendsOf(world: ProviderWorld): SendRow[] {
  return rowsOf<SendRow>(
    world.file,
    `SELECT id, key, status, stage, campaign_id AS campaignId, lead_id AS leadId, draft_id AS draftId,
       failure_code AS failureCode FROM sends ORDER BY id`,
  )
}

async function carryOut(world: ProviderWorld, book: Book, command: Command): Promise<void> {
  const { place, goods } = world
  const { api } = world.app
  switch (command.do) {
    case 'dispatch':
      book.presses += 1
      return dispatch(world, command.leads, `press number ${book.presses}`)
    case 'moods':
      return command.moods.forEach((mood) => place.next(command.operation, mood))
    case 'holds':
      return void world.holds.push(...command.deeds)
    case 'die':
      world.dies = { at: command.at, hit: command.hit }
      return
    case 'run':
      return world.run(command.ms)
    case 'sleep':
      return world.sleep(command.ms)
    case 'kill':
      return world.kill()
    case 'restart':
      return world.restart()
    case 'app':
      return void (await api.app[command.verb]({}))
    case 'mailbox':
      return void (await api.mailboxes[command.verb]({ mailboxId: goods.mailboxId }))
    case 'campaign': {
      const chosen = picked(await api.campaigns.list({}), command.pick)
      if (chosen) await api.campaigns[command.verb]({ campaignId: chosen.id })
      return
    }
    case 'expire tokens':
      return place.expireTokens()
    case 'revoke':
      return place.revoke()
    case 'sign in':
      return world.signInAgain()
    case 'quirk':
      if (command.name === 'sends what was deleted') book.sentDeleted = true
      return place.quirk(command.name)
    case 'limits':
      return changeLimits(world, command.are)
    case 'hand over':
      return handOver(world, command)
    case 'answer':
      return comeBack(world, book, command)
    default:
      return onSend(world, book, command)
  }
}

async function dispatch(world: ProviderWorld, leads: readonly number[], requestKey: string): Promise<void> {
  const { templateId, mailboxId, leadIds } = world.goods
  const ids = leads.map((lead) => leadIds[lead]) as never
  await tried(() =>
    world.app.api.dispatch.queue({
      selection: { by: 'ids', ids },
      templateId,
      mailboxId,
      at: null,
      priority: 1,
      useLeadZone: false,
      requestKey,
      acceptsFailedChecks: true,
    }),
  )
}

const LIMITS: Record<LimitsName, Partial<Policy>> = {
  usual: {},
  slow: { gapMs: { min: 6 * MINUTE, max: 16 * MINUTE } },
  tight: { gapMs: { min: 6 * MINUTE, max: 16 * MINUTE }, hourlyCap: 2 },
  closed: { hours: ALWAYS.map((day, index) => (index === 0 ? [{ from: 0, to: 9 * 60 + 10 }] : day)) },
}

async function changeLimits({ app, goods }: ProviderWorld, are: LimitsName): Promise<void> {
  const policy = policyWith({ ...USUAL_LIMITS, ...LIMITS[are] })
  await app.api.mailboxes.savePolicy({ mailboxId: goods.mailboxId, policy })
}

/** On the button, or because the machine goes to sleep. */
async function handOver(world: ProviderWorld, { by, count }: Extract<Command, { do: 'hand over' }>): Promise<void> {
  const { api, engine } = world.app
  const { mailboxId } = world.goods
  if (by === 'button') return inTheBackground(world, () => api.mailboxes.handOver({ mailboxId, count }))
  await api.mailboxes.saveHandOver({ mailboxId, count })
  engine.goingToSleep()
}

/** What asks the provider may be kept waiting, or die meanwhile. */
async function inTheBackground(world: ProviderWorld, work: () => Promise<unknown>): Promise<void> {
  const asked = work().catch(() => null)
  await world.settle()
  await asked
}

async function comeBack(
  { place, clock }: ProviderWorld,
  { answered }: Book,
  { what, pick }: Extract<Command, { do: 'answer' }>,
): Promise<void> {
  const mail = picked(place.left(), pick)
  if (mail === undefined) return
  await place.receive(cameBack(what, { ...mail, at: clock.now() }))
  if (what === 'reply') answered.add(mail.key)
}

/** The campaign of a mail takes another text. */
async function edit(world: ProviderWorld, book: Book, campaignId: number): Promise<void> {
  const { api } = world.app
  const { templateId, mailboxId } = world.goods
  book.edits += 1
  const content = { subject: `Text ${book.edits}`, body: 'Another text.', format: 'plain' } as const
  await api.templates.save({ templateId, name: 'Hello', content })
  const id = campaignId as never
  await tried(async () => {
    const [first] = (await api.campaigns.get({ campaignId: id })).steps
    const steps = [{ delay: first!.delay, threading: first!.threading, templateIds: [templateId] }]
    await api.campaigns.change({ campaignId: id, name: 'Spring', steps, mailboxIds: [mailboxId], at: null })
  })
}

type OnSend = Extract<Command, { do: 'cancel' | 'retry' | 'settle' | 'hand' | 'edit' }>

async function onSend(world: ProviderWorld, book: Book, command: OnSend): Promise<void> {
  const { api } = world.app
  const among = (...statuses: readonly string[]): SendRow | undefined =>
    picked(
      sendsOf(world).filter(({ status }) => statuses.includes(status)),
      command.pick,
    )
  if (command.do === 'hand') {
    const { draftId, key } = among('pending', 'processing', 'uncertain') ?? {}
    if (!draftId || key === undefined) return
    world.touched.add(draftId)
    if (await world.place.byHand(command.deed, draftId)) book.handled.add(key)
    return
  }
  if (command.do === 'edit') {
    const { campaignId } = among('pending', 'processing', 'uncertain') ?? {}
    if (campaignId !== undefined) await edit(world, book, campaignId)
    return
  }
  const chosen = among(...{ cancel: ['pending', 'processing'], retry: ['failed'], settle: ['uncertain'] }[command.do])
  if (chosen === undefined) return
  const selection = { by: 'ids' as const, ids: [chosen.id] }
  if (command.do === 'cancel') await inTheBackground(world, () => api.sends.cancel({ selection }))
  if (command.do === 'retry') await api.sends.retry({ selection })
  if (command.do !== 'settle') return
  await api.sends.settle({ sendId: chosen.id, wasSent: command.wasSent })
  if (command.wasSent) book.trusted.add(chosen.id)
  else book.denied.add(chosen.key)
}

/** From now on the provider is well, the rep has signed in and nothing is paused; then more than a day goes by, twice. */
async function comeToAnEnd(world: ProviderWorld): Promise<void> {
  const { place, goods } = world
  world.story.push('the end begins')
  world.holds.length = 0
  world.dies = null
  await place.heal()
  await world.settle()
  await place.heal()
  const { api } = world.app
  await world.signInAgain()
  await changeLimits(world, 'usual')
  await api.app.resume({})
  await api.mailboxes.resume({ mailboxId: goods.mailboxId })
  for (const { id } of await api.campaigns.list({})) await api.campaigns.resume({ campaignId: id })
  await world.settle()
  await world.run(16 * MINUTE)
  for (let day = 0; day < 2; day += 1) {
    await world.sleep(25 * HOUR)
    await world.run(4 * MINUTE)
  }
}

/** What is wrong, in words; empty is what a test wants. */
export function problemsOf({
  world,
  trusted,
  denied,
  handled,
  sentDeleted = false,
}: Pick<Ended, 'world' | 'trusted' | 'denied' | 'handled'> & { readonly sentDeleted?: boolean }): string[] {
  const { place, file, mayRead } = world
  const sends = sendsOf(world)
  const left = place.left()
  const wanted = left.filter(({ key }) => !denied.has(key))
  const leftKeys = new Set(left.map(({ key }) => key))
  const byKey = new Map(sends.map((send) => [send.key, send]))
  // Ended here, and sent there by the rep's own hand, or by an Exchange that sends what was deleted.
  const isEnded = (key: string): boolean => ['cancelled', 'skipped'].includes(byKey.get(key)?.status ?? '')
  const isExplained = (key: string): boolean => (handled.has(key) || sentDeleted) && isEnded(key)
  const arrived = wanted.filter(({ key }) => !isExplained(key))
  const { problems } = audit(file, arrived, { mayRepeatAddress: true, trusted })
  // Two places that the product does not tidy yet: drafts under the key that a mail had before it was sent anew, and the
  // mailbox that may not be read.
  const isExcused = (key: string): boolean => denied.has(key) || !mayRead
  const people = wanted.map(({ key }) => `lead ${byKey.get(key)?.leadId} of campaign ${byKey.get(key)?.campaignId}`)
  const strays = place.draftKeys().filter((key) => !isExcused(key) && byKey.get(key)?.status !== 'uncertain')
  const unseen = sends.filter(({ status }) => status === 'pending' || status === 'processing')
  const doubts = sends.filter(({ status }) => status === 'uncertain')
  const isProvable = ({ key, draftId }: SendRow): boolean =>
    (leftKeys.has(key) && mayRead) || (draftId !== null && place.hasDraft(draftId) && !handled.has(key))
  return [
    ...problems,
    ...people.filter((name, index) => people.indexOf(name) !== index).map((name) => `${name}: twice`),
    ...strays.map((key) => `a draft of ours lies about: ${key} of send ${byKey.get(key)?.id}`),
    ...unseen.map(({ id, status, stage }) => `send ${id} is still ${stage ?? status}`),
    ...doubts
      .filter((send) => send.failureCode === null)
      .map(({ id }) => `send ${id} is uncertain and nobody says why`),
    ...doubts
      .filter(isProvable)
      .map(({ id }) => `send ${id} is uncertain although the mailbox shows what became of it`),
    ...sends
      .filter(({ status, failureCode }) => status === 'failed' && failureCode === null)
      .map(({ id }) => `send ${id} failed and nobody says why`),
  ]
}

/** What left is the text that the send has, and whoever answered is known to have. */
export function furtherProblemsOf({ world, denied, handled, answered, sentDeleted }: Ended): string[] {
  const { place, file, mayRead } = world
  const rows = rowsOf<{ id: number; key: string; status: string; subject: string; contact: string }>(
    file,
    `SELECT sends.id, key, status, subject, contact FROM sends JOIN send_bodies ON send_bodies.send_id = sends.id
       JOIN leads ON leads.id = sends.lead_id`,
  )
  const byKey = new Map(rows.map((row) => [row.key, row]))
  const others = sentDeleted
    ? []
    : place.left().filter(({ key, raw }) => {
        const send = byKey.get(key)
        return send?.status === 'sent' && !handled.has(key) && !raw.includes(`Subject: ${send.subject}\r\n`)
      })
  const missed = [...answered].filter((key) => {
    const send = byKey.get(key)
    return mayRead && send?.status === 'sent' && !denied.has(key) && send.contact === 'none'
  })
  return [
    ...others.map(({ key }) => `send ${byKey.get(key)?.id} left with another text than it has`),
    ...missed.map((key) => `send ${byKey.get(key)?.id} was answered, and its lead is as before`),
  ]
}

function picked<T>(all: readonly T[], pick: number): T | undefined {
  return all[pick % Math.max(1, all.length)]
}

/** A refusal that is to be expected (nobody to write to, too late) changes nothing. */
async function tried(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'internal') throw error
  }
}

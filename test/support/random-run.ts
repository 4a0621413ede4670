/** Carries out commands on a world, and keeps the book of what the rep has said. */
import type { PacemailClient } from '#shared/contract/index'
import type { Beginning, Command, Deed, RandomRun } from './random-commands.ts'
import { addressOfLead, ADDRESSES, createWorld, given, rowsOf, tried, type World } from './random-world.ts'

type Ids = Parameters<PacemailClient['sends']['cancel']>[0]['selection'] & { by: 'ids' }

/** A world in which all commands have been carried out. Dispose of it. */
export async function runCommands({ beginning, commands }: RandomRun): Promise<World> {
  const world = await openWorld(beginning)
  try {
    for (const command of commands) await carryOut(world, command)
    return world
  } catch (error) {
    await world[Symbol.asyncDispose]()
    throw error
  }
}

async function openWorld(beginning: Beginning): Promise<World> {
  const world = await createWorld(beginning)
  world.carryOut = (deed) => carryOutDeed(world, deed)
  return world
}

const settled = (world: World) => (): Promise<void> => idle(world)

export async function idle({ app }: World): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
  await app.engine.rooms.sender.idle()
}

async function carryOut(world: World, command: Command): Promise<void> {
  const { app, known, fake } = world
  switch (command.do) {
    case 'dispatch':
      return dispatchTo(world, command)
    case 'policy':
      return savePolicy(world, command)
    case 'moods':
      fake.next.push(...command.moods)
      return
    case 'look':
      fake.canProve = command.canProve
      fake.isBlind = command.isBlind
      return
    case 'run':
      return app.clock.advance(command.ms, settled(world))
    case 'sleep':
      await app.clock.sleepThrough(command.ms, settled(world))
      app.engine.clockMayHaveJumped()
      return idle(world)
    case 'jump':
      return jump(world, command.byMs)
    case 'travel':
      app.clock.travel(command.zone)
      known.machineZone = command.zone
      app.engine.clockMayHaveJumped()
      return idle(world)
    case 'restart':
      await world.restart()
      return idle(world)
    case 'during':
      world.during.push(command)
      return
    default:
      await carryOutDeed(world, command)
      return idle(world)
  }
}

/** What seems to lie in the future counts as just now. */
async function jump(world: World, byMs: number): Promise<void> {
  const { app, known } = world
  const now = app.clock.now() + byMs
  app.clock.set(now)
  for (const leaving of known.leavings) leaving.at = Math.min(leaving.at, now)
  for (const [to, touches] of known.touches)
    known.touches.set(
      to,
      touches.map((at) => Math.min(at, now)),
    )
  for (const mailbox of known.mailboxes.values()) {
    if (mailbox.unreachableAt !== null && mailbox.unreachableAt > now) mailbox.unreachableAt = null
  }
  app.engine.clockMayHaveJumped()
  await idle(world)
}

async function dispatchTo(world: World, command: Command & { do: 'dispatch' }): Promise<void> {
  const { app } = world
  const { ahead } = command
  const at = ahead && {
    local: localTime(app.clock.now() + ahead.minutes * 60_000, ahead.zone),
    zone: ahead.zone,
  }
  await tried(async () => {
    const { queued } = await app.api.dispatch.queue({
      selection: { by: 'ids', ids: command.leads.map((lead) => given(world.leadIds[lead])) },
      templateId: world.templateId,
      mailboxId: given(world.mailboxIds[command.mailbox]),
      at,
      priority: command.priority,
      useLeadZone: command.useLeadZone,
      requestKey: `press number ${world.queued} at ${app.clock.monotonic()}`,
      name: '',
      acceptsFailedChecks: true,
    })
    world.queued += queued
  })
  await idle(world)
}

async function savePolicy(world: World, { mailbox, policy }: Command & { do: 'policy' }): Promise<void> {
  const mailboxId = given(world.mailboxIds[mailbox])
  const isSaved = await tried(() => world.app.api.mailboxes.savePolicy({ mailboxId, policy }))
  if (isSaved) given(world.known.mailboxes.get(given(ADDRESSES[mailbox]))).policy = policy
  await idle(world)
}

async function carryOutDeed(world: World, deed: Deed): Promise<void> {
  const { app, known } = world
  switch (deed.do) {
    case 'app':
      await app.api.app[deed.verb]({})
      known.isAppPaused = deed.verb === 'pause'
      return
    case 'campaign':
      return moveCampaign(world, deed)
    case 'mailbox':
      return moveMailbox(world, deed)
    case 'cancel':
      return onSends(world, deed.picks, ['pending', 'processing'], (selection) => app.api.sends.cancel({ selection }))
    case 'prioritise':
      return onSends(world, deed.picks, ['pending'], (selection) =>
        app.api.sends.prioritise({ selection, priority: deed.priority }),
      )
    case 'retry':
      await onSends(world, deed.picks, ['failed'], (selection) => app.api.sends.retry({ selection }))
      return noteReopened(world)
    case 'settle':
      return settle(world, deed)
    case 'suppress':
      return suppress(world, deed)
    case 'review':
      return judgeLead(world, deed)
    case 'remove':
      return remove(world, deed.lead)
  }
}

async function moveCampaign(world: World, deed: Deed & { do: 'campaign' }): Promise<void> {
  const { app, known } = world
  const campaigns = (await app.api.campaigns.list({})).filter((other) => other.progress.total > 0)
  const chosen = campaigns[deed.pick % Math.max(1, campaigns.length)]
  if (!chosen) return
  await app.api.campaigns[deed.verb]({ campaignId: chosen.id })
  const { status } = await app.api.campaigns.get({ campaignId: chosen.id })
  if (deed.verb !== 'resume') known.stoppedCampaigns.add(chosen.id)
  else if (status !== 'cancelled') known.stoppedCampaigns.delete(chosen.id)
}

/** Having a mail sent again takes back that its campaign was cancelled. */
async function noteReopened({ app, known }: World): Promise<void> {
  for (const campaignId of known.stoppedCampaigns) {
    const { status } = await app.api.campaigns.get({ campaignId })
    if (status === 'active') known.stoppedCampaigns.delete(campaignId)
  }
}

async function moveMailbox(world: World, deed: Deed & { do: 'mailbox' }): Promise<void> {
  const mailboxId = given(world.mailboxIds[deed.mailbox])
  await world.app.api.mailboxes[deed.verb]({ mailboxId })
  const known = given(world.known.mailboxes.get(given(ADDRESSES[deed.mailbox])))
  known.isPaused = deed.verb === 'pause'
  known.isSignedOut = false
  known.unreachableAt = null
}

async function onSends(
  world: World,
  picks: readonly number[],
  status: ('pending' | 'processing' | 'failed')[],
  act: (selection: Ids) => Promise<unknown>,
): Promise<void> {
  const { rows } = await world.app.api.sends.list({ status, limit: 500 })
  const ids = new Set(picks.flatMap((pick) => (rows.length > 0 ? [given(rows[pick % rows.length]).id] : [])))
  if (ids.size > 0) await act({ by: 'ids', ids: [...ids] })
}

async function settle(world: World, { pick, wasSent }: Deed & { do: 'settle' }): Promise<void> {
  const { rows } = await world.app.api.sends.list({ status: ['uncertain'], limit: 500 })
  const chosen = rows[pick % Math.max(1, rows.length)]
  if (!chosen || !(await tried(() => world.app.api.sends.settle({ sendId: chosen.id, wasSent })))) return
  await noteReopened(world)
  if (wasSent) world.trusted.add(chosen.id)
  for (const leaving of world.known.leavings) if (leaving.sendId === chosen.id && !wasSent) leaving.isDenied = true
}

async function suppress(world: World, { lead, by }: Deed & { do: 'suppress' }): Promise<void> {
  const to = addressOfLead(lead)
  const { api } = world.app
  // A lead that was removed is not there to be suppressed.
  if (by === 'lead' && !(await tried(() => api.leads.doNotContact({ leadId: given(world.leadIds[lead]) })))) return
  if (by !== 'lead') await api.suppressions.add({ values: [by === 'address' ? to : `@${given(to.split('@')[1])}`] })
  world.known.unwanted.set(to, 'suppressed')
}

async function judgeLead(world: World, { lead, review }: Deed & { do: 'review' }): Promise<void> {
  const to = addressOfLead(lead)
  const ids = [given(world.leadIds[lead])]
  await world.app.api.leads.review({ selection: { by: 'ids', ids }, review })
  const known = world.known.unwanted.get(to)
  if (review === 'rejected' && known === undefined) world.known.unwanted.set(to, 'rejected')
  if (review === 'approved' && known === 'rejected') world.known.unwanted.delete(to)
}

async function remove(world: World, lead: number): Promise<void> {
  const ids = [given(world.leadIds[lead])]
  const { changed } = await world.app.api.leads.remove({ selection: { by: 'ids', ids } })
  if (changed === 1) world.known.unwanted.set(addressOfLead(lead), 'removed')
}

function localTime(at: number, zone: string): string {
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(at)
  return text.replace(' ', 'T')
}

/** How many sends there are, from the database. */
export function countSends(world: World): number {
  // No key of ours has a dash: it is base32.
  return rowsOf<{ n: number }>(world.file, "SELECT count(*) AS n FROM sends WHERE key NOT LIKE 'old-%'")[0]?.n ?? 0
}

/** Longer than any gap or cap holds a mailbox, ms. */
const LONGEST_PACE = 25 * 3_600_000

/** What was foretold for one waiting send. */
export interface Foretold {
  readonly id: number
  /** Epoch ms; null: it depends on the rep, or it will be skipped. */
  readonly at: number | null
  readonly skip: string | null
  readonly scheduledAt: number | null
}

/** From now on the rep is away and every mailbox works; what was in doubt has been looked up as far as it can be. */
export async function comeToRest(world: World): Promise<void> {
  const { app, fake } = world
  fake.next.length = 0
  world.during.length = 0
  fake.isBlind = false
  await carryOutDeed(world, { do: 'app', verb: 'resume' })
  for (const index of world.mailboxIds.keys())
    await carryOutDeed(world, { do: 'mailbox', verb: 'resume', mailbox: index })
  await idle(world)
  await app.clock.advance(2 * 60_000, settled(world))
}

export async function foretell(world: World): Promise<Foretold[]> {
  const { rows } = await world.app.api.sends.list({ status: ['pending'], limit: 500 })
  return rows.map(({ id, wait, scheduledAt }) => {
    const { at, willSkip } = given(wait)
    return { id, at, skip: willSkip, scheduledAt }
  })
}

/** From one planned moment to the next, until nothing is planned; then past every date of the rep and the longest pace. */
export async function runToTheEnd(world: World, foretold: readonly Foretold[]): Promise<void> {
  const { app } = world
  const moveTo = async (moment: number): Promise<void> => {
    // Awake for as long as a rule may still change its mind, asleep for the rest of a long wait.
    await app.clock.advance(Math.max(0, Math.min(LONGEST_PACE, moment - app.clock.now())), settled(world))
    await app.clock.sleepThrough(Math.max(0, moment - app.clock.now()), settled(world))
    await idle(world)
  }
  for (let step = 0; step < 500; step += 1) {
    const { nextSendAt } = app.engine.rooms.app.status()
    if (nextSendAt === null) {
      return moveTo(Math.max(app.clock.now(), ...foretold.map((send) => send.scheduledAt ?? 0)) + LONGEST_PACE)
    }
    await moveTo(nextSendAt)
  }
  throw new Error('the plan does not come to an end')
}

/** What the rep does and what people answer: carried out in the product, and told to the model. */
import { Temporal } from 'temporal-polyfill'
import { given, rowsOf, tried } from './random-world.ts'
import { answerMail } from './sequence-answers.ts'
import type { Beginning, SequenceCommand } from './sequence-commands.ts'
import {
  allMails,
  type Answer,
  type Campaign,
  type Delay,
  type Enrolment,
  followersOf,
  isOver,
  isPaused,
  isStopped,
  type Mail,
  type Model,
  newMail,
  type Person,
  type Placed,
  standing,
  stopsOf,
  type WhyNot,
} from './sequence-model.ts'
import { obstacleOf } from './sequence-why-not.ts'
import type { SequenceWorld } from './sequence-world.ts'
import { stepsAfter } from './sequence.ts'

const HOUR = 3_600_000

type Deed<K extends SequenceCommand['do']> = SequenceCommand & { readonly do: K }

/** The rep presses; when the process dies under their hand they start it again and press once more. */
export async function press<T>(world: SequenceWorld, work: () => Promise<T>): Promise<T> {
  const result = await work()
  if (!world.isDead()) return result
  await world.settle()
  return work()
}

export function leadOf({ model }: SequenceWorld, who: number): number {
  const leads = [...model.people.keys()]
  return given(leads[who % leads.length])
}

export function campaignOf({ model: { campaigns } }: SequenceWorld, which: number): Campaign | null {
  return campaigns[which % Math.max(1, campaigns.length)] ?? null
}

function planOf(
  { stocked: { templateId }, mailboxIds }: SequenceWorld,
  { delays, priority, missed }: Pick<Campaign, 'delays' | 'priority' | 'missed'>,
) {
  const steps = stepsAfter(
    templateId,
    delays.map(({ days }) => days),
  ).map((step, index) => ({ ...step, delay: given(delays[index]) }))
  const expiresAfterHours = missed.rule === 'expire' ? missed.afterMs / HOUR : null
  return {
    name: 'Spring',
    steps,
    mailboxIds: [...mailboxIds],
    at: null,
    priority,
    missed: missed.rule,
    expiresAfterHours,
  }
}

/** The second campaign is the last. */
export async function begin(world: SequenceWorld, plan: Beginning): Promise<void> {
  const { app, model, clock } = world
  if (model.campaigns.length > 1) return
  const leads = [...new Set(plan.who.map((who) => leadOf(world, who)))]
  const { delays, priority, expiresAfterHours } = plan
  const missed =
    plan.missed === 'expire'
      ? ({ rule: plan.missed, afterMs: expiresAfterHours * HOUR } as const)
      : ({ rule: plan.missed } as const)
  const order = { delays: [...delays], priority, missed }
  const { id: campaignId } = await app.api.campaigns.create(planOf(world, order))
  await app.api.campaigns.addLeads({ campaignId, selection: { by: 'ids', ids: leads } })
  const campaign: Campaign = {
    id: campaignId,
    ...order,
    isCancelled: false,
    pauses: [],
    people: new Map(),
  }
  const wanted = leads.filter((lead) => obstacleOf(model, lead, clock.now()) === null)
  await expectObstacles(world, leads, async () => (await app.api.campaigns.check({ campaignId })).obstacles)
  model.campaigns.push(campaign)
  for (const lead of wanted) enrol(campaign, lead)
  const isStarted = await tried(() => press(world, () => start(world, campaignId)))
  if (isStarted !== wanted.length > 0)
    world.broken.push(`campaign ${campaignId} was started with ${wanted.length} people`)
  if (!isStarted) model.campaigns.pop()
}

async function start({ app }: SequenceWorld, campaignId: number): Promise<void> {
  const which = { campaignId: campaignId as never }
  if ((await app.api.campaigns.get(which)).status === 'draft') await app.api.campaigns.start(which)
}

function enrol(campaign: Campaign, lead: number): void {
  campaign.people.set(lead, { lead, mailbox: null, mails: campaign.delays.map(newMail), pauses: [], isRemoved: false })
}

type Shown = readonly { readonly leadId: number; readonly reason: string }[]

/** Who is left out, and why: the product says the same beforehand. */
async function expectObstacles(
  world: SequenceWorld,
  leads: readonly number[],
  ask: () => Promise<Shown>,
): Promise<void> {
  const { model, clock, broken } = world
  const shown = new Map<number, string>((await ask()).map(({ leadId, reason }) => [leadId, reason]))
  for (const lead of leads) {
    const expected = obstacleOf(model, lead, clock.now())
    const said = shown.get(lead) ?? null
    if (said !== expected) broken.push(`lead ${lead} is kept out by ${said}, not by ${expected}`)
  }
}

export async function addPeople(world: SequenceWorld, campaign: Campaign, leads: readonly number[]): Promise<void> {
  const { app, model, clock } = world
  const which = { campaignId: campaign.id as never, selection: { by: 'ids' as const, ids: leads as never } }
  const news = leads.filter((lead) => !campaign.people.has(lead))
  if (news.length === 0 || campaign.isCancelled) {
    await tried(() => app.api.campaigns.addLeads(which))
    return
  }
  await expectObstacles(world, news, async () => (await app.api.campaigns.checkLeads(which)).obstacles)
  const wanted = news.filter((lead) => obstacleOf(model, lead, clock.now()) === null)
  for (const lead of wanted) enrol(campaign, lead)
  await press(world, () => world.app.api.campaigns.addLeads(which))
}

export async function moveCampaign(world: SequenceWorld, campaign: Campaign, verb: 'pause' | 'resume' | 'cancel') {
  const which = { campaignId: campaign.id as never }
  const before = await world.app.api.campaigns.get(which)
  const now = world.clock.now()
  const isMoved = verb === 'cancel' || before.status === (verb === 'pause' ? 'active' : 'paused')
  const last = campaign.pauses.at(-1)
  if (verb === 'pause' && isMoved) campaign.pauses.push({ from: now, to: null })
  if (verb === 'resume' && last?.to === null) last.to = now
  if (verb === 'cancel') {
    const waiting = mailsOf(world.model, ({ campaign: its, mail }) => its === campaign && !isOver(mail))
    // One that has ended stays as it is.
    campaign.isCancelled ||= before.status !== 'completed' || waiting.length > 0
    for (const mail of waiting) endMail(mail, 'cancelled', now)
  }
  await press(world, async () => void (await world.app.api.campaigns[verb](which)))
}

export function mailsOf(model: Model, isMeant: (placed: Placed) => boolean): Mail[] {
  return [...allMails(model)].filter(isMeant).map(({ mail }) => mail)
}

export function endMail(mail: Mail, why: WhyNot, at: number): void {
  if (!isOver(mail)) mail.over = { why, at }
}

export async function movePerson(
  world: SequenceWorld,
  { campaign, lead, verb }: { campaign: Campaign; lead: number; verb: 'pause' | 'resume' | 'remove' },
): Promise<void> {
  const { model, clock } = world
  const enrolment = campaign.people.get(lead)
  const person = given(model.people.get(lead))
  const now = clock.now()
  if (enrolment && isRunning({ campaign, enrolment, person })) {
    const last = enrolment.pauses.at(-1)
    if (verb === 'pause' && !isPaused(enrolment.pauses)) enrolment.pauses.push({ from: now, to: null })
    if (verb === 'resume' && last?.to === null) last.to = now
    if (verb === 'remove') {
      enrolment.isRemoved = true
      for (const mail of enrolment.mails) endMail(mail, 'cancelled', now)
    }
  }
  const who = { campaignId: campaign.id as never, leadIds: [lead] as never }
  await press(world, () => world.app.api.campaigns[`${verb}People`](who))
}

/** Something is still to come for them. */
export function isRunning(of: { campaign: Campaign; enrolment: Enrolment; person: Person }): boolean {
  return !isStopped(of) && of.enrolment.mails.some((mail) => mail.isInDoubt || !isOver(mail))
}

export async function edit(
  world: SequenceWorld,
  campaign: Campaign,
  { delays: wanted, priority }: Deed<'edit'>,
): Promise<void> {
  const { model, clock } = world
  const campaignId = campaign.id as never
  const delays = withUnits(campaign, wanted)
  const isDone = await tried(() =>
    press(world, () =>
      world.app.api.campaigns.change({ campaignId, ...planOf(world, { delays, priority, missed: campaign.missed }) }),
    ),
  )
  if (!isDone) return
  const before = campaign.delays.length
  for (const enrolment of campaign.people.values()) {
    const person = given(model.people.get(enrolment.lead))
    const isIn =
      isRunning({ campaign, enrolment, person }) || isOverByDrop(model, { campaign, enrolment, person }, before)
    for (const mail of enrolment.mails.slice(delays.length)) drop(mail, clock.now())
    if (!isIn) continue
    for (let step = before; step < delays.length && goesOn(enrolment.mails[step - 1]); step += 1)
      addMail(enrolment, step)
  }
  campaign.delays = delays
  campaign.priority = priority
}

function drop(mail: Mail, now: number): void {
  if (isOver(mail)) return
  endMail(mail, 'cancelled', now)
  mail.isDropped = true
}

/** It ended for them only because this step was dropped, and nothing else is under way to them. */
function isOverByDrop(model: Model, of: Omit<Placed, 'mail' | 'step'>, step: number): boolean {
  if (isStopped(of) || of.enrolment.mails[step]?.isDropped !== true) return false
  return ![...allMails(model)].some(({ person, mail }) => person === of.person && (mail.isInDoubt || !isOver(mail)))
}

/** May another mail follow it? */
function goesOn(mail: Mail | undefined): boolean {
  return (
    mail !== undefined &&
    (mail.isInDoubt || mail.accepted !== null || mail.over === null || mail.over.why === 'left_out')
  )
}

/** A step that is dropped comes back for whoever had not got it, once it is there again. */
function addMail({ mails }: Enrolment, step: number): void {
  const mail = (mails[step] ??= newMail())
  if (!mail.isDropped) return
  mail.isDropped = false
  mail.over = null
  mail.refusals = 0
}

/** What a pause has cost is kept by the count in which it was paid: afterwards the days of a step stay of one kind. */
function withUnits({ delays, pauses, people }: Campaign, wanted: readonly Delay[]): Delay[] {
  const isOnce = pauses.length > 0 || [...people.values()].some((enrolment) => enrolment.pauses.length > 0)
  return wanted.map(({ days, unit }, step) => ({ days, unit: isOnce ? (delays[step]?.unit ?? unit) : unit }))
}

export async function touchMail(
  world: SequenceWorld,
  command: Deed<'leaveOut'> | Deed<'move'> | Deed<'retry'>,
): Promise<void> {
  const status = command.do === 'retry' ? ('failed' as const) : ('pending' as const)
  const { rows } = await world.app.api.sends.list({ status: [status] })
  const chosen = rows[command.pick % Math.max(1, rows.length)]
  if (!chosen) return
  const placed = given(
    [...allMails(world.model)].find(
      ({ campaign, enrolment, step }) =>
        campaign.id === chosen.campaignId && enrolment.lead === chosen.leadId && step === chosen.step,
    ),
  )
  const selection = { by: 'ids' as const, ids: [chosen.id] }
  if (command.do === 'retry') return retry(world, placed, selection)
  if (command.do === 'move') return move(world, { placed, selection, aheadMs: command.aheadMs })
  endMail(placed.mail, 'left_out', world.clock.now())
  await press(world, () => world.app.api.sends.leaveOut({ selection }))
}

type Ids = Parameters<SequenceWorld['app']['api']['sends']['leaveOut']>[0]['selection']

async function move(
  world: SequenceWorld,
  { placed, selection, aheadMs }: { placed: Placed; selection: Ids; aheadMs: number },
) {
  const { model, clock } = world
  const now = clock.now()
  const local = Temporal.Instant.fromEpochMilliseconds(now + aheadMs).toZonedDateTimeISO(model.zone)
  const to = local.round({ smallestUnit: 'minute', roundingMode: 'ceil' })
  const at = { local: to.toPlainDateTime().toString().slice(0, 16), zone: model.zone }
  const isDone = await tried(() => press(world, () => world.app.api.sends.reschedule({ selection, at })))
  const isEarly = !placed.enrolment.mails.slice(0, placed.step).every(isOver)
  if (isDone) placed.mail.isMissed = false
  if (isDone) placed.mail.moved = { to: to.epochMilliseconds, at: now, isEarly }
}

/** Whoever was taken out, or whose campaign was cancelled, is left alone. */
async function retry(world: SequenceWorld, placed: Placed, selection: Ids): Promise<void> {
  if (isStopped(placed)) return
  placed.mail.over = null
  for (const later of followersOf(world.model, placed.mail)) if (later.over?.why === 'step_before') later.over = null
  await press(world, () => world.app.api.sends.retry({ selection }))
}

const STRENGTH: readonly Answer[] = ['bounced', 'replied', 'opted_out']

export async function answer(world: SequenceWorld, command: Deed<'answer'>): Promise<void> {
  const { fake, inboxes, model, clock } = world
  const written = [...model.people].filter(([, { address }]) => fake.sent.some(({ to }) => to.address === address))
  const [lead, person] = written[command.who % Math.max(1, written.length)] ?? []
  if (lead === undefined || !person) return
  const last = fake.sent.findLast(({ to }) => to.address === person.address)
  const now = clock.now()
  if (!last || (command.answer === 'bounced' && !mayBounce(model, now - last.date))) return
  const newest = newestIncoming(world)
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(model.zone).toPlainDate()
  // "Until" names the last day on which they are away.
  const until = today.add({ days: command.backInDays })
  const backOn = until.add({ days: 1 }).toString()
  const mailbox = world.mailboxOf(last.from.address)
  given(inboxes[mailbox]).receive(
    answerMail({ address: person.address, key: last.key, answer: command.answer, now, until }),
  )
  // Where the process dies meanwhile, the next one reads when it starts.
  await readNow(world, mailbox)
  const id = world.isDead() ? null : newestIncoming(world)
  hear(model, person, { ...command, lead, now, backOn, id: id ?? 0 })
  await world.settle()
  const heard = given(person.heard.at(-1))
  Object.assign(heard, { id: newestIncoming(world) })
  if (heard.id === newest) world.broken.push(`what lead ${lead} has ${command.answer} was not heard`)
}

async function readNow({ app, mailboxIds }: SequenceWorld, mailbox: number): Promise<void> {
  await tried(() => app.api.mailboxes.readNow({ mailboxId: given(mailboxIds[mailbox]) }))
}

function newestIncoming({ file }: SequenceWorld): number {
  return rowsOf<{ id: number | null }>(file, 'SELECT max(id) AS id FROM incoming')[0]?.id ?? 0
}

/** Mail comes back within days; more than three of them would stop the mailbox, and health has tests of its own. */
function mayBounce({ people }: Model, ageMs: number): boolean {
  const stand = [...people.values()].flatMap(standing).filter(({ answer: its }) => its === 'bounced')
  return ageMs < 14 * 86_400_000 && stand.length < 3
}

/** Everything that waits for somebody who has answered for good is let go, in every campaign. */
function hear(
  model: Model,
  person: Person,
  said: { answer: Answer; lead: number; now: number; backOn: string; id: number },
): void {
  const backOn = said.answer === 'auto_replied' ? said.backOn : null
  const { stopsCompany } = model
  person.heard.push({ answer: said.answer, backOn, at: said.now, id: said.id, stopsCompany, isUndone: false })
  const stops = stopsOf(person)
  const strongest = STRENGTH.findLast((each) => stops.has(each))
  if (!strongest) return
  for (const { enrolment, mail } of allMails(model)) {
    if (enrolment.lead === said.lead && !mail.isInDoubt) endMail(mail, `lead_${strongest}` as WhyNot, said.now)
  }
}

/** What a verdict has stopped goes on, unless another one wants the same, or nobody wants it any more. */
export async function undo(world: SequenceWorld, pick: number): Promise<void> {
  const { model } = world
  const heard = [...model.people].flatMap(([lead, person]) => standing(person).map((each) => ({ lead, person, each })))
  const chosen = heard[pick % Math.max(1, heard.length)]
  if (!chosen) return
  const { lead, person, each } = chosen
  each.isUndone = true
  if (stopsOf(person).size === 0) {
    for (const { campaign, enrolment, mail, step } of allMails(model)) {
      const isWanted = !campaign.isCancelled && !enrolment.isRemoved && step < campaign.delays.length
      if (enrolment.lead !== lead || !isWanted || !mail.over?.why.startsWith('lead_')) continue
      mail.over = null
    }
  }
  await press(world, () => world.app.api.incoming.undo({ incomingId: each.id }))
}

/** To somebody for whom mail waits. What the product reads of it counts; it does not look more often than every ten minutes. */
export async function writeByHand(world: SequenceWorld, who: number): Promise<void> {
  const { model, inboxes, clock } = world
  const now = clock.now()
  const waiting = [...allMails(model)].filter(({ mail }) => !isOver(mail))
  const chosen = waiting[who % Math.max(1, waiting.length)]
  if (!chosen) return
  const { address } = chosen.person
  const mailbox = who % inboxes.length
  const { sent } = given(inboxes[mailbox])
  const id = `by hand ${sent.length} at ${now} to ${address}`
  const record = { providerMessageId: id, threadId: null, sentAt: now, to: [address], key: null }
  sent.push(record)
  await readNow(world, mailbox)
  const isKnown = rowsOf(world.file, 'SELECT 1 FROM outside_mails WHERE provider_message_id = ?', id).length > 0
  if (!isKnown) return void sent.pop()
  model.touches.set(address, [...(model.touches.get(address) ?? []), now])
  given(model.byHand[mailbox]).push(now)
}

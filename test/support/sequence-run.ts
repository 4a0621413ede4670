/** Carries out a random run: each command in the product, and told to the model. */
import type { SequenceCommand, SequenceRun } from './sequence-commands.ts'
import * as deeds from './sequence-deeds.ts'
import { foresee } from './sequence-forecast.ts'
import { importFile } from './sequence-import.ts'
import { allMails, type Campaign } from './sequence-model.ts'
import { goAway, releaseMissed, suppress } from './sequence-words.ts'
import { openWorld, type SequenceWorld } from './sequence-world.ts'

const DAY = 86_400_000

/** Campaigns on which all commands have been carried out. Dispose of it. */
export async function runSequence(run: SequenceRun): Promise<SequenceWorld> {
  const world = await openWorld(run)
  try {
    for (const command of run.commands) {
      await carryOut(world, command)
      await world.settle()
      if (world.broken.length > 0) break
    }
    return world
  } catch (error) {
    await world[Symbol.asyncDispose]()
    throw error
  }
}

async function carryOut(world: SequenceWorld, command: SequenceCommand): Promise<void> {
  const { fake, model } = world
  switch (command.do) {
    case 'run':
      return foresee(world, command.ms)
    case 'sleep':
      return world.sleep(command.ms)
    case 'restart':
      return world.restart()
    case 'kill':
      if (command.at === null) return world.kill()
      world.dies = { at: command.at, hit: command.hit }
      return
    case 'begin':
      return deeds.begin(world, command.plan)
    case 'import':
      return importFile(world, command)
    case 'leaveOut':
    case 'move':
    case 'retry':
      return deeds.touchMail(world, command)
    case 'answer':
      return deeds.answer(world, command)
    case 'undo':
      return deeds.undo(world, command.pick)
    case 'byHand':
      return deeds.writeByHand(world, command.who)
    case 'suppress':
      return suppress(world, command)
    case 'companies':
      model.stopsCompany = command.stopsCompany
      return void (await world.app.api.incoming.saveRules({ stopsCompany: command.stopsCompany }))
    case 'away':
      return goAway(world, command.absence)
    case 'moods':
      return void fake.next.push(...command.moods)
    case 'release':
      return releaseMissed(world)
    case 'look':
      fake.isBlind = command.isBlind
      return
    default: {
      const campaign = deeds.campaignOf(world, command.which)
      if (campaign) await onCampaign(world, campaign, command)
    }
  }
}

type OnCampaign = Extract<SequenceCommand, { do: 'campaign' | 'people' | 'edit' }>

async function onCampaign(world: SequenceWorld, campaign: Campaign, command: OnCampaign): Promise<void> {
  if (command.do === 'campaign') return deeds.moveCampaign(world, campaign, command.verb)
  if (command.do === 'edit') return deeds.edit(world, campaign, command)
  const lead = deeds.leadOf(world, command.who)
  if (command.verb === 'add') return deeds.addPeople(world, campaign, [lead])
  await deeds.movePerson(world, { campaign, lead, verb: command.verb })
}

/** From now on nothing is in the way: whatever may still go goes. */
export async function runToTheEnd(world: SequenceWorld): Promise<void> {
  const { fake, model } = world
  fake.next.length = 0
  fake.isBlind = false
  world.dies = null
  await world.settle()
  for (const campaign of model.campaigns) {
    for (const lead of campaign.people.keys()) await deeds.movePerson(world, { campaign, lead, verb: 'resume' })
    if (!campaign.isCancelled) await deeds.moveCampaign(world, campaign, 'resume')
  }
  for (const { listId } of await world.app.api.leads.heldLists({})) {
    model.trustedLists.add(listId)
    await world.app.api.leads.releaseList({ listId })
  }
  await releaseMissed(world)
  await world.settle()
  await runOut(world)
  // Nothing comes after the end.
  await foresee(world, 2 * DAY)
}

/** Until nothing waits; what will be skipped waits for its turn as well. */
async function runOut(world: SequenceWorld): Promise<void> {
  for (let days = 0; days < 150; days += 1) {
    const { waiting, nextSendAt } = world.app.engine.rooms.app.status()
    if (waiting === 0 && ![...allMails(world.model)].some(({ mail }) => mail.isInDoubt)) return
    await foresee(world, Math.max(DAY, (nextSendAt ?? 0) - world.clock.now()))
  }
}

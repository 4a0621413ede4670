/** Words for tests of mail that is handed to Exchange before the machine sleeps. */
import { expect } from 'vitest'
import type { Policy } from '#shared/domain/policy'
import { policyWith, ALWAYS } from './start-test-engine.ts'
import { sendsOf } from './provider-run.ts'
import { dispatch, sendTo } from './provider-scene.ts'
import { LEADS, type Template } from './provider-template.ts'
import { openWorld, type ProviderWorld, type WorldChoices } from './provider-world.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
/** The pause between two mails. */
export const GAP = { min: 10 * MINUTE, max: 20 * MINUTE }

/** The first mail has gone, the others wait for the pause after it. */
export async function openWaiting(template: Template, choices: WorldChoices = {}): Promise<ProviderWorld> {
  const world = await openWorld(template, choices)
  await changePolicy(world)
  for (let lead = 0; lead < LEADS; lead += 1) await dispatch(world, lead)
  expect(world.place.left()).toHaveLength(1)
  return world
}

/** The limits of `openWaiting`, other than these. */
export async function changePolicy(world: ProviderWorld, change: Partial<Policy> = {}): Promise<void> {
  const usual = { hours: ALWAYS, gapMs: GAP, hourlyCap: 50, dailyCap: 500, coolDownDays: 0 }
  const policy = policyWith({ ...usual, ...change })
  await world.app.api.mailboxes.savePolicy({ mailboxId: world.goods.mailboxId, policy })
  await world.settle()
}

export const NEW_SUBJECT = 'Newer than what is held'

/** The step of the mail to this lead gets another text. */
export async function editStep(world: ProviderWorld, lead: number): Promise<void> {
  const { api } = world.app
  const { templateId, mailboxId } = world.goods
  const content = { subject: NEW_SUBJECT, body: 'Another text.', format: 'plain' } as const
  await api.templates.save({ templateId, name: 'Hello', content })
  const { campaignId } = await sendTo(world, lead)
  const [first] = (await api.campaigns.get({ campaignId })).steps
  const steps = [{ delay: first!.delay, threading: first!.threading, templateIds: [templateId] }]
  await api.campaigns.change({ campaignId, name: 'Spring', steps, mailboxIds: [mailboxId], at: null })
  await world.settle()
}

/** The subjects of everything that left, in order. */
export function subjects(world: ProviderWorld): string[] {
  return world.place.left().map(({ raw }) => /^Subject: (.*)$/m.exec(raw)?.[1]?.trim() ?? '')
}

/** Answers how many went there. */
export async function handOver(world: ProviderWorld, count: number): Promise<number> {
  const asked = world.app.api.mailboxes.handOver({ mailboxId: world.goods.mailboxId, count })
  const { handedOver } = await asked
  await world.settle()
  return handedOver
}

/** Hands over in a process that may die or get no answer meanwhile. */
export async function tryToHandOver(world: ProviderWorld, count: number): Promise<void> {
  const asked = world.app.api.mailboxes.handOver({ mailboxId: world.goods.mailboxId, count }).catch(() => null)
  await world.settle()
  await asked
  await world.settle()
}

/** How each send stands, in the order of the leads. */
export function standings(world: ProviderWorld): string[] {
  return sendsOf(world).map(({ status, stage }) => stage ?? status)
}

/** When each mail that left was sent as this app has it, epoch ms, rising. */
export async function sentTimes(world: ProviderWorld): Promise<number[]> {
  const { rows } = await world.app.api.sends.list({ status: ['sent'], limit: 100 })
  return rows.flatMap(({ finishedAt }) => finishedAt ?? []).toSorted((a, b) => a - b)
}

/** Nothing twice, and everything in the end. */
export async function expectAllOnce(world: ProviderWorld): Promise<void> {
  await world.run(3 * HOUR)
  const left = world.place.left().map(({ to }) => to)
  expect([left.length, new Set(left).size, standings(world)]).toEqual([LEADS, LEADS, Array(LEADS).fill('sent')])
}

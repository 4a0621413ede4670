/** Words for tests of the whole engine at a fake Gmail or Outlook. */
import { expect } from 'vitest'
import type { ProviderPlace } from './provider-place.ts'
import { problemsOf } from './provider-run.ts'
import type { ProviderWorld } from './provider-world.ts'

export type Kind = ProviderPlace['kind']

export const KINDS = ['gmail', 'outlook'] as const satisfies readonly Kind[]

/** How old an unsent draft must be before it proves anything (providers.md §5.1 and §5.2). */
export const PROOF_AGE = { gmail: 120_000, outlook: 180_000 }
export const SEND = { gmail: 'drafts.send', outlook: 'send' }
export const DRAFT = { gmail: 'drafts.create', outlook: 'draft' }

export async function dispatch(world: ProviderWorld, lead: number): Promise<void> {
  const { templateId, mailboxId, leadIds } = world.goods
  const selection = { by: 'ids' as const, ids: [leadIds[lead]] as never }
  const when = { at: null, priority: 1 as const, useLeadZone: false }
  await world.app.api.dispatch.queue({
    selection,
    templateId,
    mailboxId,
    ...when,
    requestKey: `press for lead ${lead}`,
    acceptsFailedChecks: true,
  })
  await world.settle()
}

export async function sendTo(world: ProviderWorld, lead: number) {
  const { rows } = await world.app.api.sends.list({ limit: 100 })
  const found = rows.find(({ leadId }) => leadId === world.goods.leadIds[lead])
  if (found === undefined) throw new Error(`nothing was queued for lead ${lead}`)
  return found
}

export async function mailboxOf(world: ProviderWorld) {
  return world.app.api.mailboxes.get({ mailboxId: world.goods.mailboxId })
}

export function countOf(world: ProviderWorld, operation: string): number {
  return world.place.requests().filter((each) => each === operation).length
}

/** More than a day later: nothing twice, nothing forgotten, no draft of ours left behind. */
export async function expectClean(world: ProviderWorld): Promise<void> {
  await world.sleep(25 * 3_600_000)
  await world.run(2 * 60_000)
  const nothing = { trusted: new Set<number>(), denied: new Set<string>(), handled: new Set<string>() }
  expect(problemsOf({ world, ...nothing })).toEqual([])
}

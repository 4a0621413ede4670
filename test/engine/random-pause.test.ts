/**
 * A pause, an opt-out or a rejection at every single step of a delivery: after it nothing leaves but a mail whose first byte
 * had gone.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { access } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { MailProvider } from '#electron/mailbox/mail-provider'
import { createPracticeProvider } from '#electron/mailbox/practice/practice'
import { createFakeMailbox } from '#test/support/fake-mailbox'
import { ALWAYS, startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { type Stock, stock } from '#test/support/stock'

const MINUTE = 60_000
/** More steps than a delivery has. */
const MOST_STEPS = 200

interface InFlight extends Stock {
  readonly app: TestEngine
  readonly leadId: number
  readonly campaignId: number
}

/** Ways to stop a mail, each with the way back; null where there is none. */
const WAYS: Readonly<
  Record<string, { stop: (mail: InFlight) => unknown; back: ((mail: InFlight) => unknown) | null }>
> = {
  'a pause of everything': {
    stop: ({ app }) => app.engine.rooms.app.pause(),
    back: ({ app }) => app.engine.rooms.app.resume(),
  },
  'a pause of the campaign': {
    stop: ({ app, campaignId }) => app.engine.rooms.campaigns.pause(campaignId),
    back: ({ app, campaignId }) => app.engine.rooms.campaigns.resume(campaignId),
  },
  'a pause of the mailbox': {
    stop: ({ app, mailboxId }) => app.engine.rooms.mailboxes.pause(mailboxId),
    back: ({ app, mailboxId }) => app.engine.rooms.mailboxes.resume(mailboxId),
  },
  'an opt-out': { stop: ({ app, leadId }) => app.engine.rooms.leads.doNotContact(leadId), back: null },
  'a rejection': {
    // In force before it resolves.
    stop: ({ app, leadId }) => app.engine.rooms.leads.review({ by: 'ids', ids: [leadId] as never }, 'rejected'),
    back: null,
  },
}

interface Door {
  readonly provider: MailProvider
  /** How many mails were allowed to leave. */
  allowed: number
}

function withDoor(provider: MailProvider): Door {
  const door: Door = {
    allowed: 0,
    provider: {
      ...provider,
      sendDraft: (draftId, mail, beforeFirstByte, signal) =>
        provider.sendDraft(
          draftId,
          mail,
          () => {
            const may = beforeFirstByte()
            if (may) door.allowed += 1
            return may
          },
          signal,
        ),
    },
  }
  return door
}

function queueOne(app: TestEngine, goods: Stock, index: number): InFlight {
  const leadId = goods.leadIds[index]
  if (leadId === undefined) throw new Error('too few leads')
  const order = {
    selection: { by: 'ids' as const, ids: [leadId] as never },
    templateId: goods.templateId,
    mailboxId: goods.mailboxId,
    at: null,
    priority: 1 as const,
    useLeadZone: false,
  }
  const { campaignId } = app.engine.rooms.dispatch.queue(order, { requestKey: `press number ${index}`, name: '' })
  return { app, ...goods, leadId, campaignId }
}

interface Sweep {
  readonly way: string
  readonly door: Door
  /** Lets the delivery go one step on. */
  readonly step: () => Promise<void>
  /** How many mails have really left. */
  readonly left: () => number
}

/** Stops one mail after no step, the next after one, and so on, until one has left before it could be stopped. */
async function assertStoppedAtEveryStep({ way, door, step, left }: Sweep): Promise<number> {
  const mailbox = { ...createFakeMailbox(), provider: door.provider }
  await using app = await startTestEngine({ mailbox })
  const goods = await stock(app, MOST_STEPS, {
    hours: ALWAYS,
    gapMs: { min: 1_000, max: 1_000 },
    hourlyCap: 50,
    dailyCap: 500,
  })
  const { stop, back } = WAYS[way] ?? {}
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    const before = door.allowed
    const mail = queueOne(app, goods, steps)
    for (let taken = 0; taken < steps; taken += 1) await step()
    const { allowed } = door
    const stopping = stop?.(mail)
    await app.engine.rooms.sender.idle()
    expect(left(), `${way} after ${steps} steps`).toBe(allowed)

    await stopping
    await back?.(mail)
    await app.run(2 * MINUTE)
    if (back) expect(left()).toBe(steps + 1)
    if (allowed > before) return steps
  }
  throw new Error('the delivery never came to its end')
}

test.each(Object.keys(WAYS))('%s takes effect at every step of a delivery', async (way) => {
  const fake = createFakeMailbox()
  const door = withDoor(fake.provider)
  const steps = await assertStoppedAtEveryStep({
    way,
    door,
    step: () => Promise.resolve(),
    left: () => fake.sent.length,
  })
  expect(steps).toBeGreaterThan(3)
})

test.each(Object.keys(WAYS))('%s takes effect at every step of a delivery into real files', async (way) => {
  const folder = mkdtempSync(join(tmpdir(), 'pacemail-pause-'))
  const sent = (): number => (readdirSync(folder).includes('sent') ? readdirSync(join(folder, 'sent')).length : 0)
  try {
    const door = withDoor(createPracticeProvider({ folder }))
    const steps = await assertStoppedAtEveryStep({ way, door, step: () => access(folder), left: sent })
    expect(steps).toBeGreaterThan(0)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

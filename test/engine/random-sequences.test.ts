/**
 * Random commands on a running campaign, against a small model of the rules that was written apart from the product.
 *
 * PACEMAIL_RUNS=2000 vitest run --project unit test/engine/random-sequences.test.ts   for a longer run (default 40)
 * PACEMAIL_SEED=7                                                                     to repeat one; a failure names its seed
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sequenceRuns } from '#test/support/sequence-commands'
import { isOver, isStopped } from '#test/support/sequence-model'
import { runSequence, runToTheEnd, type SequenceWorld } from '#test/support/sequence-run'
import { runsOr } from '#test/support/seed'

const choices = { numRuns: runsOr(40) }

/** Whoever has not stopped it has got everything, and the campaign is over: nothing waits for nobody. */
async function expectAllOver({ app, model, campaignId }: SequenceWorld): Promise<void> {
  const { rows } = await app.api.campaigns.people({ campaignId, limit: 200 })
  const missing = [...model.people].flatMap(([lead, person]) =>
    isStopped(model, person)
      ? []
      : person.mails.flatMap((mail, step) => (isOver(mail) ? [] : [`lead ${lead} has not got mail ${step + 1}`])),
  )
  const waiting = rows.flatMap((person) =>
    person.steps.flatMap(({ status, step, wait }) =>
      ['pending', 'processing', 'uncertain'].includes(status)
        ? [`${person.leadId} ${step} ${status} ${wait?.code}`]
        : [],
    ),
  )
  const unfinished = rows.filter(({ leadId, status }) => {
    const person = model.people.get(leadId)
    return person && !isStopped(model, person) && status !== 'finished'
  })
  expect(missing).toEqual([])
  expect(unfinished.map(({ leadId, status }) => `lead ${leadId} is ${status}`)).toEqual([])
  expect(waiting).toEqual([])
  expect((await app.api.campaigns.get({ campaignId })).status).toBe(model.isCancelled ? 'cancelled' : 'completed')
}

/** Each mail to a person answers all those before it. */
function expectOneThread({ fake }: SequenceWorld): void {
  for (const mails of Map.groupBy(fake.sent, ({ to }) => to.address).values()) {
    const before = mails.map((_, index) => mails.slice(0, index).map(({ key }) => `<${key}@pacemail.example>`))
    expect(mails.map(({ follows }) => follows?.messageIds ?? [])).toEqual(before)
  }
}

test('whatever happens to a campaign, no mail of it breaks a rule and none is forgotten', async () => {
  await fc.assert(
    fc.asyncProperty(sequenceRuns, async (run) => {
      await using world = await runSequence(run)
      expect(world.broken).toEqual([])
      await runToTheEnd(world)
      expect(world.broken).toEqual([])
      expect(world.app.errors).toEqual([])
      await expectAllOver(world)
      expectOneThread(world)
    }),
    { ...choices, endOnFailure: true },
  )
}, 3_600_000)

/**
 * Random commands on running campaigns, against a small model of the rules that was written apart from the product.
 *
 * PACEMAIL_RUNS=2000 vitest run --project unit test/engine/random-sequences.test.ts   for a longer run (default 25)
 * PACEMAIL_SEED=7                                                                     to repeat one; a failure names its seed
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sequenceRuns } from '#test/support/sequence-commands'
import { allMails, isOver, isStopped, nameOf } from '#test/support/sequence-model'
import { runSequence, runToTheEnd } from '#test/support/sequence-run'
import type { SequenceWorld } from '#test/support/sequence-world'
import { runsOr } from '#test/support/seed'

const choices = { numRuns: runsOr(25) }

/** Whoever has not stopped it has got everything, and the campaigns are over: nothing waits for nobody. */
async function expectAllOver({ app, model }: SequenceWorld): Promise<void> {
  const waiting = [...allMails(model)].filter(({ mail }) => !isOver(mail) || mail.isInDoubt)
  expect(waiting.map(nameOf)).toEqual([])
  for (const campaign of model.campaigns) {
    const campaignId = campaign.id as never
    const { rows } = await app.api.campaigns.people({ campaignId, limit: 200 })
    const unfinished = rows.filter(({ leadId, status }) => {
      const enrolment = campaign.people.get(leadId)
      const person = model.people.get(leadId)
      return enrolment && person && !isStopped({ campaign, enrolment, person }) && status !== 'finished'
    })
    expect(unfinished.map(({ leadId, status }) => `lead ${leadId} is ${status}`)).toEqual([])
    expect((await app.api.campaigns.get({ campaignId })).status).toBe(campaign.isCancelled ? 'cancelled' : 'completed')
  }
}

/** Each mail to a person answers all those before it in its campaign. */
function expectOneThread({ fake, model }: SequenceWorld): void {
  for (const { people } of model.campaigns) {
    for (const { lead, mails } of people.values()) {
      const accepted = mails.flatMap((mail) => mail.accepted ?? [])
      const address = model.people.get(lead)?.address
      const own = fake.sent.filter(({ to, date }) => to.address === address && accepted.includes(date))
      const before = own.map((_, index) => own.slice(0, index).map(({ key }) => `<${key}@pacemail.example>`))
      expect(own.map(({ follows }) => follows?.messageIds ?? [])).toEqual(before)
    }
  }
}

test(
  'whatever happens to two campaigns, no mail breaks a rule, none is late or forgotten, and each says why it did not go',
  async () => {
    await fc.assert(
      fc.asyncProperty(sequenceRuns, async (run) => {
        await using world = await runSequence(run)
        expect(world.broken).toEqual([])
        await runToTheEnd(world)
        expect(world.broken).toEqual([])
        await expectAllOver(world)
        expectOneThread(world)
      }),
      { ...choices, endOnFailure: true },
    )
  },
  6 * 3_600_000,
)

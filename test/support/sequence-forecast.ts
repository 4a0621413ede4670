/** What the product foresees is what happens, as long as nobody does anything. */
import { iso } from './sequence-watch.ts'
import type { SequenceWorld } from './sequence-world.ts'
import { allMails, nameOf } from './sequence-model.ts'

/** Lets time go by, and compares what goes with the forecast that was made before. */
export async function foresee(world: SequenceWorld, ms: number): Promise<void> {
  const { app, fake, model, clock, dies } = world
  const isQuiet = fake.next.length === 0 && dies === null && [...allMails(model)].every(({ mail }) => !mail.isInDoubt)
  const { rows } = await app.api.sends.list({ status: ['pending'], limit: 500 })
  await world.run(ms)
  if (!isQuiet) return
  for (const { campaignId, leadId, step, wait } of rows) {
    const at = wait?.at ?? null
    const placed = [...allMails(model)].find(
      (other) => other.campaign.id === campaignId && other.enrolment.lead === leadId && other.step === step,
    )
    const sentAt = placed?.mail.accepted ?? null
    const wasForeseen = at !== null && at <= clock.now() ? at : null
    if (placed && sentAt !== wasForeseen) {
      world.broken.push(
        `${nameOf(placed)} was foreseen for ${at === null ? wait?.code : iso(at)}, and left ${iso(sentAt ?? Infinity)}`,
      )
    }
  }
}

/** What the product foresees is what happens, as long as nobody does anything. */
import { iso } from './sequence-watch.ts'
import type { SequenceWorld } from './sequence-world.ts'
import { allMails, companyOf, type Model, nameOf, type Placed } from './sequence-model.ts'

/** A mail that left at another moment than was foreseen, epoch ms; null: not in this time. */
interface Miss {
  readonly placed: Placed
  readonly foreseen: number | null
  readonly left: number | null
  readonly words: string
}

/** Lets time go by, and compares what goes with the forecast that was made before. */
export async function foresee(world: SequenceWorld, ms: number): Promise<void> {
  const { app, fake, model, clock, dies } = world
  const isQuiet = fake.next.length === 0 && dies === null && [...allMails(model)].every(({ mail }) => !mail.isInDoubt)
  const { rows } = await app.api.sends.list({ status: ['pending'], limit: 500 })
  await world.run(ms)
  if (!isQuiet) return
  const misses = rows.flatMap(({ campaignId, leadId, step, wait }): Miss[] => {
    const at = wait?.at ?? null
    const placed = [...allMails(model)].find(
      (other) => other.campaign.id === campaignId && other.enrolment.lead === leadId && other.step === step,
    )
    const left = placed?.mail.accepted ?? null
    const foreseen = at !== null && at <= clock.now() ? at : null
    if (!placed || left === foreseen) return []
    const words = `was foreseen for ${at === null ? wait?.code : iso(at)}, and left ${iso(left ?? Infinity)}`
    return [{ placed, foreseen, left, words: `${nameOf(placed)} ${words}` }]
  })
  if (!isRace(model, misses)) world.broken.push(...misses.map(({ words }) => words))
}

/**
 * Two mailboxes that could write to one company in the same instant, and it has room for one mail: the first is whichever has
 * read its mail by then. To foresee that one mailbox would have to wait for the other's provider before it sends, and they run
 * side by side so that a slow one holds up nobody. What follows from it is foreseen again, so the first difference alone tells.
 */
function isRace(model: Model, misses: readonly Miss[]): boolean {
  const begin = Math.min(...misses.flatMap(({ foreseen, left }) => [foreseen ?? Infinity, left ?? Infinity]))
  const lost = misses.filter(({ foreseen }) => foreseen === begin)
  const won = misses.filter(({ left }) => left === begin)
  return (
    model.companyCap !== null &&
    lost.some((one) =>
      won.some(
        (other) =>
          one.placed.enrolment.mailbox !== other.placed.enrolment.mailbox &&
          companyOf(model, one.placed.person) === companyOf(model, other.placed.person),
      ),
    )
  )
}

/** What the rep says about everything at once: who is left alone, when they are away, that what was missed may go. */
import { Temporal } from 'temporal-polyfill'
import { given, rowsOf } from './random-world.ts'
import type { SequenceCommand } from './sequence-commands.ts'
import { endMail, leadOf, mailsOf, press } from './sequence-deeds.ts'
import type { Model, Person } from './sequence-model.ts'
import type { SequenceWorld } from './sequence-world.ts'

type Deed<K extends SequenceCommand['do']> = SequenceCommand & { readonly do: K }

function isSameCompany({ joined }: Model, one: string, other: string): boolean {
  return one === other || (joined.includes(one) && joined.includes(other))
}

/** What was missed goes on when the rep says so. */
export async function releaseMissed(world: SequenceWorld): Promise<void> {
  const missed = rowsOf<{ id: number }>(world.file, "SELECT id FROM sends WHERE parked = 'missed'").map(({ id }) => id)
  for (const mail of mailsOf(world.model, () => true)) mail.isMissed = false
  if (missed.length === 0) return
  const selection = { by: 'ids' as const, ids: missed as never }
  await press(world, () => world.app.api.sends.release({ selection }))
}

export async function suppress(world: SequenceWorld, { who, by }: Deed<'suppress'>): Promise<void> {
  const { model, clock } = world
  const { address, company } = given(model.people.get(leadOf(world, who)))
  const isMeant = (person: Person): boolean =>
    by === 'address' ? person.address === address : isSameCompany(model, person.company, company)
  model.suppressed.add(by === 'address' ? address : company)
  for (const mail of mailsOf(model, (placed) => isMeant(placed.person) && !placed.mail.isInDoubt)) {
    endMail(mail, 'suppressed', clock.now())
  }
  await press(world, () => world.app.api.suppressions.add({ values: [by === 'address' ? address : company] }))
}

export async function goAway(world: SequenceWorld, absence: Deed<'away'>['absence']): Promise<void> {
  const { model, clock } = world
  const today = Temporal.Instant.fromEpochMilliseconds(clock.now()).toZonedDateTimeISO(model.zone).toPlainDate()
  const from = today.add({ days: absence?.inDays ?? 0 })
  const to = from.add({ days: (absence?.days ?? 1) - 1 })
  model.absences = absence ? [{ from: from.toString(), to: to.toString() }] : []
  const absences = model.absences.map((each) => ({ ...each, stopBeforeDays: 0 }))
  await press(world, async () => world.app.engine.rooms.away.save(absences))
}

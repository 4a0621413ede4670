/** A file of people, imported while campaigns run: the model says who of them becomes a lead, and why the others do not. */
import { checkFile, saveList } from './import-file.ts'
import { rowsOf } from './random-world.ts'
import type { Imported, SequenceCommand } from './sequence-commands.ts'
import { addPeople, campaignOf, press } from './sequence-deeds.ts'
import type { Model } from './sequence-model.ts'
import { isCompanyStopped, isCooling, isSuppressed } from './sequence-why-not.ts'
import type { SequenceWorld } from './sequence-world.ts'

const ADDRESSES: Readonly<Record<Imported, string>> = {
  'a colleague': 'new@company1.example',
  'a stranger': 'stranger@company9.example',
  'somebody known': 'p1@company1.example',
  'somebody known, tagged': 'P2+fair@Company1.example',
  'the stranger, tagged': 'Stranger+fair@company9.example',
  'written to by hand': 'lately@company8.example',
  suppressed: 'never@company7.example',
  'a shared address': 'info@company6.example',
  'no address': 'nobody at all',
}

/** The person behind an address: without its tag, in small letters. */
function identityOf(row: Imported): string {
  return ADDRESSES[row].toLowerCase().replace(/\+[^@]*/, '')
}

function companyOf(identity: string): string {
  return identity.slice(identity.indexOf('@') + 1)
}

/** The verdict on each row, in the words of the product. */
function verdictsOn(model: Model, rows: readonly Imported[], now: number): string[] {
  const people = [...model.people.values()]
  return rows.map((row, index) => {
    const identity = identityOf(row)
    const known = people.find(({ address }) => address === identity)
    const person = known ?? { address: identity, company: companyOf(identity), list: 0, heard: [] }
    if (row === 'no address') return 'invalid'
    if (rows.slice(0, index).some((before) => identityOf(before) === identity)) return 'duplicate_in_file'
    if (isSuppressed(model, person) || isCompanyStopped(model, person)) return 'suppressed'
    if (isCooling(model, person, { now, except: null })) return 'written_to'
    if (known) return 'duplicate'
    return row === 'a shared address' ? 'role' : 'new'
  })
}

/** Whoever is new is approved and added to a campaign that runs. */
export async function importFile(
  world: SequenceWorld,
  { rows, which }: Extract<SequenceCommand, { do: 'import' }>,
): Promise<void> {
  const { model, clock, broken } = world
  const expected = verdictsOn(model, rows, clock.now())
  const lines = rows.map((row, index) => `${ADDRESSES[row]},New${index},Company of ${companyOf(identityOf(row))}`)
  const { importId } = await checkFile(world.app, `email,first name,company\n${lines.join('\n')}\n`)
  const judged = (await world.app.api.imports.rows({ importId })).rows.map(({ verdict }) => verdict as string)
  if (judged.join() !== expected.join()) broken.push(`${rows.join()}: judged ${judged.join()}, not ${expected.join()}`)
  const { listId, stage } = await saveList(world.app, { importId, listName: 'Fair' })
  const leads = rowsOf<{ id: number; identity: string }>(
    world.file,
    'SELECT id, identity FROM leads WHERE list_id = ? ORDER BY id',
    listId,
  )
  const news = rows.filter((_, index) => expected[index] === 'new').map(identityOf)
  const saved = leads.map(({ identity }) => identity)
  if (saved.join() !== news.join()) broken.push(`${saved.join()} were imported, not ${news.join()} (${stage})`)
  if (leads.length === 0) return
  for (const { id, identity } of leads) {
    model.people.set(id, { address: identity, company: companyOf(identity), list: Number(listId), heard: [] })
  }
  const ids = leads.map(({ id }) => id)
  const selection = { by: 'ids' as const, ids: ids as never }
  await press(world, () => world.app.api.leads.review({ selection, review: 'approved' }))
  const campaign = campaignOf(world, which)
  if (campaign) await addPeople(world, campaign, ids)
}

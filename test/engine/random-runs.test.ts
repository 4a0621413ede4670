/**
 * Random policies, histories, commands, clock changes and answers on the whole engine; an oracle of its own watches every
 * mail in the instant before its first byte.
 *
 * PACEMAIL_RUNS=2000 vitest run --project unit test/engine/random-runs.test.ts   for a longer run (default 100)
 * PACEMAIL_SEED=7                                                                 to repeat one; a failure names its seed
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { audit } from '#test/support/crash-audit'
import { randomRuns } from '#test/support/random-commands'
import { comeToRest, countSends, foretell, type Foretold, runCommands, runToTheEnd } from '#test/support/random-run'
import { rowsOf, type World } from '#test/support/random-world'
import { runsOr } from '#test/support/seed'

const choices = { numRuns: runsOr(100) }

/** Nothing twice, nothing lost, no false "sent": the database beside what really left. */
function expectWhole(world: World): void {
  const arrived = world.known.leavings.filter((leaving) => leaving.isAccepted && !leaving.isDenied)
  const { problems } = audit(world.file, arrived, { mayRepeatAddress: true, trusted: world.trusted })
  const inCampaigns = arrived.map((mail) => `${mail.to} in campaign ${mail.campaignId}`)

  expect(problems).toEqual([])
  expect(inCampaigns.filter((name, index) => inCampaigns.indexOf(name) !== index)).toEqual([])
  expect(countSends(world)).toBe(world.queued)
}

/** Every waiting send has one reason, and nothing else has any; a date unless it is up to the rep. */
async function expectExplained(world: World): Promise<void> {
  const { rows } = await world.app.api.sends.list({ limit: 500 })
  const unexplained = rows.filter((send) => (send.status === 'pending') !== (send.wait !== null))
  const byRep = ['app_paused', 'campaign_paused', 'mailbox_paused', 'mailbox_signed_out', 'never_opens']
  const dateless = rows.filter(({ wait }) => wait && wait.at === null && !wait.willSkip && !byRep.includes(wait.code))

  expect(unexplained).toEqual([])
  expect(dateless).toEqual([])
  expect(rows.filter((send) => send.status === 'processing')).toEqual([])
}

/** Forecasts are made mailbox by mailbox: they do not see that somebody is about to be written to from another one. */
function hasNobodyInBoth(world: World): boolean {
  const people = rowsOf<{ mailboxes: number }>(
    world.file,
    "SELECT count(DISTINCT mailbox_id) AS mailboxes FROM sends WHERE status = 'pending' GROUP BY to_address",
  )
  return people.every((person) => person.mailboxes === 1)
}

function expectAsForetold(world: World, foretold: readonly Foretold[], mark: number): void {
  const inOrder = (moments: { id: number; at: number | null }[]): string[] =>
    moments.map(({ id, at }) => `${at === null ? 'never' : new Date(at).toISOString()} send ${id}`).sort()
  const happened = world.known.leavings.slice(mark).map(({ sendId, at }) => ({ id: sendId, at }))
  expect(inOrder(happened)).toEqual(inOrder(foretold.filter((send) => send.at !== null)))

  const ends = new Map(
    rowsOf<{ id: number; end: string }>(world.file, 'SELECT id, coalesce(skipped_code, status) AS end FROM sends').map(
      (row) => [row.id, row.end],
    ),
  )
  const endOf = (send: Foretold): string => send.skip ?? (send.at === null ? 'pending' : 'sent')
  expect(foretold.map(({ id }) => `send ${id}: ${ends.get(id)}`)).toEqual(
    foretold.map((send) => `send ${send.id}: ${endOf(send)}`),
  )
}

test('whatever happens, no mail breaks a rule, none is lost or sent twice, and the forecast comes true', async () => {
  await fc.assert(
    fc.asyncProperty(randomRuns, async (run) => {
      await using world = await runCommands(run)
      expect(world.broken).toEqual([])
      expectWhole(world)
      await expectExplained(world)

      await comeToRest(world)
      const mark = world.known.leavings.length
      const isForeseeable = hasNobodyInBoth(world)
      const foretold = await foretell(world)
      await runToTheEnd(world, foretold)

      expect(world.broken).toEqual([])
      expectWhole(world)
      if (isForeseeable) expectAsForetold(world, foretold, mark)
    }),
    { ...choices, endOnFailure: false },
  )
}, 3_600_000)

/**
 * The sender is killed with SIGKILL at each moment of a send to the practice mailbox, also while it tidies up after an
 * earlier kill, and at random times. What is left is read from the files and the database.
 *
 * PACEMAIL_KILLS=500 vitest run --project unit test/engine/crash   for a longer random run (default 20 per mailbox)
 * PACEMAIL_SEED=7                                                  to repeat one; a failure names its seed
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { killChoices, type Outcome, anyKills, eachOf, eachPair, runOut, runPlan } from '#test/support/crash-schedule'
import { bundleProcess, type Program } from '#test/support/kill-bundle'
import type { Moment } from '#test/support/kill-order'
import { type KillRun, prepareKillRun } from '#test/support/kill-run'

const BEFORE_ASKING = [
  'claim committed',
  'before the draft',
  'draft half written',
  'after the draft',
  'draft committed',
] as const
const ASKING = [
  'sending committed',
  'before the send',
  'before the first byte',
  'first byte allowed',
  'mail renamed',
  'after the answer',
] as const
const RECOVERY = ['doubt committed', 'before the look', 'after the look', 'proof committed'] as const
const EVERY: readonly Moment[] = [
  ...BEFORE_ASKING,
  ...ASKING,
  'outcome committed',
  'putting back committed',
  ...RECOVERY,
]

const { kills, seed } = killChoices()
let program: Program

beforeAll(async () => {
  program = await bundleProcess('kill-child')
})
afterAll(() => program[Symbol.dispose]())

/** The practice folder can always tell what became of a mail, so every single one is sent, once. */
function expectAllSent(run: KillRun, { counts, problems }: Outcome, count: number): void {
  expect(problems).toEqual([])
  expect(counts).toEqual({ sent: count })
  expect(run.arrived()).toHaveLength(count)
  expect(run.strayDrafts()).toEqual([])
}

test.concurrent('killed at any moment of a send, every mail is sent once', async () => {
  await using run = await prepareKillRun(program.path, 'practice', 45)
  const outcome = await runPlan(run, eachOf([...BEFORE_ASKING, ...ASKING, 'outcome committed'], [1, 2]))

  expect(outcome.missed).toEqual([])
  expectAllSent(run, outcome, 45)
}, 600_000)

test.concurrent('killed again while it tidies up after a kill, every mail is sent once', async () => {
  await using run = await prepareKillRun(program.path, 'practice', 45)
  const outcome = await runPlan(run, [
    ...eachPair(['claim committed', 'after the draft', 'draft committed'], ['putting back committed']),
    ...eachPair(['sending committed', 'first byte allowed', 'mail renamed', 'after the answer'], RECOVERY),
    ...eachOf(['mail renamed', ...RECOVERY], [1]),
  ])

  expect(outcome.missed).toEqual([])
  expectAllSent(run, outcome, 45)
}, 600_000)

test.concurrent(`killed at random, seed ${seed}: every mail is sent once`, async () => {
  const random = anyKills(seed, EVERY)
  for (let killed = 0; killed < kills;) {
    await using run = await prepareKillRun(program.path, 'practice', 150)
    const outcome = await runOut(run, random, Math.min(40, kills - killed))
    killed += outcome.killed
    expectAllSent(run, outcome, 150)
  }
}, 3_600_000)

/**
 * The sender is killed with SIGKILL at each moment of a send to a real SMTP server, which lives on and keeps its own
 * record. SMTP cannot be asked afterwards: where nothing can be proved the send stays uncertain, and is never sent again.
 * Longer runs: see crash-practice.test.ts.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { killChoices, type Outcome, anyKills, eachOf, eachPair, runOut, runPlan } from '#test/support/crash-schedule'
import { bundleProcess, type Program } from '#test/support/kill-bundle'
import type { Moment } from '#test/support/kill-order'
import { type KillRun, prepareKillRun } from '#test/support/kill-run'

const BEFORE_ASKING = ['claim committed', 'before the draft', 'after the draft', 'draft committed'] as const
const ASKING = [
  'sending committed',
  'before the send',
  'at the recipient',
  'before the first byte',
  'first byte allowed',
  'in the mail',
  'mail taken',
  'mail answered',
  'after the answer',
] as const
const EVERY: readonly Moment[] = [
  ...BEFORE_ASKING,
  ...ASKING,
  'outcome committed',
  'putting back committed',
  'doubt committed',
]

const { kills, seed } = killChoices()
let program: Program

beforeAll(async () => {
  program = await bundleProcess('kill-child')
})
afterAll(() => program[Symbol.dispose]())

/** A kill can leave one mail in doubt, the one in flight; all others are sent, once. */
function expectSentOrDoubted(run: KillRun, { counts, problems, killed }: Outcome, count: number): void {
  expect(problems).toEqual([])
  const { sent = 0, uncertain = 0 } = counts
  expect(sent + uncertain).toBe(count)
  expect(uncertain).toBeLessThanOrEqual(killed)
  expect(run.arrived().length).toBeGreaterThanOrEqual(sent)
}

test.concurrent('killed before the server is asked, every mail is sent once and none is in doubt', async () => {
  await using run = await prepareKillRun(program.path, 'smtp', 30)
  const outcome = await runPlan(run, [
    ...eachOf(BEFORE_ASKING, [1, 2]),
    ...eachPair(['claim committed', 'after the draft', 'draft committed'], ['putting back committed']),
    ...eachOf(['outcome committed'], [1, 2]),
  ])

  expect(outcome.missed).toEqual([])
  expectSentOrDoubted(run, outcome, 30)
  expect(outcome.counts).toEqual({ sent: 30 })
}, 600_000)

test.concurrent('killed once the server may have been asked, a mail is in doubt and is never sent again', async () => {
  await using run = await prepareKillRun(program.path, 'smtp', 60)
  const plan = [
    ...eachOf(ASKING, [1, 2]),
    ...eachPair(['sending committed', 'in the mail', 'mail taken', 'after the answer'], ['doubt committed']),
  ]
  const outcome = await runPlan(run, plan)

  expect(outcome.missed).toEqual([])
  expectSentOrDoubted(run, outcome, 60)
  // Killed while the answer is on its way, it may just have heard it.
  const certain = plan.filter((kill) => kill.at !== 'mail answered' && kill.at !== 'doubt committed').length
  expect(outcome.counts['uncertain']).toBeGreaterThanOrEqual(certain)
}, 600_000)

test.concurrent(`killed at random, seed ${seed}: no mail is lost and none is sent twice`, async () => {
  const random = anyKills(seed, EVERY)
  for (let killed = 0; killed < kills;) {
    await using run = await prepareKillRun(program.path, 'smtp', 150)
    const outcome = await runOut(run, random, Math.min(40, kills - killed))
    killed += outcome.killed
    expectSentOrDoubted(run, outcome, 150)
  }
}, 3_600_000)

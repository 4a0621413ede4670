/**
 * Plans of kills. A plan is run start by start on one data folder: each start dies at its kill, and the next one finds what
 * it left.
 */
import { SEED } from '#test/support/seed'
import { createTestRandom } from './start-test-engine.ts'
import type { Kill, Moment, MomentKill } from './kill-order.ts'
import { KILL_GAP, type KillRun } from './kill-run.ts'
import { type Audit, audit } from './crash-audit.ts'

export interface Outcome extends Audit {
  /** Kills that happened. */
  readonly killed: number
  /** Planned moments that were not reached; a plan of moments wants none. */
  readonly missed: readonly Kill[]
}

/** Each moment, reached for the first, second … time. */
export function eachOf(moments: readonly Moment[], hits: readonly number[]): MomentKill[] {
  return moments.flatMap((at) => hits.map((hit) => ({ at, hit })))
}

/** Killed at each of `first`, and the start after it again at each of `then`, while it tidies up. */
export function eachPair(first: readonly Moment[], then: readonly Moment[]): MomentKill[] {
  return first.flatMap((one) => then.flatMap((other) => eachOf([one, other], [1])))
}

/** Endless: any moment, or any time. */
export function* anyKills(seed: number, moments: readonly Moment[]): Generator<Kill, never> {
  const random = createTestRandom(seed)
  // The low bits of the seed only alternate.
  const upTo = (count: number): number => (random.seed() >>> 8) % count
  for (;;) {
    const at = moments[upTo(moments.length)]
    yield at === undefined || upTo(2) === 0 ? { afterMs: upTo(200) } : { at, hit: 1 + upTo(3) }
  }
}

/** Runs a plan, then lets the process finish, and looks at what came of it. */
export async function runPlan(run: KillRun, kills: Iterable<Kill>): Promise<Outcome> {
  const missed: Kill[] = []
  let killed = 0
  for (const kill of kills) {
    if (await run.start(kill)) killed += 1
    else missed.push(kill)
  }
  if (await run.start(null)) throw new Error('nobody was to kill this one')
  return outcome(run, { killed, missed })
}

/** Kills until nothing waits, at most `most` times. */
export async function runOut(run: KillRun, kills: Iterator<Kill>, most: number): Promise<Outcome> {
  let killed = 0
  const missed: Kill[] = []
  while (killed < most) {
    const kill: Kill = kills.next().value
    if (await run.start(kill)) killed += 1
    else if ('afterMs' in kill) break
    else missed.push(kill)
  }
  await run.start(null)
  return outcome(run, { killed, missed })
}

function outcome(run: KillRun, kills: { killed: number; missed: readonly Kill[] }): Outcome {
  const arrived = run.arrived()
  const found = audit(run.file, arrived)
  const moments = arrived.map((mail) => mail.date).sort((a, b) => a - b)
  // Dates are written in whole seconds.
  const hasBurst = moments.some((at, index) => index > 0 && at - (moments[index - 1] ?? 0) < KILL_GAP.min - 1_000)
  return { ...found, ...kills, problems: hasBurst ? [...found.problems, 'two mails in one gap'] : found.problems }
}

/** How many random kills, and from which seed; PACEMAIL_KILLS and PACEMAIL_SEED choose others. */
export function killChoices(): { kills: number; seed: number } {
  return {
    kills: Number(process.env['PACEMAIL_KILLS'] ?? 20),
    seed: SEED,
  }
}

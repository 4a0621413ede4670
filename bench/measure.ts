export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** Wall time of one call, ms. */
export async function timeOf(work: () => unknown): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

/** Starts with an empty nursery where `--expose-gc` allows: nobody pays for the round before. */
export function collectGarbage(): void {
  globalThis.gc?.()
}

/**
 * Runs the works in turn, round by round, so that a busy moment of the machine meets them all. Each answers a number;
 * the lists keep the order of the rounds.
 */
export async function interleave<Name extends string>(
  rounds: number,
  works: Readonly<Record<Name, () => number | Promise<number>>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(works) as Name[]
  const found = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      collectGarbage()
      found[name].push(await works[name]())
    }
  }
  return found
}

/** The median of the ratios of each round: what the machine was doing meanwhile cancels out. */
export function medianRatio(above: readonly number[], below: readonly number[]): number {
  return median(above.map((value, round) => value / (below[round] ?? Number.NaN)))
}

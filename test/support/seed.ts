/**
 * The seed of every random test. The same each time, so that a red suite means a changed product;
 * PACEMAIL_SEED=7 searches elsewhere, or repeats what was found there.
 */
export const SEED = Number(process.env['PACEMAIL_SEED'] ?? 20_261_122)

/** How many random runs; PACEMAIL_RUNS=2000 searches further. */
export function runsOr(usual: number): number {
  return Number(process.env['PACEMAIL_RUNS'] ?? usual)
}

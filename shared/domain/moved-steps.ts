/**
 * Where a step of a draft stands after a change; null: it is gone. `cameFrom`: of each step the place that it had before, null
 * for a new one. Without it nothing has moved, and what is missing was cut off at the end.
 */
export function placeAfter(
  step: number,
  { cameFrom, steps }: { readonly cameFrom: readonly (number | null)[] | null; readonly steps: number },
): number | null {
  const place = cameFrom === null ? step : cameFrom.indexOf(step)
  return place >= 0 && place < steps ? place : null
}

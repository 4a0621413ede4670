import { keyValues, type Merged, mergeKeyed, type MergePart } from '#shared/domain/merge'

/** One template and one lead, its values by the names of their fields as typed. */
export function mergeTemplate(
  parts: readonly MergePart[],
  values: ReadonlyMap<string, string>,
  escape?: (value: string) => string,
): Merged {
  return mergeKeyed(parts, keyValues(values), escape)
}

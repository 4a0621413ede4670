/** The merge fields of a text, and what stands in for each where a lead has none. */
import { BUILT_IN_FIELDS, fieldKey, type FieldPart, parseTemplate } from './merge.ts'

export interface UsedField {
  /** `fieldKey` of its name. */
  readonly key: string
  /** As typed where it stands first. */
  readonly name: string
  /** Null: it is required, and whoever has none is left out. A field with two fallbacks is told twice. */
  readonly fallback: string | null
}

/** These are the rep's own, so that every mail has them. */
const OWN: ReadonlySet<string> = new Set(['senderName', 'senderPostalAddress', 'optOut', 'email'].map(fieldKey))

/** What a lead may lack, with each of its fallbacks, in the order in which they stand in these texts. */
export function usedFields(texts: readonly string[]): UsedField[] {
  const parts = texts.flatMap(fieldsOf).filter(({ key }) => !OWN.has(key))
  const groups = Map.groupBy(parts, (part) => JSON.stringify([part.key, fallbackOf(part)]))
  return [...groups.values()].flatMap(([first]) =>
    first === undefined
      ? []
      : [
          {
            key: first.key,
            name: BUILT_IN_FIELDS.find((name) => fieldKey(name) === first.key) ?? first.name,
            fallback: fallbackOf(first),
          },
        ],
  )
}

/** The text with another fallback wherever the field has this one; null: required. Other filters stay in their order. */
export function withFallback(
  text: string,
  { key, fallback: before }: Pick<UsedField, 'key' | 'fallback'>,
  fallback: string | null,
): string {
  let made = text
  // From the end, so that the places before stay what they are.
  for (const part of fieldsOf(text).toReversed()) {
    const end = part.key === key && fallbackOf(part) === before ? endOf(text, part) : null
    if (end !== null) made = made.slice(0, part.at) + sourceOf(part, fallback) + made.slice(end)
  }
  return made
}

function fieldsOf(text: string): FieldPart[] {
  return parseTemplate(text).parts.filter((part) => part.kind === 'field')
}

function fallbackOf({ filters }: FieldPart): string | null {
  return filters.find((filter) => filter.name === 'default')?.fallback ?? null
}

/** One past its braces: the first place up to which it reads as this very field. Null: there is none. */
function endOf(text: string, { at }: FieldPart): number | null {
  for (let close = text.indexOf('}}', at); close !== -1; close = text.indexOf('}}', close + 2)) {
    const { parts, problems } = parseTemplate(text.slice(at, close + 2))
    if (problems.length === 0 && parts.length === 1 && parts[0]?.kind === 'field') return close + 2
  }
  return null
}

function sourceOf({ name, filters }: FieldPart, fallback: string | null): string {
  const others = filters.flatMap((filter) =>
    filter.name === 'default' ? [] : [filter.name === 'locale' ? `locale: "${filter.language}"` : filter.name],
  )
  // A quotation mark would end it.
  const own = fallback === null ? [] : [`default: "${fallback.replaceAll(/["\r\n]/gu, '’')}"`]
  return `{{${[name, ...own, ...others].join(' | ')}}}`
}

/** What may stand in a lead's fields, the same for an import and an edit. */
export const MAX_TEXT = {
  firstName: 200,
  lastName: 200,
  company: 200,
  title: 200,
  website: 300,
  phone: 60,
  country: 60,
  note: 4_000,
  source: 200,
  basisNote: 1_000,
  tag: 40,
  fieldName: 60,
  fieldValue: 2_000,
} as const

/** Control characters other than tab and line feed, and the two line separators that look like nothing. */
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g

/** They turn round what stands after them: a name would make the rest of a line, or of a subject, read backwards. */
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/g

/** One line without control characters: names end up in mail headers. Spaces around it and runs of them are dropped. */
export function cleanLine(text: string, max: number): string {
  const visible = text.toWellFormed().replace(DIRECTION, '')
  const line = visible.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\s]+/g, ' ')
  return cut(line.trim(), max)
}

/** Text that may have several lines, with `\n` between them. */
export function cleanText(text: string, max: number): string {
  const lines = text.toWellFormed().replace(/\r\n?/g, '\n').replace(INVISIBLE, '').replace(DIRECTION, '')
  return cut(lines.trim(), max)
}

/** Custom fields: empty ones are dropped; of two names that become equal the first one wins. */
export function cleanFields(entries: Iterable<readonly [string, string]>): Record<string, string> {
  const kept = new Map<string, string>()
  for (const [name, value] of entries) {
    const field = fieldNameOf(name)
    const text = cleanText(value, MAX_TEXT.fieldValue)
    if (field !== '' && text !== '' && !kept.has(field)) kept.set(field, text)
  }
  return Object.fromEntries(kept)
}

/** `__proto__` would vanish on its way through objects; any other name is only a name. */
export function fieldNameOf(name: string): string {
  const line = cleanLine(name, MAX_TEXT.fieldName)
  return line === '__proto__' ? 'proto' : line
}

/** Never half a surrogate pair at the cut. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text
  const head = text.slice(0, max)
  return (head.isWellFormed() ? head : head.slice(0, -1)).trimEnd()
}

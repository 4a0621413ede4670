/** Names of facts whose value never reaches the log, whatever it is. */
const SECRET_NAMES = /pass|token|secret|cookie|authori[sz]ation|credential|^code$/i

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/[^\s<>"'(),;:=/\\]+@[^\s<>"'(),;:/\\]+/g, '<address>'],
  [/(launch=|bearer\s+|basic\s+)[\w.~+/=-]+/gi, '$1<secret>'],
  // Keys and tokens: long runs without a space that no sentence and no path contains.
  [/\b[A-Za-z0-9][\w.-]{39,}\b/g, '<secret>'],
]

/** Takes addresses, launch codes and long tokens out of a text for the log. */
export function redactText(text: string): string {
  let redacted = text
  for (const [pattern, replacement] of PATTERNS) redacted = redacted.replace(pattern, replacement)
  return redacted
}

export function redactFact(name: string, value: unknown): unknown {
  if (SECRET_NAMES.test(name)) return '<secret>'
  return typeof value === 'string' ? redactText(value) : value
}

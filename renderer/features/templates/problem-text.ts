import type { TemplateProblem } from '#shared/contract/templates'

/** A template's mistake as one sentence with what to do; the offending text is shown beside it. */
export function problemText(problem: TemplateProblem): string {
  switch (problem.code) {
    case 'unclosed':
      return 'This merge field has no end. Close it with }}.'
    case 'unknown_field':
      return 'No lead has a field of this name. Insert one from the chips below.'
    case 'unknown_filter':
      return 'After the bar may stand default, capitalize, upcase, downcase or, for days and months, locale.'
    case 'bad_argument':
      return 'Write the fallback in quotation marks, as in {{firstName | default: "there"}}.'
    case 'bad_pick':
      return 'Write two alternatives or more, each in quotation marks and without merge fields, as in {{pick "Hi" | "Hello"}}.'
    case 'unknown_language':
      return 'The language is one of en, de, fr, es, nl, it or pt, in quotation marks, as in {{nextWorkday | locale: "de"}}.'
    case 'empty_subject':
      return 'A mail needs a subject.'
    case 'empty_body':
      return 'The mail is empty.'
    case 'line_break_in_subject':
      return 'A subject is a single line.'
  }
}

/** Where the offending piece stands in the field's text: the problem names the place where its merge field begins. */
export function problemRange(
  { at, text }: Pick<TemplateProblem, 'at' | 'text'>,
  value: string,
): { start: number; end: number } {
  const found = value.indexOf(text, at)
  const start = found === -1 ? Math.min(at, value.length) : found
  return { start, end: Math.min(start + text.length, value.length) }
}

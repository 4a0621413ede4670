import type { TemplateContent } from '#shared/contract/templates'

/** Words from outside, such as a link's. */
export interface GivenWords {
  /** Empty: the template's. */
  readonly subject: string
  readonly body: string
}

export interface WithGivenWords {
  readonly content: TemplateContent
  /** To be merged with a lead's values. */
  readonly values: ReadonlyMap<string, string>
}

/**
 * The template with other words in its place. They go in as values, a line each: whatever they say, it becomes no field, no
 * formatting and no link.
 */
export function withGivenWords(template: TemplateContent, words: GivenWords | null): WithGivenWords {
  const values = new Map<string, string>()
  const asFields = (text: string): string =>
    text
      .split('\n')
      .map((line) => {
        if (line.trim() === '') return ''
        const name = `given${values.size}`
        values.set(name, line)
        return `{{${name}}}`
      })
      .join('\n')
  const { subject, body, format } = template
  return {
    content: {
      subject: words?.subject ? asFields(words.subject) : subject,
      body: words?.body ? asFields(words.body) : body,
      format,
    },
    values,
  }
}

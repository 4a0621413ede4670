/**
 * A rendered mail as a rep can write it, and back: plain text as it is, formatted mail with the marks of our format
 * (`render-formatted.ts`), and what is dated at dispatch as its field.
 */
import { convert, type FormatCallback } from 'html-to-text'
import type { TemplateContent } from '#shared/contract/templates'
import { type MailText, typedMarks } from '#shared/domain/dispatch-tokens'
import { AppError } from '#shared/errors'
import { renderMail, templateProblems } from './render.ts'

/** The source of a rendered mail. Its signature is part of it. */
export function sourceOf({ subject, text, html }: MailText): TemplateContent {
  return html === null
    ? { subject: typedMarks(subject), body: typedMarks(text), format: 'plain' }
    : { subject: typedMarks(subject), body: typedMarks(formattedSource(html)), format: 'formatted' }
}

/** The mail of a source. Throws `template.invalid`: of all fields, only those dated at dispatch are filled in here. */
export function mailOfSource(source: TemplateContent): MailText {
  const [problem] = templateProblems(source, [])
  if (problem) {
    throw new AppError('template.invalid', problem.code, { details: { code: problem.code, text: problem.text } })
  }
  const { missing, ...mail } = renderMail({ content: source, values: new Map(), signature: '' })
  if (missing.length > 0) {
    throw new AppError('template.invalid', 'fields', { details: { code: 'unknown_field', text: missing.join(', ') } })
  }
  return mail
}

const surround =
  (mark: string): FormatCallback =>
  (element, walk, builder) => {
    builder.addLiteral(mark)
    walk(element.children, builder)
    builder.addLiteral(mark)
  }

const link: FormatCallback = (element, walk, builder) => {
  builder.addLiteral('[')
  walk(element.children, builder)
  builder.addLiteral(`](${String(element.attribs['href'] ?? '')})`)
}

/** Only what the format's reader would take for a mark is escaped. */
const ESCAPES = Object.fromEntries(['\\', '*', '_', '[', ']', '<'].map((mark) => [mark, `\\${mark}`]))

function formattedSource(html: string): string {
  return convert(html, {
    wordwrap: false,
    encodeCharacters: ESCAPES,
    formatters: { bold: surround('**'), italic: surround('*'), link },
    selectors: [
      { selector: 'strong', format: 'bold' },
      { selector: 'em', format: 'italic' },
      { selector: 'a', format: 'link' },
      { selector: 'ul', options: { itemPrefix: '- ' } },
    ],
  })
}

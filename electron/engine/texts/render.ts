import type { RenderedMail, TemplateContent, TemplateProblem } from '#shared/contract/templates'
import {
  BUILT_IN_FIELDS,
  countVersions,
  type FieldPart,
  fieldKey,
  isBlank,
  keyValues,
  markOf,
  mergeKeyed,
  type MergePart,
  parseTemplate,
  resolvePart,
} from '#shared/domain/merge'
import { withoutMarks } from '#shared/domain/dispatch-tokens'
import { languageOfText } from '#shared/domain/text-language'
import { compileFormatted, paragraphHtml } from './render-formatted.ts'

export interface MailTemplate {
  readonly content: TemplateContent
  /** Put below the body as it is, after a blank line: no merge fields, no formatting. Empty: none. */
  readonly signature: string
  /** Without it the fields `senderPostalAddress` and `optOut` are blank, and nothing more is put below. */
  readonly footer?: Footer
}

/** Who writes, and how to hear no more of them. */
export interface Footer {
  /** One line. */
  readonly postalAddress: string
  readonly optOut: string
  /** Put below the signature, each part unless the body has its field; false: the fields only. */
  readonly isAdded: boolean
}

/** Renders one mail of a template. To render many, keep the function that `createRenderer` gives. */
export function renderMail(
  options: MailTemplate & {
    /** By field name; see `mergeValues`. */
    readonly values: ReadonlyMap<string, string>
  },
): RenderedMail {
  return createRenderer(options)(options.values)
}

/**
 * Reads the template once and gives a function that renders it for one lead after the other. A value is put in after
 * all reading is done: it cannot become a field, a format, a link or markup.
 */
export function createRenderer(template: MailTemplate): (values: ReadonlyMap<string, string>) => RenderedMail {
  const language = languageOfText(`${template.content.subject}\n${template.content.body}`)
  const read = (text: string): MergePart[] =>
    parseTemplate(withoutMarks(text)).parts.map((part) =>
      part.kind === 'dated' ? { kind: 'text', text: markOf(part, language) } : part,
    )
  const subject = read(template.content.subject)
  const body = read(unixLines(template.content.body))
  const fields = [...subject, ...body].flatMap((part) => (part.kind === 'field' ? [part.key] : []))
  const used = new Set([...fields, 'email'])
  const own = footerValues(template.footer)
  const inBody = new Set(body.flatMap((part) => (part.kind === 'field' ? [part.key] : [])))
  const signature = withoutMarks(belowBody(template, inBody)).trim()
  const formatted = template.content.format === 'formatted' ? compileFormatted(body, signature) : null

  return (values) => {
    const keyed = printableValues([own, keyValues(values)], used)
    const mergedSubject = mergeKeyed(subject, keyed)
    const mergedBody = mergeKeyed(body, keyed)
    const rendered = formatted?.(keyed) ?? { text: withSignature(mergedBody.text, signature), html: null }
    return {
      subject: oneLine(mergedSubject.text),
      text: rendered.text.toWellFormed(),
      html: rendered.html?.toWellFormed() ?? null,
      missing: [...new Set([...mergedSubject.missing, ...mergedBody.missing])],
    }
  }
}

/** Says of one lead after the other whether its mail would have no hole, without writing it. */
export function createFieldCheck({
  content,
  footer,
}: Omit<MailTemplate, 'signature'>): (values: ReadonlyMap<string, string>) => boolean {
  const parts = [content.subject, unixLines(content.body)].flatMap((text) => parseTemplate(withoutMarks(text)).parts)
  const asked = parts.filter((part) => part.kind === 'field' || part.kind === 'broken')
  const used = new Set(asked.flatMap((part) => (part.kind === 'field' ? [part.key] : [])))
  const own = footerValues(footer)
  return (values) => {
    if (asked.length === 0) return true
    const keyed = printableValues([own, keyValues(values)], used)
    return asked.every((part) => resolvePart(part, keyed) !== null)
  }
}

/**
 * A mail that was written as a follow-up and is the first one after all: with what every first mail has below it, each part
 * unless the text says it anyway.
 */
export function asFirstMail<M extends Pick<RenderedMail, 'text' | 'html'>>(mail: M, footer: Footer): M {
  const hasAddress = squeezed(mail.text).includes(squeezed(footer.postalAddress))
  const hasOptOut = mail.text.includes(printable(footer.optOut).trim())
  const below = linesOf([hasAddress ? '' : footer.postalAddress, hasOptOut ? '' : footer.optOut])
  if (below === '') return mail
  return {
    ...mail,
    text: withSignature(mail.text, below),
    html: mail.html === null ? null : mail.html + paragraphHtml(below),
  }
}

/** In how many ways the mail can be worded, by its alternatives. */
export function versionsOf({ subject, body }: TemplateContent): number {
  return countVersions([parseTemplate(subject).parts, parseTemplate(body).parts])
}

/** Every mistake that can be seen without a lead. `knownFields` are the custom columns of the imports. */
export function templateProblems(content: TemplateContent, knownFields: Iterable<string>): TemplateProblem[] {
  const known = new Set([...BUILT_IN_FIELDS, ...knownFields].map(fieldKey))
  return [...subjectProblems(content.subject, known), ...bodyProblems(content.body, known)]
}

/** The mistakes of a piece of a body. */
export function pieceProblems(text: string, knownFields: Iterable<string>): TemplateProblem[] {
  return partProblems('body', text, new Set([...BUILT_IN_FIELDS, ...knownFields].map(fieldKey)))
}

function subjectProblems(subject: string, known: ReadonlySet<string>): TemplateProblem[] {
  const found = partProblems('subject', subject, known)
  const lineBreak = subject.search(/[\r\n\u0085\u2028\u2029]/)
  if (lineBreak !== -1) found.push({ part: 'subject', at: lineBreak, code: 'line_break_in_subject', text: '' })
  if (canBeBlank(subject)) found.push({ part: 'subject', at: 0, code: 'empty_subject', text: '' })
  return found
}

function bodyProblems(body: string, known: ReadonlySet<string>): TemplateProblem[] {
  const found = partProblems('body', body, known)
  if (canBeBlank(body)) found.push({ part: 'body', at: 0, code: 'empty_body', text: '' })
  return found
}

function partProblems(part: TemplateProblem['part'], text: string, known: ReadonlySet<string>): TemplateProblem[] {
  const { parts, problems } = parseTemplate(text)
  const unknown = parts
    .filter((piece): piece is FieldPart => piece.kind === 'field' && !known.has(piece.key))
    .map((piece) => ({ at: piece.at, code: 'unknown_field' as const, text: piece.name }))
  return [...problems, ...unknown].sort((a, b) => a.at - b.at).map((problem) => ({ part, ...problem }))
}

/** Would some lead get nothing here? A field without a fallback is no such case: it is missing, and held back. */
function canBeBlank(text: string): boolean {
  return parseTemplate(text).parts.every((part) => isBlankPart(part))
}

function isBlankPart(part: MergePart): boolean {
  if (part.kind === 'text') return isBlank(part.text)
  if (part.kind === 'broken' || part.kind === 'dated') return false
  if (part.kind === 'pick') return part.options.some((option) => isBlank(option))
  return part.filters.some((filter) => filter.name === 'default' && isBlank(filter.fallback))
}

function withSignature(text: string, signature: string): string {
  return signature === '' ? text : `${text.trimEnd()}\n\n${signature}`
}

function unixLines(text: string): string {
  return text.replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
}

/** By key: the sender's own values count before those of the lead. */
function printableValues(
  [own, lead]: readonly [ReadonlyMap<string, string>, ReadonlyMap<string, string>],
  used: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const clean = new Map<string, string>()
  for (const key of used) clean.set(key, printable(own.get(key) ?? lead.get(key) ?? ''))
  return clean
}

const ADDRESS_KEY = fieldKey('senderPostalAddress')
const OPT_OUT_KEY = fieldKey('optOut')

function footerValues(footer: Footer | undefined): ReadonlyMap<string, string> {
  return new Map([
    [ADDRESS_KEY, footer?.postalAddress ?? ''],
    [OPT_OUT_KEY, footer?.optOut ?? ''],
  ])
}

/** Signature and footer. What the body says itself, or an address that the signature has anyway, is not said twice. */
function belowBody({ signature: typed, footer }: MailTemplate, inBody: ReadonlySet<string>): string {
  const signature = unixLines(typed).trim()
  if (footer === undefined || !footer.isAdded) return signature
  const hasAddress = inBody.has(ADDRESS_KEY) || squeezed(signature).includes(squeezed(footer.postalAddress))
  const below = linesOf([hasAddress ? '' : footer.postalAddress, inBody.has(OPT_OUT_KEY) ? '' : footer.optOut])
  return [signature, below].filter((part) => part !== '').join('\n\n')
}

function linesOf(lines: readonly string[]): string {
  return lines
    .map((line) => printable(line).trim())
    .filter((line) => line !== '')
    .join('\n')
}

/** Letters and digits alone: an address reads the same in one line and in three. */
function squeezed(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}

/** A lead's value without what no reader can see and what some mail program may trip over; line breaks and tabs stay. */
function printable(value: string): string {
  return withoutMarks(unixLines(value)).replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
}

/** A subject is a header: one line, nothing that could end it. */
function oneLine(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .trim()
    .toWellFormed()
}

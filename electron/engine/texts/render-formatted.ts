/**
 * Formatted mail: **bold**, *italic*, [links](https://…), lists, line breaks; everything else is text.
 *
 * The template is read as Markdown once, with a mark in the place of each field and of each link's ends. The HTML and
 * the text made from it are cut at the marks, and only then are values put in, escaped. What a lead's record says is
 * therefore never seen by the Markdown reader.
 */
import { convert } from 'html-to-text'
import MarkdownReader, { type MarkdownIt } from 'markdown-it'
import { type MergePart, resolvePart } from '#shared/domain/merge'
import { createLinkTarget, type LinkTarget, linkTarget } from './link-target.ts'

export interface Formatted {
  readonly text: string
  readonly html: string
}

/** Gives a function from a lead's values (see `keyValues`) to the two bodies. Missing fields come out empty: the caller reports them. */
export function compileFormatted(
  parts: readonly MergePart[],
  signature: string,
): (keyed: ReadonlyMap<string, string>) => Formatted {
  const { html, links } = readMarkdown(parts)
  const htmlPieces = cut(html)
  const textPieces = cut(htmlToText(html))
  const signatureHtml = signature === '' ? '' : paragraphHtml(signature)
  const signatureText = signature === '' ? '' : `\n\n${signature}`

  return (keyed) => {
    const shown = parts.map((part) => (part.kind === 'text' ? '' : (resolvePart(part, keyed) ?? '')))
    const urls = links.map((link) => linkTarget(link.target, (index) => shown[index] ?? ''))
    const htmlOf: Record<Mark['kind'], (index: number) => string> = {
      field: (index) => escapeHtml(shown[index] ?? ''),
      link: (index) => (isUrl(urls[index]) ? `<a href="${escapeHtml(urls[index])}">` : ''),
      link_end: (index) => (isUrl(urls[index]) ? '</a>' : ''),
    }
    const textOf: Record<Mark['kind'], (index: number) => string> = {
      field: (index) => shown[index] ?? '',
      link: () => '',
      link_end: (index) => (isUrl(urls[index]) && links[index]?.isBare === false ? ` (${urls[index]})` : ''),
    }
    return { html: join(htmlPieces, htmlOf) + signatureHtml, text: join(textPieces, textOf) + signatureText }
  }
}

interface Link {
  readonly target: LinkTarget
  /** Its words are its address, so the text need not repeat it. */
  readonly isBare: boolean
}

interface Mark {
  readonly kind: 'field' | 'link' | 'link_end'
  readonly index: number
}

// A mark is written with private-use characters, of which the template's own text is cleaned before.
const MARK = /\uE000(field|link|link_end)(\d+)\uE001/g
const MARK_CHARACTERS = /[\uE000\uE001]/g

function written(kind: Mark['kind'], index: number): string {
  return `\uE000${kind}${index}\uE001`
}

function cut(text: string): (string | Mark)[] {
  const pieces: (string | Mark)[] = []
  let from = 0
  for (const match of text.matchAll(MARK)) {
    pieces.push(text.slice(from, match.index), { kind: match[1] as Mark['kind'], index: Number(match[2]) })
    from = match.index + match[0].length
  }
  return [...pieces, text.slice(from)]
}

function join(pieces: readonly (string | Mark)[], show: Record<Mark['kind'], (index: number) => string>): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : show[piece.kind](piece.index))).join('')
}

function readMarkdown(parts: readonly MergePart[]): { html: string; links: readonly Link[] } {
  const source = parts.map((part, index) => {
    if (part.kind === 'text') return part.text.replace(MARK_CHARACTERS, '')
    return part.kind === 'broken' ? part.source.replace(MARK_CHARACTERS, '') : written('field', index)
  })
  const links: Link[] = []
  const html = createMarkdown(links).render(source.join(''))
  return { html, links }
}

/** A reader of the few formats we have; it collects the links it meets in `links`. */
function createMarkdown(links: Link[]): MarkdownIt {
  const markdown = new MarkdownReader('zero', { html: false, linkify: false, typographer: false, breaks: true })
  markdown.enable(['list', 'newline', 'escape', 'emphasis', 'link', 'autolink'])
  markdown.normalizeLink = (url) => url
  markdown.normalizeLinkText = (url) => url
  markdown.validateLink = (url) => readTarget(url) !== null

  markdown.renderer.rules['link_open'] = (tokens, at) => {
    const typed = String(tokens[at]?.attrGet('href') ?? '')
    const target = readTarget(typed)
    if (target === null) throw new Error('A link was read that validateLink refuses.')
    const isBare = typed.replace(/^mailto:/i, '') === tokens[at + 1]?.content
    return written('link', links.push({ target, isBare }) - 1)
  }
  // Links do not nest in Markdown: the one that ends is the last that began.
  markdown.renderer.rules['link_close'] = () => written('link_end', links.length - 1)
  return markdown
}

function readTarget(typed: string): LinkTarget | null {
  return createLinkTarget(cut(typed).map((piece) => (typeof piece === 'string' ? piece : piece.index)))
}

function htmlToText(html: string): string {
  return convert(html, { wordwrap: false, selectors: [{ selector: 'ul', options: { itemPrefix: '- ' } }] })
}

/** Text as it is, below what there is. */
export function paragraphHtml(text: string): string {
  return `<p>${escapeHtml(text)}</p>\n`
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('\n', '<br>\n')
}

function isUrl(url: string | null | undefined): url is string {
  return typeof url === 'string'
}

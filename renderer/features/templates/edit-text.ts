/** A text with what is selected in it; `start === end` is a caret. Offsets in UTF-16 units, as a textarea counts. */
export interface Edited {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Puts `piece` where the caret is, in place of the selection, and leaves the caret behind it. */
export function insertAtCaret(edited: Edited, piece: string): Edited {
  const at = edited.start + piece.length
  return { text: edited.text.slice(0, edited.start) + piece + edited.text.slice(edited.end), start: at, end: at }
}

/**
 * Wraps the selection in `mark`, or takes the mark off when it is already there. Spaces at the ends stay outside,
 * because `** bold **` is not bold. With nothing selected the caret ends up between the marks.
 */
export function toggleMark(edited: Edited, mark: string): Edited {
  const { text, start, end } = trimmed(edited)
  const size = mark.length
  if (isMarked(text, { start, end }, mark)) {
    const inner = text.slice(start, end)
    return { text: text.slice(0, start - size) + inner + text.slice(end + size), start: start - size, end: end - size }
  }
  const wrapped = mark + text.slice(start, end) + mark
  return { text: text.slice(0, start) + wrapped + text.slice(end), start: start + size, end: end + size }
}

const NO_LINK_TEXT = 'text'
const NO_LINK_ADDRESS = 'https://'

/** `[selection](https://)` with the address selected, or the text when nothing was selected, so that one types on. */
export function insertLink(edited: Edited): Edited {
  const { text, start, end } = trimmed(edited)
  const chosen = text.slice(start, end)
  const isAddress = /^https?:\/\/\S+$/.test(chosen)
  const label = isAddress || chosen === '' ? NO_LINK_TEXT : chosen
  const address = isAddress ? chosen : NO_LINK_ADDRESS
  const after = text.slice(0, start) + `[${label}](${address})` + text.slice(end)
  const labelAt = start + 1
  if (label === NO_LINK_TEXT) return { text: after, start: labelAt, end: labelAt + label.length }
  const addressAt = labelAt + label.length + 2
  return { text: after, start: addressAt, end: addressAt + address.length }
}

/** Puts `- ` before every line of the selection, or takes it off when all of them have it. */
export function toggleList(edited: Edited): Edited {
  const { text } = edited
  const from = text.lastIndexOf('\n', edited.start - 1) + 1
  const lineEnd = text.indexOf('\n', edited.end)
  const to = lineEnd === -1 ? text.length : lineEnd
  const lines = text.slice(from, to).split('\n')
  const isList = lines.every((line) => line.startsWith('- '))
  const changed = lines.map((line) => (isList ? line.slice(2) : `- ${line}`)).join('\n')
  return { text: text.slice(0, from) + changed + text.slice(to), start: from, end: from + changed.length }
}

function trimmed(edited: Edited): Edited {
  const chosen = edited.text.slice(edited.start, edited.end)
  const inner = chosen.trim()
  if (inner === '') return { ...edited, end: chosen === '' ? edited.end : edited.start }
  const start = edited.start + chosen.indexOf(inner)
  return { text: edited.text, start, end: start + inner.length }
}

/** A single `*` beside another one belongs to `**` and is not the mark itself. */
function isMarked(text: string, range: { start: number; end: number }, mark: string): boolean {
  const before = text.slice(0, range.start)
  const after = text.slice(range.end)
  if (!before.endsWith(mark) || !after.startsWith(mark)) return false
  return mark !== '*' || stars(before, -1) % 2 === 1
}

function stars(text: string, side: -1): number {
  let count = 0
  while (text.at(side - count) === '*') count += 1
  return count
}

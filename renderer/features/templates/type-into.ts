import type { Edited } from './edit-text.ts'
import { textChange } from './text-change.ts'

export type TextField = HTMLInputElement | HTMLTextAreaElement

/** What a field holds now, with its selection. */
export function readField(field: TextField): Edited {
  const { value, selectionStart, selectionEnd } = field
  return { text: value, start: selectionStart ?? value.length, end: selectionEnd ?? value.length }
}

/** Changes a field as if the rep had typed, so that Ctrl+Z takes it back, and leaves the caret where the change says. */
export function typeInto(field: TextField, edited: Edited): void {
  const change = textChange(field.value, edited.text)
  field.focus()
  field.setSelectionRange(change.from, change.to)
  // oxlint-disable-next-line typescript/no-deprecated -- without a successor: nothing else changes a field so that its undo knows
  document.execCommand(change.piece === '' ? 'delete' : 'insertText', false, change.piece)
  field.setSelectionRange(edited.start, edited.end)
}

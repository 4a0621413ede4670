import { MENU_KEYS } from '#shared/domain/menu-keys'

export interface Shortcut {
  /** In the notation of `Keys`. */
  readonly keys: string
  readonly does: string
}

export interface ShortcutGroup {
  readonly title: string
  readonly shortcuts: readonly Shortcut[]
}

export const SHORTCUTS: readonly ShortcutGroup[] = [
  {
    title: 'Everywhere',
    shortcuts: [
      { keys: 'mod+k', does: 'Go to, do or find anything' },
      { keys: 'g l', does: 'Leads' },
      { keys: 'g d', does: 'Dispatch' },
      { keys: 'g c', does: 'Campaigns' },
      { keys: 'g q', does: 'Queue' },
      { keys: 'g r', does: 'Answers (replies)' },
      { keys: 'g t', does: 'Templates' },
      { keys: 'g m', does: 'Mailboxes' },
      { keys: 'g a', does: 'Activity' },
      { keys: 'g i', does: 'Insights' },
      { keys: 'g s', does: 'Settings' },
      { keys: 'mod+Enter', does: 'Dispatch all; the next step of an import' },
      { keys: 'Shift+P', does: 'Pause or resume all sending' },
      { keys: '?', does: 'This list' },
    ],
  },
  {
    title: 'Leads',
    shortcuts: [
      { keys: 'j', does: 'Next lead' },
      { keys: 'k', does: 'Lead before' },
      { keys: 'a', does: 'Approve' },
      { keys: 'r', does: 'Reject' },
      { keys: 'n', does: 'Set back to new' },
      { keys: 'v', does: 'One by one, beside the mail; again: back to the table' },
      { keys: 'e', does: 'Edit' },
      { keys: 'F2', does: 'Edit in the row' },
      { keys: 't', does: 'Tags' },
      { keys: 'x', does: 'Choose (or Space)' },
      { keys: 'i', does: 'Import a file' },
      { keys: '/', does: 'Search' },
      { keys: 'mod+z', does: 'Undo' },
    ],
  },
  {
    title: 'Dispatch and Queue',
    shortcuts: [
      { keys: 'j', does: 'Next mail' },
      { keys: 'k', does: 'Mail before' },
      { keys: 'x', does: 'Choose' },
      { keys: 'o', does: 'Open (Queue)' },
      { keys: 'e', does: 'Edit this mail (Dispatch)' },
      { keys: 'Shift+S', does: 'Send to this lead (Dispatch)' },
      { keys: 'Shift+A', does: 'Choose all (Queue)' },
      { keys: '1 2 3', does: 'High, normal, low priority (Queue)' },
      { keys: 'Delete', does: 'Cancel (Queue)' },
      { keys: 'r', does: 'Try again (Queue, failed mail)' },
    ],
  },
  {
    title: 'People of a campaign',
    shortcuts: [
      { keys: 'j', does: 'Next person' },
      { keys: 'k', does: 'Person before' },
      { keys: 'x', does: 'Choose' },
      { keys: 'o', does: 'Open' },
    ],
  },
  {
    title: 'Answers',
    shortcuts: [
      { keys: 'j', does: 'Next answer' },
      { keys: 'k', does: 'Answer before' },
      { keys: 'o', does: 'Open' },
      { keys: 'u', does: 'Take back' },
    ],
  },
  { title: 'Templates', shortcuts: [{ keys: 'mod+s', does: 'Save' }] },
]

/** Only there: in a browser these keys are the browser's own. */
export const DESKTOP_SHORTCUTS: ShortcutGroup = { title: 'In the desktop app', shortcuts: Object.values(MENU_KEYS) }

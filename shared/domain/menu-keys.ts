/** Keys of the desktop app's menu, in the notation of the shortcut sheet, which shows the same ones. */
export const MENU_KEYS = {
  settings: { keys: 'mod+,', does: 'Settings' },
  import: { keys: 'mod+o', does: 'Import a file' },
  pause: { keys: 'mod+Shift+P', does: 'Pause or resume all sending, also while you type' },
  quit: { keys: 'mod+q', does: 'Quit' },
} as const
export type MenuKey = keyof typeof MENU_KEYS

/** How a key of a shortcut is called on this system. */
export function keyName(key: string): string {
  if (key === 'mod') return navigator.platform.startsWith('Mac') ? '⌘' : 'Ctrl'
  return key.length === 1 ? key.toUpperCase() : key
}

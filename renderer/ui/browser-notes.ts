import { useSyncExternalStore } from 'react'

/** Whether this browser shows notifications of the page: the rep wants them here, and the browser lets them through. */
export type BrowserNotes = 'on' | 'off' | 'blocked' | 'impossible'

const WANTED = 'pacemail.browserNotes'
const CHANGED = 'pacemail:browser-notes'

export function useBrowserNotes(): BrowserNotes {
  return useSyncExternalStore(listen, read)
}

/** Asks the browser, which asks the rep where it has not yet. Only after a click: browsers refuse anything else. */
export async function allowBrowserNotes(): Promise<BrowserNotes> {
  if (read() === 'impossible') return 'impossible'
  const answer = await Notification.requestPermission()
  keep(answer === 'granted')
  return read()
}

export function stopBrowserNotes(): void {
  keep(false)
}

/** The same place holds one of them, also where several windows of the app are open. */
export function showBrowserNote(note: {
  readonly title: string
  readonly body: string
  readonly onPress: () => void
}): void {
  const shown = new Notification(note.title, { body: note.body, tag: `${note.title}\n${note.body}` })
  shown.addEventListener('click', () => {
    window.focus()
    shown.close()
    note.onPress()
  })
}

function read(): BrowserNotes {
  if (!('Notification' in window)) return 'impossible'
  if (Notification.permission === 'denied') return 'blocked'
  return Notification.permission === 'granted' && window.localStorage.getItem(WANTED) === 'on' ? 'on' : 'off'
}

function keep(isOn: boolean): void {
  window.localStorage.setItem(WANTED, isOn ? 'on' : 'off')
  window.dispatchEvent(new Event(CHANGED))
}

/** Another window of the app may change it too. */
function listen(onChange: () => void): () => void {
  window.addEventListener(CHANGED, onChange)
  window.addEventListener('storage', onChange)
  return () => {
    window.removeEventListener(CHANGED, onChange)
    window.removeEventListener('storage', onChange)
  }
}

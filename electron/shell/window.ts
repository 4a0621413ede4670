import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron'
import { pageAddress, pageAt } from './links.ts'
import { keepPlace, readPlace } from './window-place.ts'

export interface MainWindow {
  readonly window: BrowserWindow
  /** Brings it to the front, wherever it is. */
  show(): void
  /** The same, with what the link names; it is the page that reads it. */
  open(link: string): void
  /** The same, with a page of the app. */
  goTo(page: string): void
  /** From now on closing the window closes it. */
  letGo(): void
}

export interface WindowOptions {
  readonly preload: string
  readonly icon: string
  /** False where there is no tray: then closing the window is the end. */
  readonly hasTray: boolean
  /** What the app was started with; null: nothing. */
  readonly link: string | null
  /** Nobody asked to see it: it stays away until somebody does. */
  readonly isHidden: boolean
  /** Where its place on the screen is kept. */
  readonly placeFile: string
}

/** The one window. With a tray, closing it hides it: the sender goes on. */
export function openMainWindow(options: WindowOptions): MainWindow {
  const place = readPlace(options.placeFile)
  const window = new BrowserWindow({ ...windowOptions(options), ...place?.bounds })
  let isHeld = options.hasTray

  if (place?.isMaximized === true) window.maximize()
  keepPlace(window, options.placeFile)
  if (!options.isHidden || !options.hasTray) window.once('ready-to-show', () => window.show())
  window.on('close', (event) => {
    if (!isHeld) return
    event.preventDefault()
    window.hide()
  })
  // A page that crashed says nothing and helps nobody; the engine lives elsewhere and has lost nothing.
  window.webContents.on('render-process-gone', () => window.reload())
  load(pageAddress(options.link))

  /** A page that is there already only changes its address. What goes wrong shows in the window, not here. */
  function load(address: string): void {
    window.loadURL(address).catch(() => {})
  }

  function open(link: string): void {
    load(pageAddress(link))
    show()
  }

  function goTo(page: string): void {
    load(pageAt(page))
    show()
  }

  function show(): void {
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  return { window, show, open, goTo, letGo: () => (isHeld = false) }
}

function windowOptions(options: WindowOptions): BrowserWindowConstructorOptions {
  return {
    title: 'Pacemail',
    icon: options.icon,
    width: 1_280,
    height: 860,
    minWidth: 880,
    minHeight: 600,
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  }
}

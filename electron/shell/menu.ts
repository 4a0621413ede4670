import { Menu, type MenuItemConstructorOptions } from 'electron'
import { LINK_PAGES } from '#shared/domain/link'
import { MENU_KEYS, type MenuKey } from '#shared/domain/menu-keys'

export interface MenuActions {
  /** To a page of the app. */
  readonly goTo: (page: string) => void
  readonly pause: (until: 'resumed' | 'in_an_hour' | 'tomorrow') => void
  readonly resume: () => void
}

export interface AppMenu {
  /** Drawn anew only where something in it changes. */
  show(state: { readonly isPaused: boolean }): void
}

type Items = MenuItemConstructorOptions[]
const LINE: MenuItemConstructorOptions = { type: 'separator' }

/** The menu as people know it from their system: on macOS a menu of the app itself, elsewhere its entries under File and Help. */
export function setAppMenu(platform: NodeJS.Platform, actions: MenuActions): AppMenu {
  let shown: boolean | null = null

  function show({ isPaused }: { readonly isPaused: boolean }): void {
    if (isPaused === shown) return
    shown = isPaused
    const isMac = platform === 'darwin'
    Menu.setApplicationMenu(
      Menu.buildFromTemplate([
        ...(isMac ? [{ label: 'Pacemail', submenu: ofApp(actions) }] : []),
        { label: 'File', submenu: isMac ? ofFile(actions) : [...ofFile(actions), ...ofProgram(actions)] },
        { role: 'editMenu' },
        { label: 'View', submenu: ofView(actions) },
        { label: 'Sending', submenu: ofSending(actions, isPaused) },
        { role: 'windowMenu' },
        { role: 'help', label: 'Help', submenu: ofHelp(actions, isMac) },
      ]),
    )
  }

  show({ isPaused: false })
  return { show }
}

function ofApp(actions: MenuActions): Items {
  const hiding: Items = [{ role: 'services' }, LINE, { role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }]
  return [{ role: 'about' }, LINE, settings(actions), LINE, ...hiding, LINE, quit]
}

function ofFile({ goTo }: MenuActions): Items {
  return [
    { label: 'Import…', accelerator: acceleratorOf('import'), click: () => goTo('/leads/import') },
    { label: 'Add One Lead…', click: () => goTo('/leads/add') },
    { label: 'New Campaign…', click: () => goTo('/campaigns/new') },
    LINE,
    { role: 'close' },
  ]
}

function ofProgram(actions: MenuActions): Items {
  return [LINE, settings(actions), LINE, quit]
}

function ofView({ goTo }: MenuActions): Items {
  const pages = LINK_PAGES.filter((page) => page !== 'settings')
  return [
    ...pages.map((page) => ({
      label: `${page.slice(0, 1).toUpperCase()}${page.slice(1)}`,
      click: () => goTo(`/${page}`),
    })),
    LINE,
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    LINE,
    { role: 'togglefullscreen' },
  ]
}

function ofSending({ pause, resume }: MenuActions, isPaused: boolean): Items {
  const accelerator = acceleratorOf('pause')
  if (isPaused) return [{ label: 'Resume Sending', accelerator, click: resume }]
  return [
    { label: 'Pause Until I Resume', accelerator, click: () => pause('resumed') },
    { label: 'Pause for an Hour', click: () => pause('in_an_hour') },
    { label: 'Pause Until Tomorrow', click: () => pause('tomorrow') },
  ]
}

function ofHelp({ goTo }: MenuActions, isMac: boolean): Items {
  const about: Items = [LINE, { label: 'About Pacemail', click: () => goTo('/settings?section=about') }]
  return [
    { label: 'Keyboard Shortcuts', click: () => goTo('/settings?section=shortcuts') },
    { label: 'Error Reports', click: () => goTo('/settings?section=reports') },
    ...(isMac ? [] : about),
  ]
}

function settings({ goTo }: MenuActions): MenuItemConstructorOptions {
  return { label: 'Settings…', accelerator: acceleratorOf('settings'), click: () => goTo('/settings') }
}

const quit: MenuItemConstructorOptions = { role: 'quit', accelerator: acceleratorOf('quit') }

/** `mod+o` as Electron writes it. */
function acceleratorOf(key: MenuKey): string {
  return MENU_KEYS[key].keys.replace('mod', 'CmdOrCtrl')
}

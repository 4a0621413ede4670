import { EventEmitter } from 'node:events'

/** What of Electron the shell uses, with a memory. One for each test file: `vi.mock` hands the same one to all. */

/** A page inside a window, from the main process's side. */
export class FakeContents extends EventEmitter {
  readonly sent: { readonly channel: string; readonly frame: unknown }[] = []
  windowOpenHandler: ((details: { url: string }) => { action: string }) | null = null
  isGone = false
  webRtcPolicy = 'default'

  send(channel: string, frame: unknown): void {
    // IPC clones; what cannot be cloned would throw here as it does there.
    this.sent.push({ channel, frame: structuredClone(frame) })
    this.emit('test:sent')
  }

  isDestroyed(): boolean {
    return this.isGone
  }

  setWebRTCIPHandlingPolicy(policy: string): void {
    this.webRtcPolicy = policy
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpenHandler = handler
  }
}

export class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents()
  readonly calls: string[] = []
  readonly options: Readonly<Record<string, unknown>>
  url = ''

  constructor(options: Readonly<Record<string, unknown>>) {
    super()
    this.options = options
    windows.push(this)
  }

  bounds = { x: 10, y: 20, width: 1_000, height: 700 }
  progress: readonly unknown[] = []
  getNormalBounds = () => this.bounds
  isMaximized = (): boolean => this.calls.includes('maximize')
  maximize = (): void => void this.calls.push('maximize')
  isDestroyed = (): boolean => false
  setProgressBar = (...progress: unknown[]): void => void (this.progress = progress)

  loadURL(url: string): Promise<void> {
    this.url = url
    return Promise.resolve()
  }

  show = (): void => void this.calls.push('show')
  hide = (): void => void this.calls.push('hide')
  focus = (): void => void this.calls.push('focus')
  restore = (): void => void this.calls.push('restore')
  reload = (): void => void this.calls.push('reload')
  isMinimized = (): boolean => this.calls.at(-1) === 'minimize'
}

export const windows: FakeWindow[] = []

export class FakeTray extends EventEmitter {
  icon: string
  toolTip = ''
  menu: readonly MenuItem[] = []
  isDestroyed = false

  constructor(icon: string) {
    super()
    if (trays.areMissing) throw new Error('no tray here')
    this.icon = icon
    trays.all.push(this)
  }

  setImage = (icon: string): void => void (this.icon = icon)
  setToolTip = (text: string): void => void (this.toolTip = text)
  setContextMenu = (menu: readonly MenuItem[]): void => void (this.menu = menu)
  destroy = (): void => void (this.isDestroyed = true)
}

export interface MenuItem {
  readonly label?: string
  readonly enabled?: boolean
  readonly click?: () => void
}

export const trays: { all: FakeTray[]; areMissing: boolean } = { all: [], areMissing: false }

/** A key store that "encrypts" by reversing; `backend` and `isAvailable` are the test's to set. */
export const safeStorage = {
  backend: 'gnome_libsecret',
  isAvailable: true,
  isAsyncEncryptionAvailable: () => Promise.resolve(safeStorage.isAvailable),
  getSelectedStorageBackend: () => safeStorage.backend,
  encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(text.split('').toReversed().join(''))),
  decryptStringAsync: (sealed: Buffer) =>
    Promise.resolve({ result: sealed.toString().split('').toReversed().join(''), shouldReEncrypt: false }),
}

export const app = Object.assign(new EventEmitter(), {
  isFirst: true,
  badge: 0,
  loginItem: { openAtLogin: false, wasOpenedAtLogin: false, args: [] as readonly string[] },
  setBadgeCount: (count: number) => void (app.badge = count),
  getLoginItemSettings: (asked: { args?: readonly string[] } = {}) => ({
    ...app.loginItem,
    openAtLogin: app.loginItem.openAtLogin && String(asked.args ?? []) === String(app.loginItem.args),
  }),
  setLoginItemSettings: (to: { openAtLogin: boolean; args?: readonly string[] }) => {
    app.loginItem = { wasOpenedAtLogin: false, openAtLogin: to.openAtLogin, args: to.args ?? [] }
  },
  paths: new Map<string, string>(),
  getPath: (name: string) => app.paths.get(name) ?? '/nowhere',
  claimed: [] as string[],
  setAsDefaultProtocolClient: (scheme: string) => void app.claimed.push(scheme),
  requestSingleInstanceLock: () => app.isFirst,
})

export const crashReporter = {
  started: [] as object[],
  start: (options: object) => void crashReporter.started.push(options),
}

export const protocol = {
  handlers: new Map<string, (request: Request) => Promise<Response>>(),
  schemes: [] as unknown[],
  registerSchemesAsPrivileged: (schemes: unknown[]) => void protocol.schemes.push(...schemes),
  handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
    void protocol.handlers.set(scheme, handler),
}

export const ipcMain = new EventEmitter()
/** The page's side; what it sends is remembered. */
export const ipcRenderer = Object.assign(new EventEmitter(), {
  sent: [] as unknown[][],
  send: (...message: unknown[]) => void ipcRenderer.sent.push(message),
})
export const contextBridge = {
  exposed: {} as Record<string, unknown>,
  exposeInMainWorld: (name: string, value: unknown) => void (contextBridge.exposed[name] = value),
}
export const screen = {
  displays: [{ workArea: { x: 0, y: 25, width: 1_440, height: 875 } }],
  getAllDisplays: () => screen.displays,
}
export const powerMonitor = new EventEmitter()
export class Notification extends EventEmitter {
  static readonly shown: Notification[] = []
  readonly title: string
  readonly body: string
  readonly actions: readonly object[]
  constructor(note: { title: string; body: string; actions?: readonly object[] }) {
    super()
    this.title = note.title
    this.body = note.body
    this.actions = note.actions ?? []
  }
  static isSupported(): boolean {
    return true
  }
  show(): void {
    Notification.shown.push(this)
  }
}

export const shell = {
  opened: [] as string[],
  openPath: (path: string) => Promise.resolve(void shell.opened.push(path)),
  openExternal: (url: string) => Promise.resolve(void shell.opened.push(url)),
}
export const Menu = {
  applied: null as unknown,
  buildFromTemplate: (items: readonly MenuItem[]) => items,
  setApplicationMenu: (menu: unknown) => void (Menu.applied = menu),
}
export { FakeTray as Tray, FakeWindow as BrowserWindow }

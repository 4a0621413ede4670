// Stands in for Electron when the built desktop program is run by plain Node: enough to start, ask twice and quit.
import { EventEmitter } from 'node:events'

class Contents extends EventEmitter {
  mainFrame = { parent: null, origin: 'app://pacemail' }
  isDestroyed = () => false
  setWindowOpenHandler() {}
  say(frame) {
    ipcMain.emit('pacemail:to-host', { sender: this, senderFrame: this.mainFrame }, frame)
  }
  /** Asks one thing after the other, then quits. */
  goOn(answered) {
    const path = ['app.status', 'app.addSamples'][answered]
    if (path === undefined) app.quit()
    else this.say({ type: 'call', id: answered + 1, path, input: {} })
  }
  send(_channel, frame) {
    process.stdout.write(`frame ${JSON.stringify(frame)}\n`)
    if (frame.type === 'reply') this.goOn(frame.id)
  }
}

export class BrowserWindow extends EventEmitter {
  constructor(options) {
    super()
    this.webContents = new Contents()
    process.stdout.write(`window ${JSON.stringify(options.webPreferences)}\n`)
  }
  async loadURL(url) {
    process.stdout.write(`page ${url}\n`)
    setImmediate(() => {
      this.webContents.say({ type: 'connect' })
      this.webContents.goOn(0)
    })
  }
  isDestroyed = () => false
  show() {}
  hide() {}
  focus() {}
  setProgressBar() {}
}

export class Tray extends EventEmitter {
  setImage() {}
  setToolTip() {}
  setContextMenu() {}
}

const nothing = () => {}
export const ipcMain = new EventEmitter()
export const powerMonitor = new EventEmitter()
export const app = Object.assign(new EventEmitter(), {
  isPackaged: false,
  enableSandbox: () => process.stdout.write('sandbox for every page\n'),
  setPath: nothing,
  getPath: () => '/nowhere',
  setBadgeCount: nothing,
  getLoginItemSettings: () => ({ openAtLogin: false, wasOpenedAtLogin: false }),
  requestSingleInstanceLock: () => true,
  whenReady: async () => {},
  quit: () => app.emit('before-quit', { preventDefault: nothing }),
  exit: (code) => process.exit(code),
})
export const Menu = { buildFromTemplate: (items) => items, setApplicationMenu: nothing }
export const crashReporter = { start: nothing }
export const protocol = { registerSchemesAsPrivileged: nothing, handle: nothing }
export const screen = { getAllDisplays: () => [] }
export const dialog = { showErrorBox: (_title, text) => process.stdout.write(`box ${text}\n`) }
export const Notification = { isSupported: () => false }
export const shell = { openPath: async () => '' }
export const safeStorage = {
  isAsyncEncryptionAvailable: async () => false,
  getSelectedStorageBackend: () => 'basic_text',
}
export const session = {
  defaultSession: {
    setPermissionRequestHandler: nothing,
    setPermissionCheckHandler: nothing,
    setDevicePermissionHandler: nothing,
    setDisplayMediaRequestHandler: nothing,
    setSpellCheckerEnabled: nothing,
    webRequest: { onBeforeRequest: nothing },
  },
}

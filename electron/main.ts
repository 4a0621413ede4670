import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, dialog, session } from 'electron'
import type { Call } from '#shared/contract/wire'
import { boot, prepareGround, type Booted, type Ground } from './boot.ts'
import { readFlags } from './host/flags.ts'
import { startFailure } from './host/start-failure.ts'
import { dataFolderOf } from './platform/data-folder.ts'
import { APP_ORIGIN, registerAppScheme, serveApp } from './shell/app-protocol.ts'
import { collectDumps, keepDumps, watchCrashes } from './shell/crashes.ts'
import { showOnDock } from './shell/dock.ts'
import { fileIn, handIn, watchFiles } from './shell/files.ts'
import { startIpcHost } from './shell/ipc-host.ts'
import { lockAllContents, lockSession } from './shell/lockdown.ts'
import { claimOwnLinks, linkIn, watchLinks } from './shell/links.ts'
import { createLoginItem, isHiddenStart } from './shell/login-item.ts'
import { setAppMenu } from './shell/menu.ts'
import { createDesktopNative } from './shell/native.ts'
import { watchPower } from './shell/power.ts'
import { createSafeStorageSecrets } from './shell/safe-storage-secrets.ts'
import { type Brought, isOnlyInstance } from './shell/single-instance.ts'
import { createTrayIcon, type TrayActions, type TraySummary } from './shell/tray.ts'
import { canUpdate } from './shell/updates.ts'
import { openMainWindow } from './shell/window.ts'

/** This file runs as `dist/main/main.js` only, in a checkout as in the packaged app. */
const inProject = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const ICONS = inProject('electron/shell/icons')
const TRAY_DELAY_MS = 500

let showWindow = (): void => {}
let goTo: (page: string) => void = () => {}
/** Before there is a window, the newest link and the newest file wait for it. */
let waitingLink = linkIn(process.argv)
let waitingFile = fileIn(process.argv)
let openLink = (link: string): void => {
  waitingLink = link
}
let openFile = (path: string): void => {
  waitingFile = path
}
const dataFolder = wantedDataFolder()

app.enableSandbox()
registerAppScheme()
lockAllContents()
// Chromium's own files beside ours, so that `--data` keeps two profiles apart in everything.
app.setPath('userData', join(dataFolder, 'desktop'))
keepDumps()
// Windows shows notifications of a program that it knows from its entry in the start menu.
if (process.platform === 'win32') app.setAppUserModelId('net.pacemail.desktop')
watchLinks((link) => openLink(link))
watchFiles((path) => openFile(path))
if (isOnlyInstance(onSecondStart)) void app.whenReady().then(start)
else app.quit()

function onSecondStart({ link, file }: Brought): void {
  if (file !== null) openFile(file)
  else if (link !== null) openLink(link)
  else showWindow()
}

/** Electron's own flags stand in the same list; what is not ours is passed over. */
function wantedDataFolder(): string {
  const at = process.argv.findIndex((argument) => /^--data(=|$)/.test(argument))
  const flags = readFlags(at === -1 ? [] : process.argv.slice(at, at + (process.argv[at] === '--data' ? 2 : 1)))
  return dataFolderOf(typeof flags === 'string' ? undefined : flags.data)
}

async function start(): Promise<void> {
  let ground: Ground | null = null
  try {
    ground = prepareGround(dataFolder, 'desktop')
    watchErrors(ground)
    await run(ground)
  } catch (error) {
    ground?.log.error('could not start', error)
    dialog.showErrorBox('Pacemail', startFailure(error, { dataFolder, logFile: ground?.logFile ?? 'none' }))
    app.exit(1)
  }
}

/** What nobody has caught. Electron goes on after a promise that failed so; the report says where. */
function watchErrors({ reports }: Ground): void {
  process.on('unhandledRejection', (error) => reports.write({ source: 'program', isCrash: false, error }))
  watchCrashes(reports)
  collectDumps(reports)
}

async function run(ground: Ground): Promise<void> {
  const booted = await boot(ground, {
    secrets: await createSafeStorageSecrets(dataFolder, process.platform),
    native: createDesktopNative({
      ...ground,
      loginItem: createLoginItem(process.platform, app.isPackaged),
      platform: process.platform,
      open: (page) => goTo(page),
      canUpdate: app.isPackaged && canUpdate({ platform: process.platform, resources: process.resourcesPath }),
    }),
    importWorker: new URL('./import-worker.js', import.meta.url),
    backupWorker: new URL('./backup-worker.js', import.meta.url),
  })
  lockSession(session.defaultSession)
  serveApp(inProject('dist/renderer'))
  claimOwnLinks(process.platform, app.isPackaged)
  openDesktop(ground, booted)
  process.stdout.write(`Pacemail is ready at ${APP_ORIGIN}/\n`)
}

/** Window, tray and IPC around the engine, and the way out. */
function openDesktop(ground: Ground, booted: Booted): void {
  const ask = (path: string, input: object = {}): void => {
    const call: Call = { type: 'call', id: 0, path, input }
    void booted.router.handle(call)
  }
  const sending: Pick<TrayActions, 'pause' | 'resume'> = {
    pause: (until) => ask('app.pause', { until }),
    resume: () => ask('app.resume'),
  }
  const tray = createTrayIcon(ICONS, process.platform, {
    ...sending,
    open: () => showWindow(),
    quit: () => app.quit(),
  })
  const menu = setAppMenu(process.platform, { ...sending, goTo: (page) => goTo(page) })
  const preload = inProject('dist/preload/preload.cjs')
  const main = openMainWindow({
    preload,
    icon: join(ICONS, 'icon.png'),
    hasTray: tray !== null,
    link: waitingLink,
    isHidden: waitingLink === null && waitingFile === null && isHiddenStart(process.argv),
    placeFile: join(ground.dataFolder, 'desktop', 'window.json'),
  })
  showWindow = main.show
  openLink = main.open
  goTo = main.goTo
  openFile = (path) => void handIn(path, booted.engine.rooms.uploads).then(main.goTo)
  if (waitingFile !== null) openFile(waitingFile)
  startIpcHost({ ...booted, log: ground.log, contents: main.window.webContents })
  keepShown(ground, booted, (summary) => {
    tray?.show(summary)
    menu.show(summary)
    showOnDock(main.window, summary)
  })
  watchPower({
    onSuspend: booted.engine.goingToSleep,
    onClockMayHaveJumped: booted.engine.clockMayHaveJumped,
    onShutdown: () => app.quit(),
  })
  app.on('activate', main.show)
  app.on('window-all-closed', () => app.quit())
  quitCleanly(booted, main.letGo)
}

/** A burst of facts redraws the tray and the dock once. */
function keepShown(ground: Ground, booted: Booted, show: (summary: TraySummary) => void): void {
  let isDue = false
  let isOver = false
  const draw = (): void => {
    isDue = false
    if (!isOver) show(booted.engine.traySummary())
  }
  draw()
  const unsubscribe = booted.engine.onChange(() => {
    if (isDue) return
    isDue = true
    void ground.clock.sleep(TRAY_DELAY_MS).then(draw)
  })
  app.on('before-quit', () => {
    isOver = true
    unsubscribe()
  })
}

/** The first request to quit closes the engine, then the app ends for good. */
function quitCleanly(booted: Booted, letGo: () => void): void {
  let isClosing = false
  app.on('before-quit', (event) => {
    letGo()
    event.preventDefault()
    if (isClosing) return
    isClosing = true
    void booted.close().then(
      () => app.exit(0),
      () => app.exit(1),
    )
  })
}

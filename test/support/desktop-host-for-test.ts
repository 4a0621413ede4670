/**
 * The desktop host without Electron's runtime: its own shell (page handler, IPC, native notes, key store) on a played
 * Electron, its own built preload, and a real Chromium as the window. What Electron itself does is left to
 * `test/pack/real-electron.test.ts`.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Frame, Page, Route } from 'playwright-core'
import { APP_ORIGIN, serveApp } from '#electron/shell/app-protocol'
import { startIpcHost } from '#electron/shell/ipc-host'
import { createDesktopNative } from '#electron/shell/native'
import { createSafeStorageSecrets } from '#electron/shell/safe-storage-secrets'
import { FROM_HOST, TO_HOST } from '#shared/contract/wire'
import { FakeContents, ipcMain, protocol } from '#test/shell/fake-electron'
import type { TestHost } from './host-for-test.ts'

/** A browser does not know `app:`; nothing of this origin leaves the machine, every request is answered by the handler. */
const STAND_IN = 'https://pacemail.test'
const PRELOAD = fileURLToPath(new URL('../../dist/preload/preload.cjs', import.meta.url))

export const desktopHost: TestHost = {
  createSecrets: (dataFolder) => createSafeStorageSecrets(dataFolder, process.platform),
  createNative: (deps) =>
    createDesktopNative({ ...deps, platform: process.platform, open: () => {}, loginItem: null, canUpdate: false }),
  async start({ router, stream, log, pageFolder }) {
    serveApp(pageFolder)
    const contents = new FakeContents()
    const close = startIpcHost({ router, stream, log, contents: contents as never })
    return {
      url: `${STAND_IN}/`,
      prepare: (page) => makeWindow(page, contents),
      close: async () => close(),
    }
  },
}

/** Makes a page of the browser the one window: its files, its preload, its two channels. */
async function makeWindow(page: Page, contents: FakeContents): Promise<void> {
  await page.context().route(`${STAND_IN}/**`, answer)
  await page.exposeBinding('__toHost', ({ frame }, message: unknown) => {
    ipcMain.emit(TO_HOST, { sender: contents, senderFrame: senderOf(frame) }, message)
  })
  await page.addInitScript({ content: preloadScript() })
  contents.on('test:sent', () => {
    for (const { frame } of contents.sent.splice(0)) void deliver(page, frame)
  })
}

/** A window that is being closed hears nothing more. */
async function deliver(page: Page, frame: unknown): Promise<void> {
  if (page.isClosed()) return
  await page
    .evaluate(
      (message) => (globalThis as unknown as { __fromHost?: (heard: unknown) => void }).__fromHost?.(message),
      frame,
    )
    .catch((error: unknown) => {
      if (!page.isClosed() && !/navigation|destroyed|closed/i.test(String(error))) throw error
    })
}

async function answer(route: Route): Promise<void> {
  const handler = protocol.handlers.get('app')
  const request = route.request()
  const url = request.url().replace(STAND_IN, APP_ORIGIN)
  const response = await handler?.(new Request(url, { method: request.method() }))
  if (response === undefined) return route.abort()
  const body = Buffer.from(await response.arrayBuffer())
  await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body })
}

function senderOf(frame: Frame): { parent: object | null; origin: string } {
  const isOurs = new URL(frame.url()).origin === STAND_IN
  return { parent: frame.parentFrame(), origin: isOurs ? APP_ORIGIN : 'null' }
}

/** The built preload, as it is, between a played `electron` and the page. */
function preloadScript(): string {
  return `{
    const listeners = []
    globalThis.__fromHost = (frame) => { for (const listener of listeners) listener({}, frame) }
    const electron = {
      ipcRenderer: {
        on: (channel, listener) => { if (channel === ${JSON.stringify(FROM_HOST)}) listeners.push(listener) },
        send: (_channel, frame) => void globalThis.__toHost(frame),
      },
      contextBridge: { exposeInMainWorld: (name, value) => { globalThis[name] = value } },
    }
    ;((require, exports, module) => {
${readFileSync(PRELOAD, 'utf8')}
    })(() => electron, {}, {})
  }`
}

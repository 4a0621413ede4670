import { EventEmitter } from 'node:events'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { FROM_HOST, TO_HOST, type FromHost } from '#shared/contract/wire'
import { startIpcHost } from '#electron/shell/ipc-host'
import { describeHost, type TestPage } from '../host/host-contract.ts'
import { createScriptedApp, status, type ScriptedApp } from '../host/scripted-app.ts'
import { FakeContents, ipcMain } from './fake-electron.ts'

vi.mock('electron', () => import('./fake-electron.ts'))

const OUR_FRAME = { parent: null, origin: 'app://pacemail' }

function startHost(app: ScriptedApp): { contents: FakeContents; close: () => void } {
  const contents = new FakeContents()
  return { contents, close: startIpcHost({ ...app, contents: contents as never }) }
}

/** The preload's half: one listener, frames as they are. */
function pageIn(contents: FakeContents): TestPage {
  let seen = contents.sent.length
  const emit = (frame: unknown) => ipcMain.emit(TO_HOST, { sender: contents, senderFrame: OUR_FRAME }, frame)
  emit({ type: 'connect' })
  return {
    send: (frame) => emit(structuredClone(frame)),
    async next() {
      while (contents.sent.length === seen) await EventEmitter.once(contents, 'test:sent')
      const sent = contents.sent[seen]
      seen += 1
      expect(sent?.channel).toBe(FROM_HOST)
      return sent?.frame as FromHost
    },
  }
}

describeHost({
  name: 'the desktop host',
  async open(app) {
    const { contents, close } = startHost(app)
    return { page: async () => pageIn(contents), close: async () => close() }
  },
})

describe('who may speak', () => {
  afterEach(() => ipcMain.removeAllListeners())

  test.each([
    ['a frame inside our page', { parent: OUR_FRAME, origin: 'app://pacemail' }],
    ['a page that got away', { parent: null, origin: 'https://evil.test' }],
    ['a page whose address only begins like ours', { parent: null, origin: 'app://pacemail.evil.test' }],
    ['a page without an origin', { parent: null, origin: 'null' }],
    ['a frame that is gone', null],
  ])('%s is not listened to', async (_words, senderFrame) => {
    const ran: string[] = []
    const app = createScriptedApp({ 'app.pause': () => ran.push('pause') })
    const { contents } = startHost(app)
    ipcMain.emit(TO_HOST, { sender: contents, senderFrame }, { type: 'connect' })
    ipcMain.emit(TO_HOST, { sender: contents, senderFrame }, { type: 'call', id: 1, path: 'app.pause', input: {} })
    app.stream.publish({ type: 'app.changed' })
    await app.router.close(0)
    expect(ran).toEqual([])
    expect(contents.sent).toEqual([])
  })

  test('another window is not listened to', async () => {
    const { contents } = startHost(createScriptedApp())
    ipcMain.emit(TO_HOST, { sender: new FakeContents(), senderFrame: OUR_FRAME }, { type: 'connect' })
    expect(contents.sent).toEqual([])
  })

  test.each([
    [null],
    ['connect'],
    [{ type: 'auth', token: 'x' }],
    [{ type: 'call', id: '1', path: 'app.status' }],
    [[]],
  ])('the message %j is passed over, and the page is served on', async (frame) => {
    const { contents } = startHost(createScriptedApp({ 'app.status': () => status }))
    const page = pageIn(contents)
    await page.next()
    page.send(frame)
    page.send({ type: 'call', id: 3, path: 'app.status', input: {} })
    expect(await page.next()).toMatchObject({ type: 'reply', id: 3, ok: true })
  })
})

test('the reply to a page that was reloaded does not reach the new page', async () => {
  const slow = Promise.withResolvers<unknown>()
  const app = createScriptedApp({ 'app.status': () => slow.promise })
  const { contents, close } = startHost(app)
  const before = pageIn(contents)
  await before.next()
  before.send({ type: 'call', id: 1, path: 'app.status', input: {} })
  const after = pageIn(contents)
  await after.next()
  slow.resolve(status)
  await app.router.close(1_000)
  after.send({ type: 'call', id: 1, path: 'nothing', input: {} })
  expect(await after.next()).toMatchObject({ id: 1, ok: false, error: { code: 'app.closing' } })
  close()
})

test('a window that is gone is sent nothing', () => {
  const app = createScriptedApp()
  const { contents, close } = startHost(app)
  pageIn(contents)
  contents.isGone = true
  app.stream.publish({ type: 'app.changed' })
  expect(contents.sent).toHaveLength(1)
  close()
})

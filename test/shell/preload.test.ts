import { expect, test, vi } from 'vitest'
import { FROM_HOST, TO_HOST, type Bridge } from '#shared/contract/wire'
import { contextBridge, ipcRenderer } from './fake-electron.ts'

vi.mock('electron', () => import('./fake-electron.ts'))

await import('#electron/preload')
const bridge = contextBridge.exposed['pacemail'] as Bridge

test('the page is given two functions and nothing of Electron', () => {
  expect(Object.keys(contextBridge.exposed)).toEqual(['pacemail'])
  expect(Object.entries(bridge).map(([name, value]) => [name, typeof value])).toEqual([
    ['send', 'function'],
    ['onMessage', 'function'],
  ])
})

test('what the page sends goes to one channel, whatever it is', () => {
  const frame = { type: 'call', id: 1, path: 'app.status', input: {} } as const
  bridge.send(frame)
  expect(ipcRenderer.sent).toEqual([[TO_HOST, frame]])
  expect(ipcRenderer.eventNames()).toEqual([FROM_HOST])
})

test('a message reaches the page without the event that could answer for it', () => {
  const heard = vi.fn()
  bridge.onMessage(heard)
  ipcRenderer.emit(FROM_HOST, { sender: ipcRenderer }, { type: 'hello', protocol: 1, seq: 0 })
  expect(heard.mock.calls).toEqual([[{ type: 'hello', protocol: 1, seq: 0 }]])
})

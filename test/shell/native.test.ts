import { beforeEach, expect, test, vi } from 'vitest'
import { silentLog } from '#electron/platform/log'
import { createSimulatedClock } from '#electron/platform/simulated-clock'
import { createDesktopNative } from '#electron/shell/native'
import { Notification, shell } from './fake-electron.ts'

vi.mock('electron', () => import('./fake-electron.ts'))

const native = (canUpdate = false, platform: NodeJS.Platform = 'linux') =>
  createDesktopNative({
    clock: createSimulatedClock(0, 'UTC'),
    log: silentLog,
    canUpdate,
    loginItem: null,
    platform,
    open: (page) => void opened.push(page),
  })
const opened: string[] = []

beforeEach(() => {
  shell.opened.length = 0
})

test('the page of a sign-in opens in the rep’s browser, and no other address is handed to the system', async () => {
  const { openPage } = native()
  await openPage('https://accounts.google.com/o/oauth2/v2/auth')
  for (const address of ['file:///etc/passwd', 'smb://server/share', 'ms-msdt:/x', 'https://a@evil.test/', 'calc.exe'])
    await openPage(address)
  expect(shell.opened).toEqual(['https://accounts.google.com/o/oauth2/v2/auth'])
})

const REPLY = { title: 'Ann Lee replied', body: '', action: { label: 'Open the answer', page: '/answers?send=7' } }

test('a note is shown as it is, with a button where the system draws one', () => {
  native().notify({ title: 'Your day', body: '12 sent', action: null })
  expect(Notification.shown.at(-1)).toMatchObject({ title: 'Your day', body: '12 sent', actions: [] })
  native(false, 'darwin').notify(REPLY)
  expect(Notification.shown.at(-1)).toMatchObject({ actions: [{ type: 'button', text: 'Open the answer' }] })
})

test.each(['click', 'action'])('a %s on a note opens its page once, and nothing for one without', (event) => {
  opened.length = 0
  native().notify({ ...REPLY, action: null })
  Notification.shown.at(-1)?.emit(event)
  native(false, 'darwin').notify(REPLY)
  Notification.shown.at(-1)?.emit(event)
  expect(opened).toEqual(['/answers?send=7'])
})

test('the setting for updates is offered only where the app may replace itself', () => {
  expect([true, false].map((canUpdate) => native(canUpdate).capabilities.updates)).toEqual([true, false])
})

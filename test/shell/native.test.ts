import { beforeEach, expect, test, vi } from 'vitest'
import { silentLog } from '#electron/platform/log'
import { createSimulatedClock } from '#electron/platform/simulated-clock'
import { createDesktopNative } from '#electron/shell/native'
import { Notification, shell } from './fake-electron.ts'

vi.mock('electron', () => import('./fake-electron.ts'))

const native = (canUpdate = false) =>
  createDesktopNative({ clock: createSimulatedClock(0, 'UTC'), log: silentLog, canUpdate, loginItem: null })

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

test('a note is shown as it is', () => {
  native().notify({ title: 'Your day', body: '12 sent' })
  expect(Notification.shown.at(-1)).toEqual({ title: 'Your day', body: '12 sent' })
})

test('the setting for updates is offered only where the app may replace itself', () => {
  expect([true, false].map((canUpdate) => native(canUpdate).capabilities.updates)).toEqual([true, false])
})

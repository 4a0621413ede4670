import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { isAppUrl, registerAppScheme, serveApp } from '#electron/shell/app-protocol'
import { lockAllContents, lockSession } from '#electron/shell/lockdown'
import { claimOwnLinks, linkIn, pageAddress, watchLinks } from '#electron/shell/links'
import { watchPower } from '#electron/shell/power'
import { isOnlyInstance } from '#electron/shell/single-instance'
import { openMainWindow } from '#electron/shell/window'
import { app, FakeContents, powerMonitor, protocol, windows, type FakeWindow } from './fake-electron.ts'

vi.mock('electron', () => import('./fake-electron.ts'))

const addresses = [
  'app://pacemail.evil.test/',
  'app://evil/pacemail',
  'app://user@pacemail/',
  'https://evil.test/',
  'https://app.pacemail/',
  'http://127.0.0.1:5000/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'blob:app://pacemail/x',
  'about:blank',
  'about:srcdoc',
  'mailto:ann@corp.example',
  'smb://server/share',
  '\\\\server\\share',
  'app:pacemail',
  '',
]

interface NavigationEvent {
  readonly url: string
  readonly isMainFrame: boolean
  readonly preventDefault: () => void
}

function navigate(contents: FakeContents, name: string, url: string, isMainFrame = true): boolean {
  const preventDefault = vi.fn()
  const event: NavigationEvent = { url, isMainFrame, preventDefault }
  contents.emit(name, event)
  return preventDefault.mock.calls.length === 0
}

describe('every page of the app', () => {
  function lockedContents(): FakeContents {
    const contents = new FakeContents()
    lockAllContents()
    app.emit('web-contents-created', {}, contents)
    return contents
  }
  afterEach(() => app.removeAllListeners())

  test.each(addresses)('does not leave for "%s"', (url) => {
    const contents = lockedContents()
    expect(isAppUrl(url)).toBe(false)
    expect(navigate(contents, 'will-frame-navigate', url)).toBe(false)
    expect(navigate(contents, 'will-redirect', url)).toBe(false)
  })

  test('may reload itself and show the inline preview, in a frame only', () => {
    const contents = lockedContents()
    expect(navigate(contents, 'will-frame-navigate', 'app://pacemail/#/queue')).toBe(true)
    expect(navigate(contents, 'will-frame-navigate', 'about:srcdoc', false)).toBe(true)
    expect(navigate(contents, 'will-frame-navigate', 'https://evil.test/', false)).toBe(false)
  })

  test('opens no window and embeds no other page', () => {
    const contents = lockedContents()
    expect(contents.windowOpenHandler?.({ url: 'app://pacemail/' })).toEqual({ action: 'deny' })
    expect(navigate(contents, 'will-attach-webview', 'app://pacemail/')).toBe(false)
  })

  test('reaches no network by a call between browsers either', () => {
    expect(lockedContents().webRtcPolicy).toBe('disable_non_proxied_udp')
  })

  test('is granted no permission, no device, no screen and no network', () => {
    const handlers = new Map<string, (...input: unknown[]) => unknown>()
    const remember = (name: string) => (handler: (...input: unknown[]) => unknown) => void handlers.set(name, handler)
    const setSpellCheckerEnabled = vi.fn()
    const onBeforeRequest = vi.fn()
    lockSession({
      setPermissionRequestHandler: remember('request'),
      setPermissionCheckHandler: remember('check'),
      setDevicePermissionHandler: remember('device'),
      setDisplayMediaRequestHandler: remember('display'),
      webRequest: { onBeforeRequest },
      setSpellCheckerEnabled,
    } as never)
    const answer = vi.fn()
    handlers.get('request')?.({}, 'notifications', answer)
    handlers.get('display')?.({}, answer)
    expect(answer.mock.calls).toEqual([[false], [{}]])
    expect(handlers.get('check')?.({}, 'clipboard-read')).toBe(false)
    expect(handlers.get('device')?.({})).toBe(false)
    expect(setSpellCheckerEnabled).toHaveBeenCalledWith(false)
    const [filter, listener] = onBeforeRequest.mock.calls[0] as [
      { urls: string[] },
      (d: object, a: typeof answer) => void,
    ]
    expect(filter.urls).toEqual(expect.arrayContaining(['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*']))
    listener({}, answer)
    expect(answer).toHaveBeenLastCalledWith({ cancel: true })
  })
})

describe('the page’s own scheme', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pacemail-app-'))
    writeFileSync(join(folder, 'index.html'), '<!doctype html>')
    registerAppScheme()
    serveApp(folder)
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const get = (url: string, method = 'GET'): Promise<Response> | undefined =>
    protocol.handlers.get('app')?.({ url, method } as Request)

  test('serves the page with the headers of the web host', async () => {
    const response = await get('app://pacemail/')
    expect(await response?.text()).toBe('<!doctype html>')
    expect(response?.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response?.headers.get('content-security-policy')).toMatch(/default-src 'none'.*connect-src 'self';/)
    expect(response?.headers.get('x-content-type-options')).toBe('nosniff')
  })

  test.each([
    ['app://evil/', 'GET'],
    ['app://pacemail/../secret.js', 'GET'],
    ['app://pacemail/%2e%2e/secret.js', 'GET'],
    ['app://pacemail/', 'POST'],
  ])('has nothing at %s for %s', async (url, method) => {
    expect((await get(url, method))?.status).toBe(404)
  })

  test('is a standard, secure scheme without service workers', () => {
    expect(protocol.schemes).toContainEqual({ scheme: 'app', privileges: { standard: true, secure: true } })
  })
})

describe('the window', () => {
  const open = (hasTray: boolean, isHidden = false) => {
    const options = { preload: '/preload.cjs', icon: '/icon.png', placeFile: '/nowhere/window.json', link: null }
    const main = openMainWindow({ ...options, hasTray, isHidden })
    return { main, window: windows.at(-1) as FakeWindow }
  }

  test('is sandboxed, isolated and without Node, and asks for nothing else', () => {
    const { window } = open(true)
    expect(window.url).toBe('app://pacemail/')
    expect(window.options['webPreferences']).toEqual({
      preload: '/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    })
  })

  test('hides when it is closed, until the app ends', () => {
    const { main, window } = open(true)
    const preventDefault = vi.fn()
    window.emit('close', { preventDefault })
    expect(preventDefault).toHaveBeenCalledOnce()
    expect(window.calls).toEqual(['hide'])
    main.letGo()
    window.emit('close', { preventDefault })
    expect(preventDefault).toHaveBeenCalledOnce()
  })

  test('closes where there is no tray to bring it back', () => {
    const { window } = open(false)
    const preventDefault = vi.fn()
    window.emit('close', { preventDefault })
    expect(preventDefault).not.toHaveBeenCalled()
  })

  test('stays away when the computer has started the app, unless nothing else could bring it back', () => {
    const shown = ([hasTray, isHidden]: readonly boolean[]): readonly string[] => {
      const { window } = open(hasTray === true, isHidden)
      window.emit('ready-to-show')
      return window.calls
    }
    expect(
      [
        [true, false],
        [true, true],
        [false, true],
      ].map(shown),
    ).toEqual([['show'], [], ['show']])
  })

  test('comes back when its page has crashed, and to the front when asked', () => {
    const { main, window } = open(true)
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    main.show()
    window.calls.push('minimize')
    main.show()
    expect(window.calls).toEqual(['reload', 'show', 'focus', 'minimize', 'restore', 'show', 'focus'])
  })
})

test('the engine hears of sleep, is asked to look at the clock around it, and to end with the system', () => {
  const onSuspend = vi.fn()
  const onClockMayHaveJumped = vi.fn()
  const onShutdown = vi.fn()
  watchPower({ onSuspend, onClockMayHaveJumped, onShutdown })
  for (const event of ['suspend', 'resume', 'unlock-screen', 'shutdown']) powerMonitor.emit(event)
  expect(onClockMayHaveJumped).toHaveBeenCalledTimes(3)
  expect(onSuspend).toHaveBeenCalledOnce()
  expect(onShutdown).toHaveBeenCalledOnce()
})

test('a second start shows the first one’s window, and of what it brings along only a link or a list is handed on', () => {
  const onSecondStart = vi.fn()
  expect(isOnlyInstance(onSecondStart)).toBe(true)
  app.emit('second-instance', {}, ['/app', '--data', '/evil', '--pause'], '/evil')
  app.emit('second-instance', {}, ['/app', 'mailto:a@b.example', '--x', 'pacemail://queue', '/evil'], '/evil')
  app.emit('second-instance', {}, ['/app.csv', '--open=/x.csv', '/lists/Leads.CSV', '/evil.exe'], '/evil')
  expect(onSecondStart.mock.calls.flat()).toEqual([
    { link: null, file: null },
    { link: 'pacemail://queue', file: null },
    { link: null, file: '/lists/Leads.CSV' },
  ])
  app.isFirst = false
  expect(isOnlyInstance(onSecondStart)).toBe(false)
  app.isFirst = true
})

describe('a link from outside', () => {
  afterEach(() => app.removeAllListeners())

  test('is told from every other address, short enough to be read, and whatever macOS reports is ours to answer', () => {
    const onLink = vi.fn()
    const preventDefault = vi.fn()
    watchLinks(onLink)
    const links = ['mailto:ann@corp.example', 'PACEMAIL://queue']
    for (const url of [
      ...addresses.filter((address) => !links.includes(address)),
      `mailto:${'a'.repeat(3_000)}`,
      ...links,
    ])
      app.emit('open-url', { preventDefault }, url)
    expect(onLink.mock.calls.flat()).toEqual(links)
    expect(preventDefault).toHaveBeenCalledTimes(addresses.length + 2)
    expect(linkIn(['/app', '--data', '/x', 'x-mailto:a@b.example', ''])).toBeNull()
  })

  test.each([
    [
      'mailto:a@b.example?subject=x&body=#/settings',
      '#/open?link=mailto%3Aa%40b.example%3Fsubject%3Dx%26body%3D%23%2Fsettings',
    ],
    ['pacemail:\ud800"><script>', '#/open?link=pacemail%3A%EF%BF%BD%22%3E%3Cscript%3E'],
  ])('%s goes to the one page that takes links, whole and as text', (link, hash) => {
    const address = pageAddress(link)
    expect(address).toBe(`app://pacemail/${hash}`)
    expect(isAppUrl(address)).toBe(true)
    expect(new URLSearchParams(new URL(address).hash.split('?')[1]).get('link')).toBe(link.toWellFormed())
  })

  test('opens in the window that is there, or with which it begins', () => {
    const options = { preload: '/preload.cjs', icon: '/icon.png', hasTray: true, isHidden: false, placeFile: '' }
    const main = openMainWindow({ ...options, link: 'pacemail:queue' })
    const window = windows.at(-1) as FakeWindow
    expect(window.url).toBe('app://pacemail/#/open?link=pacemail%3Aqueue')
    main.open('mailto:a@b.example')
    expect(window.url).toBe('app://pacemail/#/open?link=mailto%3Aa%40b.example')
    expect(window.calls).toEqual(['show', 'focus'])
  })

  test('of our own kind is claimed where the installer cannot, and never one that belongs to other programs', () => {
    app.claimed.length = 0
    claimOwnLinks('darwin', true)
    claimOwnLinks('win32', false)
    expect(app.claimed).toEqual([])
    claimOwnLinks('win32', true)
    expect(app.claimed).toEqual(['pacemail'])
  })
})

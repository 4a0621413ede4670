import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { showOnDock } from '#electron/shell/dock'
import { createLoginItem, isHiddenStart } from '#electron/shell/login-item'
import { createTrayIcon, type TraySummary } from '#electron/shell/tray'
import { openMainWindow } from '#electron/shell/window'
import { app, BrowserWindow, trays, windows, type FakeWindow } from './fake-electron.ts'

vi.mock('electron', () => import('./fake-electron.ts'))

describe('the tray', () => {
  const actions = { open: vi.fn(), pause: vi.fn(), resume: vi.fn(), quit: vi.fn() }
  const summary: TraySummary = {
    isPaused: false,
    pausedUntil: null,
    today: { sent: 12, planned: 18 },
    waiting: 40,
    nextSendAt: Date.UTC(2026, 2, 2, 9, 5),
    zone: 'Europe/Berlin',
    needs: { uncertain: 0, signedOut: 0, isDiskFull: false },
  }
  const shown = (change: Partial<TraySummary> = {}, platform: NodeJS.Platform = 'linux') => {
    createTrayIcon('/icons', platform, actions)?.show({ ...summary, ...change })
    const tray = trays.all.at(-1)
    return { tray, icon: tray?.icon, words: tray?.menu.map((item) => item.label ?? '—') ?? [] }
  }

  afterEach(() => {
    trays.areMissing = false
    vi.clearAllMocks()
  })

  test('tells today’s count and the next mail, and offers pauses, open and quit', () => {
    const { tray, icon, words } = shown()
    expect(icon).toBe('/icons/tray.png')
    expect(tray?.toolTip).toBe('Pacemail\n12 sent today, 18 to come\nNext one Mon 10:05')
    expect(words).toEqual([
      '12 sent today, 18 to come',
      '40 waiting',
      'Next one Mon 10:05',
      '—',
      'Pause for an hour',
      'Pause until tomorrow',
      'Pause until I resume',
      '—',
      'Open Pacemail',
      'Quit Pacemail',
    ])
    for (const item of tray?.menu ?? []) item.click?.()
    tray?.emit('click')
    expect(actions.pause.mock.calls).toEqual([['in_an_hour'], ['tomorrow'], ['resumed']])
    expect([actions.open, actions.quit].map((action) => action.mock.calls.length)).toEqual([2, 1])
  })

  test('looks paused while sending is, says until when, and offers to resume', () => {
    const { tray, icon, words } = shown({ isPaused: true, pausedUntil: Date.UTC(2026, 2, 2, 23) }, 'darwin')
    expect(icon).toBe('/icons/trayPausedTemplate.png')
    expect(words).toContain('Paused until Tue 00:00')
    expect(words.filter((label) => label.startsWith('Pause '))).toEqual([])
    tray?.menu.find((item) => item.label === 'Resume sending')?.click?.()
    expect(actions.resume).toHaveBeenCalledOnce()
    expect(shown({ isPaused: true }).words).toContain('Paused')
  })

  test('asks for attention before all else, also while paused, and leads to the window', () => {
    const needs = { uncertain: 2, signedOut: 1, isDiskFull: true }
    const { tray, icon, words } = shown({ isPaused: true, needs })
    expect(icon).toBe('/icons/trayAttention.png')
    expect(words.slice(0, 3)).toEqual(['2 mails need your decision', 'A mailbox is signed out', 'The disk is full'])
    tray?.menu[0]?.click?.()
    expect(actions.open).toHaveBeenCalledOnce()
  })

  test.each(['linux', 'win32', 'darwin'] as const)('has a picture for each of its looks on %s', (platform) => {
    const needs = { uncertain: 1, signedOut: 0, isDiskFull: false }
    for (const change of [{}, { isPaused: true }, { needs }]) {
      const file = shown(change, platform).icon?.replace('/icons/', '') ?? ''
      const names = platform === 'darwin' ? [file, file.replace('.png', '@2x.png')] : [file]
      const inFolder = (name: string): URL => new URL(`../../electron/shell/icons/${name}`, import.meta.url)
      expect(names.filter((name) => !existsSync(inFolder(name)))).toEqual([])
    }
  })

  test('is left out where the desktop has none', () => {
    trays.areMissing = true
    expect(createTrayIcon('/icons', 'linux', actions)).toBeNull()
  })

  test.each([
    ['a day under way', {}, [12 / 30, { mode: 'normal' }], 0],
    ['a pause', { isPaused: true }, [12 / 30, { mode: 'paused' }], 0],
    ['a day that is over', { today: { sent: 12, planned: 0 } }, [-1, { mode: 'normal' }], 0],
    ['trouble', { needs: { uncertain: 2, signedOut: 1, isDiskFull: true } }, [12 / 30, { mode: 'normal' }], 4],
  ])('the dock shows %s', (_what, change, progress, badge) => {
    const window = new BrowserWindow({})
    showOnDock(window, { ...summary, ...change })
    expect(window.progress).toEqual(progress)
    expect(app.badge).toBe(badge)
  })
})

describe('the place of the window', () => {
  let file: string
  beforeEach(() => {
    file = join(mkdtempSync(join(tmpdir(), 'pacemail-place-')), 'window.json')
  })
  afterEach(() => rmSync(dirname(file), { recursive: true }))
  const open = (): FakeWindow => {
    openMainWindow({ preload: '', icon: '', hasTray: false, link: null, isHidden: false, placeFile: file })
    return windows.at(-1) as FakeWindow
  }

  test('is kept when it closes, and taken again', () => {
    const first = open()
    expect(first.options).toMatchObject({ width: 1_280, height: 860 })
    first.bounds = { x: 100, y: 50, width: 900, height: 640 }
    first.maximize()
    first.emit('close', { preventDefault: vi.fn() })
    const second = open()
    expect(second.options).toMatchObject(first.bounds)
    expect(second.isMaximized()).toBe(true)
  })

  test.each([
    ['lies on a screen that is gone', { x: 2_000, y: 50, width: 900, height: 640 }],
    ['has its upper edge out of reach', { x: 100, y: -30, width: 900, height: 640 }],
    ['is no place', { x: 'a', y: 0, width: 900, height: 640 }],
    ['is beyond any screen', { x: 0, y: 30, width: 900_000, height: 640 }],
  ])('is forgotten where it %s', (_why, bounds) => {
    writeFileSync(file, JSON.stringify({ bounds, isMaximized: true }))
    const window = open()
    expect(window.options).toMatchObject({ width: 1_280, height: 860 })
    expect(window.options).not.toHaveProperty('x')
    expect(window.isMaximized()).toBe(false)
  })

  test('costs nothing where its file is damaged or cannot be written', () => {
    writeFileSync(file, '{"bounds":')
    expect(open().options).toMatchObject({ width: 1_280 })
    file = join(file, 'below-a-file')
    expect(() => open().emit('close', { preventDefault: vi.fn() })).not.toThrow()
    file = dirname(file)
  })
})

describe('starting with the computer', () => {
  test.each(['darwin', 'win32'] as const)('is kept by the system and read back on %s', (platform) => {
    const item = createLoginItem(platform, true)
    expect(item?.isOn()).toBe(false)
    item?.set(true)
    expect(item?.isOn()).toBe(true)
    item?.set(false)
    expect(item?.isOn()).toBe(false)
  })

  test('is not offered on Linux, nor by an app that is not installed', () => {
    expect([createLoginItem('linux', true), createLoginItem('win32', false)]).toEqual([null, null])
  })

  test('shows no window: by its argument on Windows, by what the system says on macOS', () => {
    expect(isHiddenStart(['/app', '--hidden'])).toBe(true)
    expect(isHiddenStart(['/app'])).toBe(false)
    app.loginItem = { ...app.loginItem, wasOpenedAtLogin: true }
    expect(isHiddenStart(['/app'])).toBe(true)
    app.loginItem = { ...app.loginItem, wasOpenedAtLogin: false }
  })
})

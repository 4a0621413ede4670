import { expect, test, vi } from 'vitest'
import { setAppMenu } from '#electron/shell/menu'
import { MENU_KEYS } from '#shared/domain/menu-keys'
import { DESKTOP_SHORTCUTS, SHORTCUTS } from '../../renderer/features/settings/shortcuts.ts'
import { Menu } from './fake-electron.ts'

vi.mock('electron', () => import('./fake-electron.ts'))

interface Item {
  readonly label?: string
  readonly role?: string
  readonly accelerator?: string
  readonly submenu?: readonly Item[]
  readonly click?: () => void
}

function open(platform: NodeJS.Platform) {
  const actions = { goTo: vi.fn(), pause: vi.fn(), resume: vi.fn() }
  const menu = setAppMenu(platform, actions)
  const items = (): readonly Item[] => Menu.applied as readonly Item[]
  const all = (): Item[] => items().flatMap((item) => [item, ...(item.submenu ?? [])])
  const press = (label: string): void =>
    all()
      .find((item) => item.label === label)
      ?.click?.()
  const wordsOf = (label: string) =>
    items()
      .find((item) => item.label === label)
      ?.submenu?.map((item) => item.label ?? item.role)
  return { actions, menu, items, all, press, wordsOf }
}

test('macOS has a menu of the app, with its settings and the way to hide and quit it', () => {
  const { items, wordsOf } = open('darwin')
  expect(items().map(({ label, role }) => label ?? role)).toEqual([
    'Pacemail',
    'File',
    'editMenu',
    'View',
    'Sending',
    'windowMenu',
    'Help',
  ])
  expect(wordsOf('Pacemail')?.filter((word) => word !== undefined)).toEqual([
    'about',
    'Settings…',
    'services',
    'hide',
    'hideOthers',
    'unhide',
    'quit',
  ])
  expect(wordsOf('File')).not.toContain('Settings…')
})

test.each(['win32', 'linux'] as const)('%s has settings and quit under File, and about under Help', (platform) => {
  const { items, wordsOf } = open(platform)
  expect(items()[0]?.label).toBe('File')
  expect(
    wordsOf('File')
      ?.slice(-3)
      .filter((word) => word !== undefined),
  ).toEqual(['Settings…', 'quit'])
  expect(wordsOf('Help')?.at(-1)).toBe('About Pacemail')
})

test.each([
  ['Import…', '/leads/import'],
  ['Settings…', '/settings'],
  ['Queue', '/queue'],
  ['Answers', '/answers'],
  ['Keyboard Shortcuts', '/settings?section=shortcuts'],
  ['Error Reports', '/settings?section=reports'],
])('%s leads to %s', (label, page) => {
  const { actions, press } = open('linux')
  press(label)
  expect(actions.goTo.mock.calls).toEqual([[page]])
})

test('pause and resume are in reach, whichever is possible now', () => {
  const { actions, menu, press, wordsOf } = open('darwin')
  for (const label of ['Pause Until I Resume', 'Pause for an Hour', 'Pause Until Tomorrow']) press(label)
  expect(actions.pause.mock.calls).toEqual([['resumed'], ['in_an_hour'], ['tomorrow']])
  menu.show({ isPaused: true })
  expect(wordsOf('Sending')).toEqual(['Resume Sending'])
  press('Resume Sending')
  expect(actions.resume).toHaveBeenCalledOnce()
  const drawn = Menu.applied
  menu.show({ isPaused: true })
  expect(Menu.applied).toBe(drawn)
})

test('the keys of the menu are those of the shortcut sheet, and none of them is a key of a page', () => {
  const keys = open('win32')
    .all()
    .flatMap(({ accelerator }) => (accelerator === undefined ? [] : [accelerator.replace('CmdOrCtrl', 'mod')]))
  expect(keys.toSorted()).toEqual(DESKTOP_SHORTCUTS.shortcuts.map((shortcut) => shortcut.keys).toSorted())
  expect(Object.values(MENU_KEYS)).toHaveLength(keys.length)
  const ofPages = SHORTCUTS.flatMap(({ shortcuts }) => shortcuts.map((shortcut) => shortcut.keys.toLowerCase()))
  expect(keys.filter((key) => ofPages.includes(key.toLowerCase()))).toEqual([])
})

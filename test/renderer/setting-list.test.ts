import { describe, expect, test } from 'vitest'
import { narrow } from '../../renderer/app/palette-entries.ts'
import { foundSettings, SETTINGS, shownSettings } from '../../renderer/features/settings/setting-list.ts'

const EVERYTHING = { tray: true, loginItem: true, openFolder: true, notifications: true, updates: true }
const all = shownSettings(EVERYTHING)

describe('a setting', () => {
  test.each([
    ['theme', 'Colours'],
    ['dark mode', 'Colours'],
    ['vacation', 'When you are away'],
    ['unsubscribe', 'Do not contact'],
    ['gdpr', 'One person’s data'],
    ['autostart', 'Start when I log in'],
    ['backup', 'Your data'],
    ['OAuth', 'Client ids'],
    ['hotkeys list', 'Keyboard shortcuts'],
    ['do not disturb', 'Quiet hours'],
    ['crash', 'Error reports'],
  ])('is found by what a rep calls it: %s', (words, label) => {
    expect(foundSettings(all, words)[0]?.label).toBe(label)
  })

  test('is found by its section, and all are there before a word was typed', () => {
    expect(foundSettings(all, 'daily digest').map(({ id }) => id)).toEqual([
      'digest-note',
      'digest-mail',
      'digest-time',
    ])
    expect(foundSettings(all, ' ')).toEqual(all)
    expect(foundSettings(all, 'theme zzz')).toEqual([])
    expect(foundSettings(all, '…')).toEqual([])
  })

  test('that this host does not have is not offered', () => {
    expect(all).toHaveLength(SETTINGS.length)
    const fewer = shownSettings({ ...EVERYTHING, loginItem: false, notifications: false, updates: false })
    expect(all.filter((each) => !fewer.includes(each)).map(({ id }) => id)).toEqual([
      'login-item',
      'digest-note',
      'updates',
    ])
    expect(shownSettings(undefined)).toEqual(fewer)
  })

  test('has a name of its own', () => {
    expect(new Set(SETTINGS.map(({ id }) => id)).size).toBe(SETTINGS.length)
    expect(new Set(SETTINGS.map(({ label }) => label)).size).toBe(SETTINGS.length)
  })
})

test('what is only searched does not fill the palette before somebody types', () => {
  const entry = { id: 'x', label: 'Colours', icon: null as never, leads: 'back', run: () => {} } as const
  const groups = [{ title: 'Settings', entries: [entry], isOnlySearched: true }] as const
  expect(narrow(groups, '')).toEqual([])
  expect(narrow(groups, 'col').map(({ title }) => title)).toEqual(['Settings'])
})

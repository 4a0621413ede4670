import { notificationsStore } from '@mantine/notifications'
import { beforeEach, expect, test } from 'vitest'
import { clear, showIn, showNote } from '../../renderer/ui/note.ts'

beforeEach(() => {
  clear('note')
  clear('elsewhere')
})

test('notes do not pile up: the newest takes the place of the one before', () => {
  for (const message of ['one', 'two', 'three']) showNote(message)
  expect(shown()).toEqual(['three'])
})

test('each note is one of its own, so that it is read out and stays for its whole time', () => {
  showNote('moved')
  const [first] = notificationsStore.getState().notifications
  showNote('moved')
  const [second] = notificationsStore.getState().notifications
  expect(second?.id).not.toBe(first?.id)
})

test('one place leaves the notes of another alone', () => {
  showIn('elsewhere', { message: 'kept' })
  showNote('new')
  clear('note')
  expect(shown()).toEqual(['kept'])
})

function shown(): unknown[] {
  return notificationsStore.getState().notifications.map(({ message }) => message)
}

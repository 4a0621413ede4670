import { expect, test } from 'vitest'
import { formatWhen } from '../../renderer/ui/format.ts'
import { heldText, sendStatusLabel } from '../../renderer/ui/wait-text.ts'
import {
  canHold,
  handedOverText,
  handOverLabel,
  heldNowText,
} from '../../renderer/features/mailboxes/hand-over-text.ts'
import { cancelledText } from '../../renderer/features/queue/moved-text.ts'

test('only an Outlook mailbox that may be read can have mail held', () => {
  expect(canHold({ kind: 'outlook', mayRead: true })).toBe(true)
  expect(canHold({ kind: 'outlook', mayRead: false })).toBe(false)
  expect(canHold({ kind: 'gmail', mayRead: true })).toBe(false)
})

test('what was handed over is counted in words', () => {
  expect([handOverLabel(null), handOverLabel(1), handOverLabel(3)]).toEqual([
    'Hand over now',
    'Hand over the next mail now',
    'Hand over the next 3 mails now',
  ])
  expect(heldNowText(1)).toBe('Exchange holds 1 mail now and sends it by itself. The Queue shows when.')
  expect(handedOverText(0, 0)).toBe('No mail was handed over: no first mail can leave within the next 12 hours.')
  expect(handedOverText(0, 2)).toBe(
    'No more mail was handed over. Exchange holds 2 mails now and sends them by itself. The Queue shows when.',
  )
  expect(handedOverText(1, 1)).toBe('1 mail handed to Exchange. You can close the lid; the Queue shows when it leaves.')
})

test('a held mail says with whom it is and until when', () => {
  const at = new Date(2026, 2, 2, 9, 10).getTime()
  expect(sendStatusLabel({ status: 'processing', stage: 'handed_over' }).label).toBe('With Exchange')
  expect(sendStatusLabel({ status: 'processing', stage: 'sending' }).label).toBe('Sending')
  expect(heldText({ stage: 'handed_over', startedAt: at }, at - 60_000)).toBe(`until ${formatWhen(at, at - 60_000)}`)
  expect(heldText({ stage: 'sending', startedAt: at }, at)).toBe('')
})

test('what Exchange did not give back is said to be able to leave', () => {
  expect(cancelledText({ changed: 2, kept: 0, notTakenBack: 0 })).toBe('2 mails cancelled.')
  expect(cancelledText({ changed: 1, kept: 1, notTakenBack: 1 })).toBe(
    '1 mail cancelled. 1 mail is still with Exchange, which did not give it back, and may leave. Try again in a minute.',
  )
})

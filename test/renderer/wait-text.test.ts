import { describe, expect, test } from 'vitest'
import { NeverCode, SendStatus, WaitCode } from '#shared/domain/taxonomy'
import { senderLabel } from '../../renderer/app/sender-label.ts'
import { formatClock } from '../../renderer/ui/format.ts'
import {
  NEVER_TEXTS,
  outcomeLabel,
  sendStatusLabel,
  WAIT_LABELS,
  waitRemark,
  waitText,
} from '../../renderer/ui/wait-text.ts'

/** Noon, so that an hour more or less stays in the day, in whatever zone this runs. */
const NOW = new Date(2026, 2, 4, 12, 0).getTime()
const HOUR = 3_600_000

describe('why a send waits', () => {
  test.each(WaitCode.options)('%s: one phrase with or without a time', (code) => {
    expect(waitText({ code, at: NOW + HOUR, ahead: 2 }, NOW)).toMatch(/^at .+, .+[^.]$/)
    expect(waitText({ code, at: null, ahead: 2 }, NOW)).toMatch(/^[a-z].+[^.]$/)
    expect(WAIT_LABELS[code].length).toBeLessThanOrEqual(20)
  })

  test.each(WaitCode.options)('%s: beside the word Waiting it is not said again', (code) => {
    expect(waitRemark({ code, at: null, ahead: 2 }, NOW)).toMatch(/^(?!waiting)[a-z].+/)
    expect(waitRemark({ code, at: NOW + HOUR, ahead: 2 }, NOW)).toBe(waitText({ code, at: NOW + HOUR, ahead: 2 }, NOW))
  })

  test('the limit is named where the page knows it', () => {
    const at = NOW + HOUR
    expect(waitText({ code: 'hourly_cap', at, ahead: 0, hourlyCap: 10 }, NOW)).toBe(
      `at ${formatClock(at)}, when the hour’s limit of 10 allows the next one`,
    )
  })

  test('another day is said before the time', () => {
    expect(waitText({ code: 'hours', at: NOW + 24 * HOUR, ahead: 0 }, NOW)).toMatch(/^tomorrow at /)
    expect(waitText({ code: 'hours', at: NOW + 72 * HOUR, ahead: 0 }, NOW)).toMatch(/^on /)
  })

  test('a time that has come is now, not in the past', () => {
    expect(waitText({ code: 'turn', at: NOW - 1, ahead: 0 }, NOW)).toBe('now, as soon as the sender gets to it')
  })

  test('other mail that goes first is counted', () => {
    expect(waitText({ code: 'turn', at: NOW + HOUR, ahead: 1 }, NOW)).toContain('after 1 other mail')
    expect(waitText({ code: 'turn', at: NOW + HOUR, ahead: 3 }, NOW)).toContain('after 3 other mails')
  })

  test.each(NeverCode.options)('%s: a whole sentence why never', (code) => {
    expect(NEVER_TEXTS[code]).toMatch(/^[A-Z].+\.$/)
  })
})

describe('the word of the sender', () => {
  test('the normal pace is sending', () => {
    expect(senderLabel({ code: 'gap', at: NOW + HOUR }, NOW).label).toBe('Sending')
    expect(senderLabel(null, NOW).label).toBe('Sending')
  })

  test('outside business hours it says what it waits for', () => {
    expect(senderLabel({ code: 'hours', at: NOW + HOUR }, NOW)).toEqual({ label: 'Outside hours', tone: 'waiting' })
    expect(senderLabel({ code: 'hours', at: NOW - 1 }, NOW).label).toBe('Sending')
  })

  test('what only the rep can end is a warning', () => {
    expect(senderLabel({ code: 'mailbox_signed_out', at: null }, NOW).tone).toBe('warning')
  })
})

describe('the status word of a send', () => {
  test.each(SendStatus.options)('%s has a word', (status) => {
    expect(sendStatusLabel({ status }).label).toMatch(/^[A-Z]/)
  })

  test('a pending send that was tried is retrying', () => {
    expect(sendStatusLabel({ status: 'pending', attempts: 1 }).label).toBe('Retrying')
    expect(sendStatusLabel({ status: 'pending', attempts: 0 }).label).toBe('Waiting')
  })

  test('what came back stands beside the word, and only beside “Sent”', () => {
    expect(outcomeLabel({ status: 'sent', outcome: 'bounced' })?.label).toBe('Bounced')
    expect(outcomeLabel({ status: 'sent', outcome: 'none' })).toBeNull()
    expect(outcomeLabel({ status: 'pending', outcome: 'bounced' })).toBeNull()
  })
})

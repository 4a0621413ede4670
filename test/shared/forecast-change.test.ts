import { describe, expect, test } from 'vitest'
import {
  causeOf,
  hasChanged,
  LEAST_CHANGE_MS,
  mayChangePlans,
  type PossibleCause,
} from '#shared/domain/forecast-change'

const NOON = Date.UTC(2026, 2, 2, 12)

test('a forecast has changed from a quarter of an hour on, and whenever it begins or ends to depend on the rep', () => {
  expect(hasChanged(NOON, NOON + LEAST_CHANGE_MS - 1)).toBe(false)
  expect(hasChanged(NOON, NOON + LEAST_CHANGE_MS)).toBe(true)
  expect(hasChanged(NOON, NOON - LEAST_CHANGE_MS)).toBe(true)
  expect(hasChanged(NOON, null)).toBe(true)
  expect(hasChanged(null, NOON)).toBe(true)
  expect(hasChanged(null, null)).toBe(false)
})

describe('the cause of a change', () => {
  const send = { sendId: 7, leadId: 5, campaignId: 3, mailboxId: 2 }
  const nothing = { sendId: null, leadId: null, campaignId: null, mailboxId: null }
  /** From the farthest to the nearest. */
  const BY_NEARNESS: Omit<PossibleCause, 'id'>[] = [
    { ...nothing, kind: 'mailbox_paused', mailboxId: 9 },
    { ...nothing, kind: 'send_prioritised', sendId: 8, leadId: 6, campaignId: 4, mailboxId: 2 },
    { ...nothing, kind: 'send_cancelled', sendId: 9, leadId: 8, campaignId: 4, mailboxId: 9 },
    { ...nothing, kind: 'campaign_started', campaignId: 4 },
    { ...nothing, kind: 'mailbox_changed', mailboxId: 2 },
    { ...nothing, kind: 'app_paused' },
    { ...nothing, kind: 'campaign_paused', campaignId: 3 },
    { ...nothing, kind: 'mail_received', sendId: 6, leadId: 5, campaignId: 3, mailboxId: 2 },
    { ...nothing, kind: 'send_moved', sendId: 7, leadId: 5, campaignId: 3, mailboxId: 2 },
  ]
  const numbered = BY_NEARNESS.map((cause, index) => ({ ...cause, id: index + 1 }))

  test.each(numbered.map(({ kind }, index) => [kind, index] as const))(
    'is %s before all that is farther',
    (kind, index) => {
      expect(causeOf(numbered.slice(0, index + 1), send, () => true)?.kind).toBe(kind)
      expect(causeOf(numbered.slice(0, index + 1).toReversed(), send, () => true)?.kind).toBe(kind)
    },
  )

  test('is the newest of what is equally near', () => {
    const twice = [1, 2].map((id) => ({ ...nothing, kind: 'app_paused' as const, id }))
    expect(causeOf(twice, send, () => false)?.id).toBe(2)
  })

  test('is nothing that happened to another mailbox, unless its mail counts for this one too', () => {
    const elsewhere = [
      { ...nothing, kind: 'mailbox_paused', mailboxId: 9, id: 1 },
      { ...nothing, kind: 'send_moved', sendId: 8, leadId: 6, campaignId: 4, mailboxId: 9, id: 2 },
    ] satisfies PossibleCause[]
    expect(causeOf(elsewhere, send, () => false)).toBe(null)
  })

  test('is no mail that went as planned', () => {
    expect(mayChangePlans({ kind: 'send_accepted' })).toBe(false)
    expect(mayChangePlans({ kind: 'campaign_completed' })).toBe(false)
    expect(mayChangePlans({ kind: 'send_retried' })).toBe(true)
  })
})

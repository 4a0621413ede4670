import { describe, expect, test } from 'vitest'
import { localDateOf } from '#shared/domain/wall-time'
import type { Policy } from '#shared/domain/policy'
import { MONDAY_9, policyWith, startTestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'

const DAY = 86_400_000
const MINUTE = 60_000
const WEEK = Array.from({ length: 7 }, () => [])
const ONLY_MONDAYS = [[{ from: 9 * 60, to: 17 * 60 }], ...WEEK.slice(1)]
const EVERY_MONDAY = Array.from({ length: 60 }, (_, week) => localDateOf(MONDAY_9 + week * 7 * DAY, 'UTC'))

describe('hours and a pace that could never send', () => {
  test.each<[string, Partial<Policy>, string]>([
    ['a week without hours', { hours: WEEK }, 'mailbox.never_opens'],
    ['days off on every day with hours', { hours: ONLY_MONDAYS, daysOff: EVERY_MONDAY }, 'mailbox.never_opens'],
    ['a shortest pause above the longest', { gapMs: { min: 2 * MINUTE, max: 2 * MINUTE - 1 } }, 'mailbox.gap_reversed'],
  ])('%s is refused when it is saved, and what was there stays', async (_what, change, code) => {
    await using app = await startTestEngine()
    const { mailboxId } = await stock(app, 1)
    const before = await app.api.mailboxes.get({ mailboxId })
    await expect(app.api.mailboxes.savePolicy({ mailboxId, policy: policyWith(change) })).rejects.toMatchObject({
      code,
    })
    expect(await app.api.mailboxes.get({ mailboxId })).toEqual(before)
  })
})

describe('a schedule', () => {
  test.each([
    ['in the past', { local: '2026-03-02T08:59', zone: 'UTC' }, 'dispatch.in_the_past'],
    ['past where the rep is not', { local: '2026-03-02T09:30', zone: 'Europe/Berlin' }, 'dispatch.in_the_past'],
    ['in the hour that the clocks skip', { local: '2026-03-29T02:30', zone: 'Europe/Berlin' }, 'dispatch.no_such_time'],
    ['on a day that no month has', { local: '2026-02-30T09:00', zone: 'UTC' }, 'dispatch.no_such_time'],
  ])('%s is refused before anything is queued', async (_what, at, code) => {
    await using app = await startTestEngine()
    const stocked = await stock(app, 2)
    await expect(dispatchAll(app, stocked, { at })).rejects.toMatchObject({ code })
    expect((await app.api.sends.list({})).total).toBe(0)

    // The same press with a time that will do is not taken for a second one.
    await dispatchAll(app, stocked, { at: { local: '2026-03-03T09:00', zone: 'UTC' } })
    const { rows } = await app.api.sends.list({})
    expect(rows).toHaveLength(2)

    const selection = { by: 'ids' as const, ids: rows.map(({ id }) => id) }
    await expect(app.api.sends.reschedule({ selection, at })).rejects.toMatchObject({ code })
    expect((await app.api.sends.list({})).rows).toEqual(rows)
  })
})

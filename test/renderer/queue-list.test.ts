import { describe, expect, it } from 'vitest'
import {
  comingDays,
  createDayReader,
  dayLabel,
  dayOf,
  drawnDays,
  firstRowOf,
  listedAt,
} from '../../renderer/features/queue/days.ts'
import { movedText } from '../../renderer/features/queue/moved-text.ts'
import { readQueueSearch, writeQueueSearch } from '../../renderer/features/queue/queue-search.ts'
import { extend, NOTHING, toggle } from '../../renderer/ui/selection.ts'
import { failureText, storyText } from '../../renderer/features/queue/story-text.ts'
import { tabCount } from '../../renderer/features/queue/tabs.ts'
import { waitWords } from '../../renderer/features/queue/wait-words.ts'

describe('days', () => {
  it('are those of the zone', () => {
    const moment = Date.parse('2026-11-22T23:30:00Z')
    expect(dayOf(moment, 'UTC')).toBe('2026-11-22')
    expect(dayOf(moment, 'Europe/Berlin')).toBe('2026-11-23')
  })

  it('are read the same from a long list', () => {
    const readDay = createDayReader('Asia/Kathmandu')
    const evening = Date.parse('2026-11-22T18:14:59Z')
    expect([evening, evening, evening + 1_000].map(readDay)).toEqual(['2026-11-22', '2026-11-22', '2026-11-23'])
  })

  it('near today have names', () => {
    expect(['2026-11-21', '2026-11-22', '2026-11-23'].map((day) => dayLabel(day, '2026-11-22'))).toEqual([
      'Yesterday',
      'Today',
      'Tomorrow',
    ])
    expect(dayLabel('2027-01-04', '2026-11-22')).toContain('2027')
  })

  it('follow one another over the end of a month', () => {
    expect(comingDays('2026-11-29', 3)).toEqual(['2026-11-29', '2026-11-30', '2026-12-01'])
  })

  it('are not drawn where no mail has one, and one of them is while any waits', () => {
    const byDay = [{ date: '2026-11-22', planned: 0, sent: 0 }]
    expect(drawnDays({ byDay, byStatus: { sent: 4 } as never })).toEqual({ hasBars: false, hasLine: false })
    expect(drawnDays({ byDay, byStatus: { pending: 1 } as never })).toEqual({ hasBars: false, hasLine: true })
    const sent = [{ date: '2026-11-22', planned: 0, sent: 1 }]
    expect(drawnDays({ byDay: sent, byStatus: {} as never })).toEqual({ hasBars: true, hasLine: true })
  })

  it('begin behind everything that is planned before them', () => {
    const counts = [
      { date: '2026-11-22', planned: 12 },
      { date: '2026-11-23', planned: 40 },
      { date: '2026-11-25', planned: 3 },
    ]
    expect(firstRowOf('2026-11-22', counts)).toBe(0)
    expect(firstRowOf('2026-11-25', counts)).toBe(52)
  })

  it('hold a waiting send at its forecast and a finished one at its end', () => {
    const times = { finishedAt: 3, startedAt: 2, createdAt: 1 }
    const wait = { code: 'gap', at: 9, ahead: 0, willSkip: null } as const
    expect(listedAt({ ...times, status: 'pending', wait })).toBe(9)
    expect(listedAt({ ...times, status: 'pending', wait: { ...wait, at: null } })).toBeNull()
    expect(listedAt({ ...times, status: 'sent', wait: null })).toBe(3)
  })
})

describe('choosing rows', () => {
  const idAt = (index: number) => (index === 3 ? null : index + 100)

  it('takes single rows in and out', () => {
    const one = toggle(NOTHING, { id: 101, index: 1 })
    expect([...one.ids]).toEqual([101])
    expect(toggle(one, { id: 101, index: 1 }).ids.size).toBe(0)
  })

  it('takes everything between the anchor and here, except rows that have not arrived', () => {
    const chosen = extend(toggle(NOTHING, { id: 101, index: 1 }), 4, idAt)
    expect([...chosen.ids]).toEqual([101, 102, 104])
  })

  it('works upwards from the anchor too', () => {
    const chosen = extend(toggle(NOTHING, { id: 102, index: 2 }), 0, idAt)
    expect(chosen.ids).toEqual(new Set([100, 101, 102]))
  })
})

describe('the address of the queue', () => {
  it('reads a status as the tab that holds it', () => {
    expect(readQueueSearch({ status: 'cancelled' }).tab).toBe('stopped')
    expect(readQueueSearch({ status: 'uncertain' }).tab).toBe('uncertain')
    expect(readQueueSearch({ status: 'nonsense', send: 'x' })).toEqual(readQueueSearch({}))
  })

  it('survives being written and read again', () => {
    const view = { tab: 'failed', campaignId: 3, mailboxId: null, sendId: 7 } as const
    expect(readQueueSearch(writeQueueSearch(view))).toEqual(view)
    expect(writeQueueSearch(readQueueSearch({}))).toEqual({})
  })

  it('counts a tab over all its statuses', () => {
    expect(tabCount('stopped', { skipped: 2, cancelled: 3, sent: 9 })).toBe(5)
  })
})

describe('words of the queue', () => {
  it('say what a bulk action did and what it left alone', () => {
    expect(movedText({ changed: 12, kept: 0 }, 'cancelled')).toBe('12 mails cancelled.')
    expect(movedText({ changed: 1, kept: 1 }, 'cancelled')).toBe(
      '1 mail cancelled. 1 mail stayed as it was: too late for it, or already done.',
    )
    expect(movedText({ changed: 0, kept: 3 }, 'cancelled')).toMatch(/^No mail was cancelled\./)
  })

  it('say what a mail waits for and how many go before it', () => {
    expect(waitWords({ code: 'turn', ahead: 12, willSkip: null })).toBe('Its turn, 12 mails ahead')
    expect(waitWords({ code: 'hours', ahead: 0, willSkip: null })).toBe('Outside hours')
  })

  it('say beforehand that a rule will forbid a mail', () => {
    expect(waitWords({ code: 'turn', ahead: 2, willSkip: 'cool_down' })).toMatch(/not long ago/)
  })

  it('tell the story of a mail with codes turned into words', () => {
    expect(storyText({ kind: 'send_refused', data: { code: 'mail.refused', providerCode: '550' } })).toBe(
      'The mail service refused it for good: it said no (550).',
    )
    expect(storyText({ kind: 'send_skipped', data: { because: 'lead_replied' } })).toContain('already answered')
    expect(storyText({ kind: 'send_settled', data: { wasSent: true } })).toBe('You said that it was sent.')
  })

  it('leave a failure that has no words as its code', () => {
    expect(failureText({ code: 'mail.odd', providerCode: null })).toBe('mail.odd')
  })
})

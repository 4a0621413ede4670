import { describe, expect, it } from 'vitest'
import type { DayMark, MailboxDay, Wait } from '#shared/contract/sends'
import {
  hourLoads,
  hoursOf,
  markText,
  momentAt,
  movedWords,
  moveTo,
  placeOf,
  shownSpan,
  wallTimeOf,
} from '../../renderer/features/queue/day-line.ts'
import { formatClock } from '../../renderer/ui/format.ts'
import { momentOfWallTime } from '#shared/domain/wall-time'

const HOUR = 3_600_000
const MINUTE = 60_000
const FROM = Date.UTC(2026, 2, 2)
const DAY = { from: FROM, to: FROM + 24 * HOUR }
const at = (hour: number, minute = 0): number => FROM + hour * HOUR + minute * MINUTE

const wait = (part: Partial<Wait> = {}): Wait => ({ code: 'gap', at: at(14), ahead: 0, willSkip: null, ...part })
const mark = (moment: number, part: Partial<DayMark> = {}): DayMark => ({
  sendId: 1 as DayMark['sendId'],
  at: moment,
  kind: 'planned',
  to: 'ann@corp.example',
  leadName: 'Ann Lee',
  company: 'Corp',
  wait: wait({ at: moment }),
  ...part,
})
const lane = (part: Partial<MailboxDay> = {}): MailboxDay => ({
  mailboxId: 1 as MailboxDay['mailboxId'],
  address: 'you@corp.example',
  open: [
    { from: at(9), to: at(12) },
    { from: at(13), to: at(17) },
  ],
  hourlyCap: 4,
  dailyCap: 40,
  marks: [],
  held: [],
  ...part,
})

describe('what of a day is drawn', () => {
  it('is the hours in which it is open, anything happens or it is now', () => {
    expect(shownSpan({ ...DAY, mailboxes: [lane()] }, at(30))).toEqual({ from: at(9), to: at(17) })
    expect(shownSpan({ ...DAY, mailboxes: [lane({ marks: [mark(at(18, 20))] })] }, at(7, 10))).toEqual({
      from: at(7),
      to: at(19),
    })
  })

  it('is never so short that a minute looks like an hour, and never leaves the day', () => {
    for (const hour of [0, 11, 23]) {
      const span = shownSpan({ ...DAY, mailboxes: [lane({ open: [{ from: at(hour), to: at(hour, 30) }] })] }, at(30))
      expect((span.to - span.from) / HOUR).toBeGreaterThanOrEqual(hour === 23 ? 4 : 8)
      expect(span.from).toBeGreaterThanOrEqual(DAY.from)
      expect(span.to).toBeLessThanOrEqual(DAY.to)
    }
  })

  it('is all of it where nothing is open and nothing happens', () => {
    expect(shownSpan({ ...DAY, mailboxes: [lane({ open: [] })] }, at(12))).toEqual(DAY)
    expect(hoursOf(DAY)).toHaveLength(13)
    expect(hoursOf({ from: at(9), to: at(17) })).toHaveLength(9)
  })

  it('has a place for each moment, and a moment for each place', () => {
    const span = { from: at(9), to: at(17) }
    expect([at(8), at(9), at(13), at(18)].map((moment) => placeOf(moment, span))).toEqual([0, 0, 50, 100])
    expect([-1, 0, 0.5, 2].map((part) => momentAt(part, span))).toEqual([at(9), at(9), at(13), at(17)])
  })

  it('shows how much of the limit each hour takes', () => {
    const marks = [mark(at(9, 5)), mark(at(9, 59)), ...[0, 10, 20, 30, 40].map((minute) => mark(at(13, minute)))]
    expect(hourLoads(lane({ marks }), { from: at(9), to: at(17) })).toEqual([
      { from: at(9), to: at(10), count: 2, load: 0.5 },
      { from: at(13), to: at(14), count: 5, load: 1 },
    ])
  })
})

describe('a mail that is moved', () => {
  it('lands on a round time within working hours', () => {
    expect(moveTo(at(14, 12), lane(), at(10))).toEqual({ at: at(14, 10), refusal: null })
    expect(moveTo(at(9), lane(), at(8)).refusal).toBeNull()
  })

  it.each([
    ['a time that is over', at(9, 50), lane(), `${formatClock(at(9, 50))} is over`],
    ['the lunch', at(12, 30), lane(), `closed at ${formatClock(at(12, 30))}`],
    ['the end of the day, which is closed', at(17), lane(), 'Open on that day'],
    ['a day off', at(14), lane({ open: [] }), 'closed on that day'],
  ])('is refused at %s, with a reason', (_where, moment, where, words) => {
    const { refusal } = moveTo(moment, where, at(10))
    expect(refusal).toContain(words)
    expect(refusal).toContain('stays where it is')
  })

  it('is given the same moment as the wall clock of this machine', () => {
    expect(momentOfWallTime(wallTimeOf(at(14, 10)))).toBe(at(14, 10))
  })

  it('says when it really goes, and what goes first', () => {
    expect(movedWords(at(14), wait({ ahead: 3, at: at(14, 5) }), at(10))).toMatch(/^Moved\. It goes at /)
    expect(movedWords(at(14), wait({ ahead: 3, at: at(15, 30) }), at(10))).toBe(
      `Not before ${formatClock(at(14))}. 3 mails of this mailbox go before it, so it goes ${formatClock(at(15, 30))}.`,
    )
    expect(movedWords(at(14), wait({ code: 'app_paused', at: null, ahead: 3 }), at(10))).toMatch(/paused/)
  })
})

describe('a mark', () => {
  it('says who, when and why', () => {
    expect(markText(mark(at(14)), at(10))).toMatch(/^Ann Lee, Corp: goes at .*, after the pause between two mails$/)
    expect(markText(mark(at(9), { kind: 'sent', leadName: '' }), at(10))).toBe(
      `ann@corp.example, Corp: sent at ${formatClock(at(9))}`,
    )
    expect(markText(mark(at(10), { kind: 'sending', company: '' }), at(10))).toBe('Ann Lee: is being sent')
  })

  it('that a rule will skip says which', () => {
    expect(markText(mark(at(14), { wait: wait({ willSkip: 'cool_down' }) }), at(10))).toContain(
      'This person was written to not long ago.',
    )
  })
})

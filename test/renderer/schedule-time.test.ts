import { describe, expect, it } from 'vitest'
import { fromPicker, scheduleShortcuts, timeProblem, toPicker, zoneChoices } from '../../renderer/ui/schedule-time.ts'

const at = (iso: string): number => Date.parse(iso)

describe('schedule shortcuts', () => {
  it('are said in the chosen zone, whatever the machine’s is', () => {
    // Wednesday 22:10 in New York is Thursday 03:10 in London.
    expect(scheduleShortcuts(at('2026-11-19T03:10:00Z'), 'America/New_York')).toEqual([
      { label: 'In 1 hour', local: '2026-11-18T23:10' },
      { label: 'Tomorrow 9:00', local: '2026-11-19T09:00' },
      { label: 'Monday 9:00', local: '2026-11-23T09:00' },
    ])
  })

  it('never begin before the hour is over', () => {
    const [inAnHour] = scheduleShortcuts(at('2026-11-18T10:10:01Z'), 'UTC')
    expect(inAnHour?.local).toBe('2026-11-18T11:11')
  })

  it('name the Monday that is tomorrow once', () => {
    const labels = scheduleShortcuts(at('2026-11-22T12:00:00Z'), 'UTC').map(({ label }) => label)
    expect(labels).toEqual(['In 1 hour', 'Tomorrow 9:00'])
  })

  it('mean next week’s Monday on a Monday', () => {
    expect(scheduleShortcuts(at('2026-11-23T08:00:00Z'), 'UTC').at(-1)?.local).toBe('2026-11-30T09:00')
  })

  it('take an hour of real time over a change of the clocks', () => {
    // 01:30 in Berlin, half an hour before 02:00 becomes 03:00.
    const [inAnHour] = scheduleShortcuts(at('2026-03-29T00:30:00Z'), 'Europe/Berlin')
    expect(inAnHour?.local).toBe('2026-03-29T03:30')
  })
})

describe('a chosen time', () => {
  const now = at('2026-03-28T12:00:00Z')

  it.each([
    ['is fine in the future', '2026-03-28T14:00', 'Europe/Berlin', null],
    ['is refused in the past', '2026-03-28T12:59', 'Europe/Berlin', 'past'],
    ['is judged in its own zone', '2026-03-28T12:59', 'America/New_York', null],
    ['is refused where the clocks skip it', '2026-03-29T02:30', 'Europe/Berlin', 'no_such_time'],
    ['is fine where the clocks show it twice', '2026-10-25T02:30', 'Europe/Berlin', null],
  ])('%s', (_title, local, zone, problem) => {
    expect(timeProblem({ local, zone }, now)).toBe(problem)
  })
})

describe('the date picker', () => {
  it('gives and takes times without a zone', () => {
    expect(toPicker('2026-03-28T14:05')).toBe('2026-03-28 14:05:00')
    expect(fromPicker('2026-03-28 14:05:00')).toBe('2026-03-28T14:05')
    expect(fromPicker(null)).toBeNull()
  })

  it('offers the machine’s zone once and first', () => {
    const zones = zoneChoices('Europe/Berlin').map(({ value }) => value)
    expect(zones[0]).toBe('Europe/Berlin')
    expect(zones.filter((zone) => zone === 'Europe/Berlin')).toHaveLength(1)
  })
})
